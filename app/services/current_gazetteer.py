"""The gazetteer as it is now: what is compiled, added, replaced or removed while the service runs is picked up."""

import logging
import threading
import time
from pathlib import Path

from app.errors import NotReady
from app.places import Gazetteer
from app.places.file import GazetteerFile, Stamp, stamp_of
from app.places.gazetteer import layer_files
from app.places.own import OwnPlaces

logger = logging.getLogger(__name__)

GRACE_S = 300.0
"""How long a replaced gazetteer stays open for whoever still works with it; the longest article takes far less."""

_Stamps = tuple[tuple[str, Stamp | None], ...]
_NEVER = "never looked"


class CurrentGazetteer:
    """Gives the gazetteer at a path, and opens it anew when another file lies there. Safe to share between threads.

    A builder must rename its finished file into place, as ours does, so that what lies there is whole.
    """

    def __init__(self, path: Path, *, grace_s: float = GRACE_S, fixed: Gazetteer | None = None) -> None:
        """At this path; opens nothing yet. `fixed` is used as it is, and stays open afterwards."""
        self._path = path
        self._fixed = fixed
        self._grace_s = grace_s
        self._lock = threading.Lock()
        self._seen: _Stamps | str = _NEVER
        self._open: Gazetteer | None = None
        self._joined: tuple[Gazetteer, OwnPlaces, Gazetteer] | None = None
        self._retired: list[tuple[float, GazetteerFile]] = []

    def __call__(self) -> Gazetteer:
        """The gazetteer; what it costs is a `stat` a file. Raises NotReady, with a sentence that names no path."""
        if self._fixed is not None:
            return self._fixed
        if _stamps(self._path) != self._seen or self._retired:
            with self._lock:
                self._renew()
        places = self._open
        if places is None:
            raise NotReady("The gazetteer cannot be opened: run `dateline gazetteer build` or check the log.")
        return places

    def joined(self, own: OwnPlaces) -> Gazetteer:
        """The gazetteer with the users' own places before it; the same object as long as both stay the same."""
        places = self()
        held = self._joined
        if held is None or held[0] is not places or held[1] is not own:
            held = self._joined = (places, own, places.with_own(own) if len(own) else places)
        return held[2]

    def close(self) -> None:
        """Close all that is open; the next call opens the files again."""
        with self._lock:
            for file in (*(self._open.files if self._open else ()), *(file for _, file in self._retired)):
                file.close()
            self._seen, self._open, self._retired, self._joined = _NEVER, None, [], None

    def _renew(self) -> None:
        now = time.monotonic()
        for due, file in self._retired:
            if due <= now:
                file.close()
        self._retired = [(due, file) for due, file in self._retired if due > now]
        # Before the files are opened: what comes in between is then opened by the next call.
        stamps = _stamps(self._path)
        if stamps == self._seen:
            return
        # Where the new base is missing or broken the old one goes too: a process that starts now has none either.
        # Until that is known the old one stays in place for the threads that ask meanwhile and hold no lock.
        before, opened = self._open, None
        try:
            opened = Gazetteer(self._path, before)
            logger.info("gazetteer %s is open", opened.version)
        except (NotReady, OSError) as error:
            logger.warning("the gazetteer cannot be opened: %s", error)
        kept = opened.files if opened else []
        self._retired += [(now + self._grace_s, file) for file in (before.files if before else ()) if file not in kept]
        self._open, self._seen = opened, stamps


def _stamps(path: Path) -> _Stamps:
    """Of the base and of each layer."""
    return tuple((file.name, stamp_of(file)) for file in (path, *layer_files(path)))
