"""The gazetteer as it lies on the disk now: one that is compiled or replaced while the service runs is picked up."""

import logging
import threading
import time
from pathlib import Path

from app.errors import NotReady
from app.places import Gazetteer, load_places

logger = logging.getLogger(__name__)

GRACE_S = 300.0
"""How long a replaced gazetteer stays open for whoever still works with it; the longest article takes far less."""

_Stamp = tuple[int, int, int, int]
_NEVER = "never looked"


class CurrentGazetteer:
    """Gives the gazetteer at a path, and opens it anew when another file lies there. Safe to share between threads.

    A builder must rename its finished file into place, as ours does, so that what lies there is whole.
    """

    def __init__(self, path: Path, *, grace_s: float = GRACE_S) -> None:
        """At this path; opens nothing yet."""
        self._path = path
        self._grace_s = grace_s
        self._lock = threading.Lock()
        self._seen: _Stamp | str | None = _NEVER
        self._open: Gazetteer | None = None
        self._retired: list[tuple[float, Gazetteer]] = []

    def __call__(self) -> Gazetteer:
        """The gazetteer; what it costs is one `stat`. Raises NotReady, with a sentence that names no path."""
        if _stamp(self._path) != self._seen or self._retired:
            with self._lock:
                self._renew()
        places = self._open
        if places is None:
            raise NotReady("The gazetteer cannot be opened: run `dateline gazetteer build` or check the log.")
        return places

    def close(self) -> None:
        """Close all that is open; the next call opens the file again."""
        with self._lock:
            for places in (self._open, *(places for _, places in self._retired)):
                if places is not None:
                    places.close()
            self._seen, self._open, self._retired = _NEVER, None, []

    def _renew(self) -> None:
        now = time.monotonic()
        for due, places in self._retired:
            if due <= now:
                places.close()
        self._retired = [(due, places) for due, places in self._retired if due > now]
        # Before the file is opened: a file that comes in between is then opened by the next call.
        stamp = _stamp(self._path)
        if stamp == self._seen:
            return
        # Where the new file is missing or broken the old one goes too: a process that starts now has none either.
        if self._open is not None:
            self._retired.append((now + self._grace_s, self._open))
        try:
            self._open = load_places(self._path)
            logger.info("gazetteer %s is open", self._open.version)
        except (NotReady, OSError) as error:
            self._open = None
            logger.warning("the gazetteer cannot be opened: %s", error)
        self._seen = stamp


def _stamp(path: Path) -> _Stamp | None:
    """What tells one file from another that lies at the same path later; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
