"""The gazetteer as it is now: what is compiled, added, replaced or removed while the service runs is picked up."""

import logging
import threading
import time
from pathlib import Path

from app.errors import NotReady
from app.places import Gazetteer, load_places
from app.places.layout import LAYERS
from app.places.own import OwnPlaces

logger = logging.getLogger(__name__)

GRACE_S = 300.0
"""How long a replaced gazetteer stays open for whoever still works with it; the longest article takes far less."""

_Stamp = tuple[int, int, int, int]
_Stamps = tuple[_Stamp | None, _Stamp | None]
_NEVER = "never looked"
_TICK_NS = 50_000_000
"""A folder that changes twice within a tick of the file system's clock may look the same both times."""


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
        self._retired: list[tuple[float, Gazetteer]] = []

    def __call__(self) -> Gazetteer:
        """The gazetteer; what it costs is two `stat`. Raises NotReady, with a sentence that names no path."""
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
        """Close all that is open; the next call opens the file again."""
        with self._lock:
            for places in (self._open, *(places for _, places in self._retired)):
                if places is not None:
                    places.close()
            self._seen, self._open, self._retired, self._joined = _NEVER, None, [], None

    def _renew(self) -> None:
        now = time.monotonic()
        for due, places in self._retired:
            if due <= now:
                places.close()
        self._retired = [(due, places) for due, places in self._retired if due > now]
        # Before the file is opened: a file that comes in between is then opened by the next call.
        stamps = _stamps(self._path)
        if stamps == self._seen:
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
        layers = stamps[1]
        is_fresh = layers is not None and time.time_ns() - layers[2] < _TICK_NS
        self._seen = "look again" if is_fresh else stamps


def _stamps(path: Path) -> _Stamps:
    """Of the base, and of the folder of layers, which changes with every file that comes or goes."""
    return _stamp(path), _stamp(path.parent / LAYERS)


def _stamp(path: Path) -> _Stamp | None:
    """What tells one file from another that lies at the same path later; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
