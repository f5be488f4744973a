"""The gazetteer as code sees it: the compiled base, what was added to it, and the user's own places, as one."""

import hashlib
import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from shapely.geometry.base import BaseGeometry

from app.domain.places import Candidate, Place
from app.errors import NotReady
from app.places.close import close_places
from app.places.file import GazetteerFile, Hit, Shape, stamp_of
from app.places.layout import LAYERS
from app.places.merge import Met, Part, best_meetings, filled, is_kept_first, join, order
from app.places.names import mention_keys, name_key
from app.places.outlines import known_outline
from app.places.own import OwnPlaces
from app.places.scripts import script_of

logger = logging.getLogger(__name__)

MOST_CANDIDATES: Final = 40
"""More candidates than this of one mention are cut off: our own places and admin units stay, small namesakes go."""

MOST_SIMILAR: Final = 5
LEAST_SIMILAR: Final = 0.76
"""A text is read without anybody to choose, so more must agree than in a search."""
_CACHED_MENTIONS: Final = 8_192
_CACHED_CANDIDATES: Final = 40_000
"""At most so many candidates of all remembered mentions together, about 30 MB: some names have dozens."""
_BASE_CONNECTIONS: Final = 8
"""A statement takes microseconds: more threads than this gain nothing, they wait for one another's connection."""
_LAYER_CONNECTIONS: Final = 2
_LISTS: Final = "csv"
"""Kind of a layer that holds the user's own list: it goes before the base."""


def layer_files(path: Path) -> list[Path]:
    """The compiled files that were added to the base at `path`, in the order of their names."""
    return sorted((path.parent / LAYERS).glob("*.sqlite"))


class Gazetteer:
    """Implements `app.domain.places.PlaceIndex`. Safe to use from several threads, which share a few connections.

    It never changes: a file that is added, replaced or removed later is seen by the next one that is opened.
    """

    def __init__(self, path: Path, before: "Gazetteer | None" = None) -> None:
        """Open the base and its layers; raises NotReady when the base is no gazetteer, or has another layout.

        A layer that cannot be opened (it was added by an older version) is left out, with a warning in the log:
        the rest must go on answering. `dateline gazetteer verify` names it. Of `before`, a gazetteer at the same path,
        the files that did not change are taken over, open as they are.
        """
        self.path = path
        held = {file.path: file for file in before.files} if before else {}
        base = held.get(path)
        if base is None or base.stamp != stamp_of(path):
            base, held = GazetteerFile(path, _BASE_CONNECTIONS), {}  # layers take the names of units from the base
        self.base = base
        self.layers: list[GazetteerFile] = []
        try:
            files = layer_files(path)
            units = self.base.units() if files else None
            for file in files:
                kept = held.get(file)
                if kept is not None and kept.stamp == stamp_of(file):
                    self.layers.append(kept)
                else:
                    self._open_layer(file, units)
        except sqlite3.Error:
            self.close()
            raise
        self._arrange(None)
        self.countries = {place.country: place for place in self.base.countries()}

    def _open_layer(self, file: Path, units: Mapping[tuple[str, str], tuple[str, str]] | None) -> None:
        try:
            self.layers.append(GazetteerFile(file, _LAYER_CONNECTIONS, units))
        except NotReady as error:
            logger.warning("left out of the gazetteer, remove it or add it again: %s (%s)", file.name, error)

    def with_own(self, own: OwnPlaces) -> "Gazetteer":
        """The same files with the user's own places before them. The files are shared: close the first one only."""
        joined = object.__new__(Gazetteer)
        joined.path, joined.base, joined.layers, joined.countries = self.path, self.base, self.layers, self.countries
        joined._arrange(own if len(own) else None)
        return joined

    def _arrange(self, own: OwnPlaces | None) -> None:
        lists = [layer for layer in self.layers if layer.meta.get("kind") == _LISTS]
        others = [layer for layer in self.layers if layer not in lists]
        self.own = own
        self.parts: list[Part] = [*([own] if own else []), *lists, self.base, *others]
        self._lock = threading.Lock()
        self._cache: OrderedDict[str, tuple[Candidate, ...]] = OrderedDict()
        self._cached = 0

    @property
    def files(self) -> list[GazetteerFile]:
        """The base, then the layers."""
        return [self.base, *self.layers]

    @property
    def version(self) -> str:
        """Version of the base (its layout's number and a hash over what went in), and a hash over what was added."""
        base = str(self.base.meta["version"])
        added = [str(layer.meta["version"]) for layer in self.layers] + ([self.own.version] if self.own else [])
        return f"{base}+{hashlib.sha256(' '.join(added).encode()).hexdigest()[:12]}" if added else base

    @property
    def sources(self) -> Sequence[str]:
        """The sources that went in, as `name version (licence)`."""
        named = [f"{s['name']} {s['version']} ({s['licence']})" for file in self.files for s in file.meta["sources"]]
        return named + ([f"places of this service ({len(self.own)})"] if self.own else [])

    @property
    def attributions(self) -> Sequence[str]:
        """The sentences that licences ask to be shown."""
        sources = [source for file in self.files for source in file.meta["sources"]]
        return list(dict.fromkeys(source["attribution"] for source in sources if source["attribution"]))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many `places`, `names` and first-level `units` the files hold; a place of two sources counts twice."""
        return {key: sum(file.meta[key] for file in self.files) for key in ("places", "names", "units")}

    def lookup(self, mentions: Iterable[str]) -> Mapping[str, Sequence[Candidate]]:
        """Candidates of each mention that meets a gazetteer name; mentions that meet none are left out.

        At most `MOST_CANDIDATES` a mention, ordered by how they met, then by population.
        """
        wanted = list(dict.fromkeys(mentions))
        found: dict[str, tuple[Candidate, ...]] = {}
        with self._lock:
            for mention in wanted:
                held = self._cache.get(mention)
                if held is not None:
                    self._cache.move_to_end(mention)
                    found[mention] = held
        unknown = [mention for mention in wanted if mention not in found]
        if unknown:
            met = self.meetings(unknown)
            fresh = {mention: _candidates(met[mention]) for mention in unknown}
            found |= fresh
            with self._lock:
                self._remember(fresh)
        return {mention: found[mention] for mention in wanted if found[mention]}

    def _remember(self, fresh: Mapping[str, tuple[Candidate, ...]]) -> None:
        for mention, candidates in fresh.items():
            self._cached += len(candidates) - len(self._cache.get(mention, ()))
            self._cache[mention] = candidates
        while len(self._cache) > _CACHED_MENTIONS or self._cached > _CACHED_CANDIDATES:
            self._cached -= len(self._cache.popitem(last=False)[1])

    def similar(self, name: str, country: str) -> Sequence[Candidate]:
        """Places of a country whose name is spelled nearly so, the most alike first; for a name that meets nothing."""
        close = close_places(self.parts, name, self.faced)
        close = [c for c in close if c.place.country == country and c.score >= LEAST_SIMILAR]
        return sorted(close, key=lambda candidate: (-candidate.score, order(candidate)))[:MOST_SIMILAR]

    def meetings(self, mentions: Sequence[str]) -> dict[str, list[Met]]:
        """What each mention leads to in all parts together, doubles folded."""
        keys = {key for mention in mentions for key in mention_keys(mention)}
        by_part = [part.by_keys(keys) for part in self.parts]
        joined: dict[str, list[Met]] = {}
        for mention in mentions:
            places: dict[str, Met] = {}
            for number, hits in enumerate(by_part):
                if hits and (met := best_meetings(mention, hits, number)):
                    self._face(met)
                    join(places, met.values())
            joined[mention] = list(places.values())
        return joined

    def _face(self, met: Mapping[str, Met]) -> None:
        """Let the records of earlier parts answer where only a later part knows the spelling, and fill in the rest."""
        if len(self.parts) > 1:
            for meeting in met.values():
                meeting.hit = self.faced(meeting.hit)

    def faced(self, hit: Hit) -> Hit:
        """The hit of any part, with the record that answers for its id."""
        place = hit.place
        # Only ids of GeoNames and of our own tables can stand in several files.
        if len(self.parts) == 1 or not place.id.startswith(("geonames:", "dateline:")):
            return hit
        return replace(hit, place=self._joined(place.id, place.country) or place)

    def _joined(self, place_id: str, country: str | None = None) -> Place | None:
        """The record of the first part that has the id, filled in by the others.

        Where its country is known, files that hold no place of it are not asked.
        """
        place: Place | None = None
        for part in self.parts:
            if country and isinstance(part, GazetteerFile) and not part.may_hold(country):
                continue
            hit = part.place(place_id)
            if hit is not None:
                place = filled(place, hit.place) if place else hit.place
        return place

    def place(self, place_id: str) -> Place | None:
        """The record under a public id such as `geonames:170905` or `dateline:nassib-crossing`, with what all know."""
        place = self._joined(place_id)
        for twin in self._twins(place) if place else ():
            other = self._joined(twin)
            place = filled(place, other) if place and other else place
        return place

    def _twins(self, place: Place) -> list[str]:
        """Ids under which later parts hold the same place."""
        if len(self.parts) == 1:
            return []
        met = next((m for m in self.meetings([place.name])[place.name] if m.hit.place.id == place.id), None)
        return met.twins if met else []

    def country(self, code: str) -> Place | None:
        """The record of a country by ISO 3166-1 alpha-2 code."""
        return self.countries.get(code.upper())

    def admin1(self, country: str, name: str) -> Place | None:
        """The record of a first-level unit by the country's code and the unit's name as records carry it."""
        return self.base.admin1(country, name)

    def by_iso(self, code: str) -> list[Place]:
        """The first-level unit under an ISO 3166-2 code."""
        return self.base.by_iso(code.upper())

    def shape(self, place_id: str) -> Shape | None:
        """The outline of a place: a loaded one, under this id or a twin's, goes before the base's simplified one."""
        place = self._joined(place_id)
        ids = [place_id, *(self._twins(place) if place else ())]
        files = [*self.layers, self.base]
        return next((shape for file in files for i in ids if (shape := file.shape(i)) is not None), None)

    def outline(self, place: Place) -> BaseGeometry | None:
        """The outline of a unit, a country or a region (WGS 84 degrees), or None where none is known."""
        known = known_outline(self, place)
        return known[0] if known else None

    def names(self, place_id: str) -> list[tuple[str, str]]:
        """All spellings of a place with their ISO 15924 script code (Latn, Arab, Cyrl...), the headline name first."""
        spellings: dict[str, str] = {}
        place = self._joined(place_id)
        for held_under in (place_id, *(self._twins(place) if place else ())):
            for part in self.parts:
                for spelling in part.spellings(held_under):
                    spellings.setdefault(name_key(spelling) or spelling, spelling)
        return [(spelling, script_of(spelling)) for spelling in spellings.values()]

    def close(self) -> None:
        """Close all files; whoever asks afterwards gets an error of sqlite3."""
        for file in self.files:
            file.close()


def _candidates(meetings: Sequence[Met], most: int = MOST_CANDIDATES) -> tuple[Candidate, ...]:
    candidates = sorted((Candidate(m.hit.place, m.hit.spelling, m.how) for m in meetings), key=order)
    if len(candidates) > most:
        candidates.sort(key=lambda candidate: not is_kept_first(candidate.place))
        candidates = sorted(candidates[:most], key=order)
    return tuple(candidates)
