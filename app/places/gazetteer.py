"""The compiled gazetteer as code sees it: one read-only SQLite file, mapped into memory and shared by all workers."""

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from queue import LifoQueue
from typing import Any, Final

from app.domain.places import Candidate, Place
from app.domain.queries import PlaceQuery
from app.errors import NotReady
from app.places.layout import HOW, SCHEMA
from app.places.names import exact_keys, mention_keys, name_key
from app.places.scripts import script_of

MOST_CANDIDATES: Final = 40
"""More candidates than this of one mention are cut off: our own places and admin units stay, small namesakes go."""

_CACHED_MENTIONS = 8_192
_CONNECTIONS = 8
"""A statement takes microseconds: more threads than this gain nothing, they wait for one another's connection."""
_KEYS_A_STATEMENT = 500
_MAPPED_BYTES = 256 * 1024 * 1024
_PREFIX_ROWS = 200
_UNIT_WEIGHT = 100_000
"""First-level units carry no population of their own; among namesakes they count as much as a large city."""

_PLACE_COLUMNS = (
    "p.id, p.ref, p.spellings, p.country, a.name, a.iso, p.lat, p.lon, p.feature_class, p.feature_code, p.population, "
    "p.wikidata, p.radius_km"
)
_WITH_UNIT = "LEFT JOIN admin1 a ON a.id = p.admin1"
_FROM_PLACE = " ".join(("SELECT", _PLACE_COLUMNS, "FROM place p", _WITH_UNIT))
_FROM_NAME = " ".join(
    (
        "SELECT",
        _PLACE_COLUMNS,
        ", n.key, n.spelling, n.how FROM name n CROSS JOIN place p ON p.id = n.place",
        _WITH_UNIT,
    )
)
"""The cross join keeps SQLite from starting with the wrong table: first the name, then its place."""
_MOST_DIGITS = 18

Row = tuple[Any, ...]


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


def _place(row: Row) -> Place:
    return Place(
        id=row[1] or f"geonames:{row[0]}",
        name=row[2].partition("\n")[0],
        country=row[3],
        admin1=row[4],
        admin2=None,
        admin1_code=row[5] or None,
        lat=row[6],
        lon=row[7],
        feature_class=row[8],
        feature_code=row[9],
        population=row[10],
        wikidata=row[11],
        radius_km=row[12],
    )


def _weight(place: Place) -> int:
    return max(place.population, _UNIT_WEIGHT) if place.feature_code == "ADM1" else place.population


def _is_kept_first(place: Place) -> bool:
    """True for what a crowd of namesakes must not push out: our own rows, countries, first-level units."""
    return place.id.startswith("dateline:") or place.is_country or place.feature_code == "ADM1"


def _order(candidate: Candidate) -> tuple[int, int, str]:
    return HOW.index(candidate.how), -_weight(candidate.place), candidate.place.id


class Gazetteer:
    """Implements `app.domain.places.PlaceIndex`. Safe to use from several threads, which share a few connections.

    All connections are opened at once, so that a file that is replaced or deleted later still serves whoever has it.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; raises NotReady when it is missing, is no gazetteer, or has another layout."""
        self.path = path
        if not path.is_file():
            raise NotReady(f"The gazetteer is missing at {path}: run `dateline gazetteer build` once to compile it.")
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._connections: list[sqlite3.Connection] = []
        self._is_closed = False
        self._lock = threading.Lock()
        self._cache: OrderedDict[str, tuple[Candidate, ...]] = OrderedDict()
        try:
            self._connections = [_connect(path) for _ in range(_CONNECTIONS)]
            for connection in self._connections:
                self._idle.put(connection)
            rows = self._select("SELECT key, value FROM meta")
            self._meta: dict[str, Any] = {key: json.loads(value) for key, value in rows}
        except (sqlite3.DatabaseError, ValueError) as error:
            self.close()
            raise NotReady(f"The file {path} is no gazetteer: run `dateline gazetteer build --force`.") from error
        if self._meta.get("schema") != SCHEMA:
            self.close()
            raise NotReady(f"The gazetteer at {path} has an older layout: run `dateline gazetteer build` to renew it.")
        countries = self._select(f"{_FROM_PLACE} WHERE p.feature_class = 'A' AND p.feature_code <> 'ADM1'")
        self._countries = {place.country: place for place in map(_place, countries) if place.is_country}

    @property
    def version(self) -> str:
        """Version of the compiled gazetteer: the layout's number and a hash over what went in."""
        return str(self._meta["version"])

    @property
    def sources(self) -> Sequence[str]:
        """The sources that went in, as `name version (licence)`."""
        return [f"{source['name']} {source['version']} ({source['licence']})" for source in self._meta["sources"]]

    @property
    def attributions(self) -> Sequence[str]:
        """The sentences that licences ask to be shown."""
        return [source["attribution"] for source in self._meta["sources"]]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many `places`, `names` and first-level `units` there are."""
        return {key: self._meta[key] for key in ("places", "names", "units")}

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
            keys = {key for mention in unknown for key in mention_keys(mention)}
            rows = self._rows_by_key(sorted(keys))
            fresh = {mention: _candidates(mention, rows) for mention in unknown}
            found |= fresh
            with self._lock:
                self._cache.update(fresh)
                while len(self._cache) > _CACHED_MENTIONS:
                    self._cache.popitem(last=False)
        return {mention: found[mention] for mention in wanted if found[mention]}

    def place(self, place_id: str) -> Place | None:
        """The record under a public id such as `geonames:170905` or `dateline:nassib-crossing`."""
        where, value = self._condition(place_id)
        rows = self._select(f"{_FROM_PLACE} WHERE {where}", [value])
        return _place(rows[0]) if rows else None

    def country(self, code: str) -> Place | None:
        """The record of a country by ISO 3166-1 alpha-2 code."""
        return self._countries.get(code.upper())

    def admin1(self, country: str, name: str) -> Place | None:
        """The record of a first-level unit by the country's code and the unit's name as records carry it."""
        key = name_key(name)
        units = self._select("SELECT name, place FROM admin1 WHERE country = ? ORDER BY id", [country.upper()])
        for unit_name, place in units:
            if unit_name == name or name_key(unit_name) == key:
                return _place(self._select(f"{_FROM_PLACE} WHERE p.id = ?", [place])[0])
        return None

    def regions(self, q: str) -> list[Place]:
        """Countries and first-level units by place id, ISO 3166-2 code, alpha-2 code or name, the best first."""
        q = q.strip()
        if ":" in q:
            place = self.place(q)
            return [place] if place else []
        if "-" in q:
            rows = self._select(f"{_FROM_PLACE} WHERE a.iso = ? AND a.place = p.id", [q.upper()])
            if rows:
                return [_place(row) for row in rows]
        if q in self._countries:
            return [self._countries[q]]
        met = [candidate.place for candidate in self.lookup([q]).get(q, ())]
        return [place for place in met if place.is_country or place.feature_code == "ADM1"]

    def search(self, query: PlaceQuery) -> list[Candidate]:
        """Places for a name that somebody types: exact names first, then without the article, then beginnings."""
        keys = mention_keys(query.q)
        if not keys:
            return []
        rows = self._rows_by_key(list(keys))
        exact = _candidates(query.q, rows, most=None)
        found = {candidate.place.id: candidate for candidate in exact if self._fits(candidate.place, query)}
        ranked = sorted(found.values(), key=lambda c: (c.how == "article", -_weight(c.place), c.place.id))
        key = keys[0]
        if len(ranked) < query.limit and len(key) > 1:
            beginnings = [
                Candidate(_place(row), row[2].split("\n")[row[-2]], "fuzzy", round(len(key) / len(row[-3]), 3))
                for row in self._rows_by_beginning(key, query)
            ]
            for candidate in sorted(beginnings, key=lambda c: (-_weight(c.place), -c.score, c.place.id)):
                if candidate.place.id not in found and self._fits(candidate.place, query):
                    found[candidate.place.id] = candidate
                    ranked.append(candidate)
        return ranked[: query.limit]

    def names(self, place_id: str) -> list[tuple[str, str]]:
        """All spellings of a place with their ISO 15924 script code (Latn, Arab, Cyrl...), the headline name first."""
        where, value = self._condition(place_id)
        rows = self._select(f"{_FROM_PLACE} WHERE {where}", [value])
        return [(name, script_of(name)) for name in rows[0][2].split("\n")] if rows else []

    def close(self) -> None:
        """Close all connections, each when its statement is done; whoever asks afterwards gets an error of sqlite3."""
        self._is_closed = True
        with self._lock:
            for connection in [self._idle.get() for _ in self._connections]:
                connection.close()
                self._idle.put(connection)

    @staticmethod
    def _condition(place_id: str) -> tuple[str, int | str]:
        source, _, number = place_id.partition(":")
        if source == "geonames" and number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS:
            return "p.id = ?", int(number)
        return "p.ref = ?", place_id

    @staticmethod
    def _fits(place: Place, query: PlaceQuery) -> bool:
        if query.country and place.country not in query.country:
            return False
        if query.admin1 is None:
            return True
        return query.admin1.upper() == place.admin1_code or name_key(query.admin1) == name_key(place.admin1 or "")

    def _select(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        if self._is_closed:
            raise sqlite3.ProgrammingError("Cannot operate on a closed gazetteer.")
        connection = self._idle.get()
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            self._idle.put(connection)

    def _rows_by_key(self, keys: Sequence[str]) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {}
        for start in range(0, len(keys), _KEYS_A_STATEMENT):
            batch = keys[start : start + _KEYS_A_STATEMENT]
            marks = ", ".join("?" * len(batch))
            for row in self._select(f"{_FROM_NAME} WHERE n.key IN ({marks})", batch):
                rows.setdefault(row[-3], []).append(row)
        return rows

    def _rows_by_beginning(self, key: str, query: PlaceQuery) -> list[Row]:
        where, values = "n.key >= ? AND n.key < ?", [key, f"{key}\U0010ffff"]
        if query.country:
            where += f" AND p.country IN ({', '.join('?' * len(query.country))})"
            values += query.country
        if query.admin1 is not None:
            where += " AND p.admin1 IS NOT NULL"
        statement = f"{_FROM_NAME} WHERE {where} ORDER BY p.population DESC, p.id"
        if query.admin1 is None:
            statement += f" LIMIT {max(_PREFIX_ROWS, 2 * query.limit)}"
        return self._select(statement, values)


def _candidates(
    mention: str, rows: Mapping[str, Sequence[Row]], most: int | None = MOST_CANDIDATES
) -> tuple[Candidate, ...]:
    """The candidates of a mention from the rows of its keys, each place once, by its best meeting."""
    exact = set(exact_keys(mention))
    best: dict[int, tuple[int, Row]] = {}
    for key in mention_keys(mention):
        for row in rows.get(key, ()):
            how = row[-1] if key in exact else HOW.index("article")
            if row[0] not in best or how < best[row[0]][0]:
                best[row[0]] = (how, row)
    candidates = [Candidate(_place(row), row[2].split("\n")[row[-2]], HOW[how]) for how, row in best.values()]
    candidates.sort(key=_order)
    if most is not None and len(candidates) > most:
        candidates.sort(key=lambda candidate: not _is_kept_first(candidate.place))
        candidates = sorted(candidates[:most], key=_order)
    return tuple(candidates)
