"""One compiled gazetteer file: read-only, mapped into memory, shared by all threads through a few connections."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import LifoQueue
from typing import Any, Final

from app.domain.places import FeatureClass, Match, Place
from app.errors import NotReady
from app.places.layout import HOW, SCHEMA
from app.places.names import name_key

_KEYS_A_STATEMENT: Final = 500
_MAPPED_BYTES: Final = 2_147_418_112
"""The most that SQLite maps; mapping costs addresses, not memory. What lies behind is read."""
_MOST_DIGITS: Final = 18
_MOST_SKELETONS: Final = 20_000
_LONG_BEGINNING: Final = 6

_COLUMNS = (
    "p.id, p.ref, p.spellings, p.country, a.name, a.iso, p.lat, p.lon, p.feature_class, p.feature_code, p.population, "
    "p.wikidata, p.radius_km, a.code, b.name"
)
_UNITS = "LEFT JOIN admin1 a ON a.id = p.admin1 LEFT JOIN admin2 b ON b.id = p.admin2"
_FROM_PLACE = " ".join(("SELECT", _COLUMNS, "FROM place p", _UNITS))
_FROM_NAME = " ".join(
    ("SELECT", _COLUMNS, ", n.key, n.spelling, n.how FROM name n CROSS JOIN place p ON p.id = n.place", _UNITS)
)
"""The cross join keeps SQLite from starting with the wrong table: first the name, then its place."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a key leads to, by which of its spellings, and how that spelling stands for it."""

    place: Place
    spelling: str
    how: Match


@dataclass(frozen=True, slots=True)
class Shape:
    """Outline of a place as WKB (WGS 84), and whether it is a guess between neighbouring settlements."""

    wkb: bytes
    approximate: bool = False


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


Stamp = tuple[int, int, int, int]


def stamp_of(path: Path) -> Stamp | None:
    """What tells one file from another that lies at the same path later; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


class GazetteerFile:
    """Answers what can be asked of one file. Safe to use from several threads.

    All connections are opened at once, so that a file that is replaced or deleted later still serves whoever has it.
    """

    def __init__(
        self, path: Path, connections: int = 8, units: Mapping[tuple[str, str], tuple[str, str]] | None = None
    ) -> None:
        """Open the file; raises NotReady when it is missing, is no gazetteer, or has another layout.

        `units` are names and ISO codes of first-level units by country and code that go before the file's own, so that
        the places of all files lie in units of one name.
        """
        self.path = path
        self.stamp = stamp_of(path)
        self._unit_names = units or {}
        if not path.is_file():
            raise NotReady(f"The gazetteer is missing at {path}: run `dateline gazetteer build` once to compile it.")
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._connections: list[sqlite3.Connection] = []
        self._is_closed = False
        self._closing = threading.Lock()
        try:
            self._connections = [_connect(path) for _ in range(connections)]
            for connection in self._connections:
                self._idle.put(connection)
            rows = self._select("SELECT key, value FROM meta")
            self.meta: Mapping[str, Any] = {key: json.loads(value) for key, value in rows}
        except sqlite3.OperationalError as error:
            self.close()
            raise NotReady(f"The gazetteer at {path} cannot be opened ({error}); are too many files open?") from error
        except (sqlite3.DatabaseError, ValueError) as error:
            self.close()
            raise NotReady(f"The file {path} is no gazetteer: run `dateline gazetteer build --force`.") from error
        if self.meta.get("schema") != SCHEMA:
            self.close()
            raise NotReady(f"The gazetteer at {path} has an older layout: run `dateline gazetteer build` to renew it.")

    def may_hold(self, country: str) -> bool:
        """False for a layer without any place of this country."""
        held = self.meta.get("countries")
        return held is None or country in held

    def by_keys(self, keys: Iterable[str]) -> dict[str, list[Hit]]:
        """What each key leads to; keys that lead nowhere are left out."""
        hits: dict[str, list[Hit]] = {}
        wanted = sorted(keys)
        for start in range(0, len(wanted), _KEYS_A_STATEMENT):
            batch = wanted[start : start + _KEYS_A_STATEMENT]
            marks = ", ".join("?" * len(batch))
            for row in self._select(f"{_FROM_NAME} WHERE n.key IN ({marks})", batch):
                hits.setdefault(row[-3], []).append(self._hit(row))
        return hits

    def by_beginning(self, key: str, countries: Sequence[str], most: int) -> list[tuple[str, Hit]]:
        """Keys that begin with this one and what they lead to; of many for a short one, the most populous."""
        where, values = "n.key > ? AND n.key < ?", [key, f"{key}\U0010ffff"]
        if countries:
            where += f" AND p.country IN ({', '.join('?' * len(countries))})"
            values += countries
        # A long beginning has few rows: sorting them by population would read each place for nothing.
        order = "ORDER BY p.population DESC, p.id" if len(key) < _LONG_BEGINNING else ""
        rows = self._select(f"{_FROM_NAME} WHERE {where} {order} LIMIT {most}", values)
        return [(row[-3], self._hit(row)) for row in rows]

    def keys_of_skeletons(self, skeletons: Sequence[str]) -> list[str]:
        """The keys that have one of these skeletons."""
        marks = ", ".join("?" * len(skeletons))
        rows = self._select(
            f"SELECT key FROM skeleton WHERE skeleton IN ({marks}) LIMIT {_MOST_SKELETONS}", list(skeletons)
        )
        return [key for (key,) in rows]

    def place(self, place_id: str) -> Hit | None:
        """The record under a public id such as `geonames:170905`, by its headline name."""
        rows = self._select(f"{_FROM_PLACE} WHERE {self._condition(place_id)[0]}", [self._condition(place_id)[1]])
        return self._bare(rows[0]) if rows else None

    def spellings(self, place_id: str) -> list[str]:
        """All spellings of a place, the headline name first; empty when it is not here."""
        where, value = self._condition(place_id)
        rows = self._select(f"SELECT p.spellings FROM place p WHERE {where}", [value])
        return rows[0][0].split("\n") if rows else []

    def features(self) -> dict[str, tuple[FeatureClass, float]]:
        """Class and usual radius (km) of the feature codes that are known."""
        rows = self._select("SELECT code, class, radius_km FROM feature")
        return {code: (feature_class, radius_km) for code, feature_class, radius_km in rows}

    def countries(self) -> list[Place]:
        """The records of countries."""
        rows = self._select(f"{_FROM_PLACE} WHERE p.feature_class = 'A' AND p.feature_code NOT IN ('ADM1', 'ADM2')")
        return [place for place in map(self._place, rows) if place.is_country]

    def units(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Name and ISO 3166-2 code (empty where there is none) of the first-level units, by country and code."""
        rows = self._select("SELECT country, code, name, iso FROM admin1")
        return {(country, code): (name, iso) for country, code, name, iso in rows}

    def admin1(self, country: str, name: str) -> Place | None:
        """The record of a first-level unit by its name as records carry it."""
        key = name_key(name)
        units = self._select("SELECT name, place FROM admin1 WHERE country = ? ORDER BY id", [country.upper()])
        for unit_name, place in units:
            if place is not None and (unit_name == name or name_key(unit_name) == key):
                return self._place(self._select(f"{_FROM_PLACE} WHERE p.id = ?", [place])[0])
        return None

    def by_iso(self, code: str) -> list[Place]:
        """The first-level unit under an ISO 3166-2 code."""
        return [self._place(row) for row in self._select(f"{_FROM_PLACE} WHERE a.iso = ? AND a.place = p.id", [code])]

    def shape(self, place_id: str) -> Shape | None:
        """The outline of a place, where this file has one."""
        where, value = self._condition(place_id)
        rows = self._select(
            f"SELECT s.wkb, s.approximate FROM place p JOIN shape s ON s.place = p.id WHERE {where}", [value]
        )
        return Shape(rows[0][0], bool(rows[0][1])) if rows else None

    def unit_shapes(self, country: str) -> list[Shape]:
        """The outlines of all first-level units of a country."""
        rows = self._select(
            "SELECT s.wkb, s.approximate FROM admin1 a JOIN shape s ON s.place = a.place WHERE a.country = ?",
            [country.upper()],
        )
        return [Shape(wkb, bool(approximate)) for wkb, approximate in rows]

    def unit_shapes_near(self, country: str, lon: float, lat: float, reach: float) -> list[tuple[str, Shape]]:
        """Ids and outlines of the country's first-level units whose box lies within `reach` degrees of a point."""
        rows = self._select(
            "SELECT p.id, p.ref, s.wkb, s.approximate FROM admin1 a JOIN shape s ON s.place = a.place "
            "JOIN place p ON p.id = a.place WHERE a.country = ? AND s.west <= ? AND s.east >= ? AND s.south <= ? "
            "AND s.north >= ?",
            [country.upper(), lon + reach, lon - reach, lat + reach, lat - reach],
        )
        return [(ref or f"geonames:{number}", Shape(wkb, bool(guess))) for number, ref, wkb, guess in rows]

    def close(self) -> None:
        """Close all connections, each when its statement is done; whoever asks afterwards gets an error of sqlite3."""
        self._is_closed = True
        with self._closing:
            for connection in [self._idle.get() for _ in self._connections]:
                connection.close()
                self._idle.put(connection)

    @staticmethod
    def _condition(place_id: str) -> tuple[str, int | str]:
        source, _, number = place_id.partition(":")
        if source == "geonames" and number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS:
            return "p.id = ?", int(number)
        return "p.ref = ?", place_id

    def _place(self, row: Row) -> Place:
        unit, iso = self._unit_names.get((row[3], row[13]), (row[4], row[5])) if self._unit_names else (row[4], row[5])
        return Place(
            id=row[1] or f"geonames:{row[0]}",
            name=row[2].partition("\n")[0],
            country=row[3],
            admin1=unit,
            admin2=row[14],
            admin1_code=iso or None,
            lat=row[6],
            lon=row[7],
            feature_class=row[8],
            feature_code=row[9],
            population=row[10],
            wikidata=row[11],
            radius_km=row[12],
        )

    def _hit(self, row: Row) -> Hit:
        spelling = row[2].split("\n")[row[-2]]
        return Hit(self._place(row), spelling, HOW[row[-1]])

    def _bare(self, row: Row) -> Hit:
        place = self._place(row)
        return Hit(place, place.name, "name")

    def _select(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        if self._is_closed:
            raise sqlite3.ProgrammingError("Cannot operate on a closed gazetteer.")
        connection = self._idle.get()
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            self._idle.put(connection)
