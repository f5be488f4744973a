"""GeoNames tables: country dumps (`SY.txt`), allCountries, and alternateNamesV2 (research: readme.txt of the dumps).

19 tab-separated columns without header or quoting: geonameid, name, asciiname, alternatenames, latitude, longitude,
feature class, feature code, country code, cc2, admin1 to admin4, population, elevation, dem, timezone, modification
date.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from app.errors import BadInput
from app.places.names import name_key
from app.places.spellings import choose_spellings
from gazetteer.build.link import settlement_radius_km
from gazetteer.build.records import FeatureKind, Record
from gazetteer.build.writer import Writer
from gazetteer.layers.cells import decimal, whole
from gazetteer.layers.lines import read_lines
from gazetteer.layers.units import Units

LICENCE: Final = "CC BY 4.0"
ATTRIBUTION: Final = "Places from GeoNames (geonames.org), licensed under CC BY 4.0; modified."

_COLUMNS: Final = 19
_ALTERNATE_COLUMNS: Final = (4, 10)
"""Older files end after the name and its flags."""
_NO_NAMES: Final = frozenset({"link", "post", "wkdt", "iata", "icao", "faac", "tcid", "unlc", "abbr", "phon", "piny"})
"""Languages of alternateNamesV2 that are codes, addresses or abbreviations."""
_STEP: Final = 1_000
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LONGEST_NAME: Final = 200

Progress = Callable[[int], None]


class Alternates:
    """Alternate names by GeoNames id, in a temporary table in the folder of layers, which the caller holds alone."""

    def __init__(self, paths: Sequence[Path], folder: Path, advance: Progress) -> None:
        """Read the tables; raises BadInput with the line."""
        self._path = folder / ".layer-alternates"
        self._path.unlink(missing_ok=True)
        self._database = sqlite3.connect(self._path)
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768;")
        self._database.execute("CREATE TABLE name (place INTEGER, number INTEGER, language TEXT, name TEXT)")
        try:
            for path in paths:
                self._database.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", _alternates(path, advance))
            self._database.execute("CREATE INDEX by_place ON name (place, number)")
        except BaseException:
            self.close()
            raise

    def of(self, geonameid: int) -> tuple[list[str], str]:
        """The alternate names of a place, and its Wikidata item or nothing."""
        rows = self._database.execute("SELECT language, name FROM name WHERE place = ? ORDER BY number", [geonameid])
        names, wikidata = [], ""
        for language, name in rows:
            if language == "wkdt":
                wikidata = name
            else:
                names.append(name)
        return names, wikidata

    def close(self) -> None:
        """Delete the table."""
        self._database.close()
        self._path.unlink(missing_ok=True)


def _alternates(path: Path, advance: Progress) -> Iterator[tuple[int, int, str, str]]:
    low, high = _ALTERNATE_COLUMNS
    for number, line in read_lines(path):
        cells = line.split("\t")
        where = f"{path.name} line {number}"
        if not low <= len(cells) <= high:
            raise BadInput(f"{where}: {len(cells)} columns where a table of alternate names has {high}.")
        if number % _STEP == 0:
            advance(_STEP)
        if cells[2] == "wkdt" or cells[2] not in _NO_NAMES:
            yield whole(cells[1], f"{where}: geonameid"), number, cells[2], cells[3]


def fill(
    writer: Writer,
    path: Path,
    units: Units,
    kinds: Mapping[str, FeatureKind],
    alternates: Alternates | None,
    advance: Progress,
) -> Mapping[str, Any]:
    """Add the places of a table; answers the countries seen and how many rows were left out.

    Left out are kinds that news does not name (hotels, farms, undersea features): what base/feature_codes.csv does not
    list. Raises BadInput with the line.
    """
    countries: dict[str, int] = {}
    left_out = 0
    for number, line in read_lines(path):
        if number % _STEP == 0:
            advance(_STEP)
        where = f"{path.name} line {number}"
        cells = line.split("\t")
        if len(cells) != _COLUMNS:
            raise BadInput(f"{where}: {len(cells)} columns where a GeoNames table has {_COLUMNS}.")
        record = _record(cells, kinds, where)
        if record is None:
            left_out += 1
            continue
        spellings = record.spellings
        if alternates is not None:
            more, record.wikidata = alternates.of(int(cells[0]))
            spellings = [*spellings, *more]
        _name_units(cells, record, units)
        chosen = choose_spellings(record.name, spellings)
        first = units.first(record.country, cells[10])
        second = units.second(record.country, cells[10], cells[11])
        writer.add_place(record, chosen, first, second, where)
        country = record.country or ""
        countries[country] = countries.get(country, 0) + 1
    writer.flush()
    units.write(writer)
    return {"countries": sorted(filter(None, countries)), "left_out": left_out}


def _record(cells: Sequence[str], kinds: Mapping[str, FeatureKind], where: str) -> Record | None:
    number = whole(cells[0], f"{where}: geonameid")
    lat = decimal(cells[4], -90, 90, f"{where}: latitude")
    lon = decimal(cells[5], -180, 180, f"{where}: longitude")
    population = whole(cells[14] or "0", f"{where}: population")
    name, code = cells[1].strip(), cells[7] or ("PPL" if cells[6] == "P" else "")
    if not name:
        raise BadInput(f"{where}: name is empty.")
    if cells[8] and not _COUNTRY.fullmatch(cells[8]):
        raise BadInput(f"{where}: country code must be two capital letters or empty.")
    if number == 0 or code not in kinds or len(name) > _LONGEST_NAME or not name_key(name):
        return None
    kind = kinds[code]
    radius_km = kind.radius_km
    if kind.feature_class == "P" and code != "PPLX":
        radius_km = max(radius_km, settlement_radius_km(population))
    return Record(
        ref=f"geonames:{number}",
        name=name,
        spellings=[spelling for spelling in cells[3].split(",") if spelling],
        country=cells[8] or None,
        lat=lat,
        lon=lon,
        feature_code=code,
        feature_class=kind.feature_class,
        population=population,
        radius_km=radius_km,
    )


def _name_units(cells: Sequence[str], record: Record, units: Units) -> None:
    if record.country and record.feature_code == "ADM1":
        units.name((record.country, cells[10]), record.name)
    elif record.country and record.feature_code == "ADM2":
        units.name((record.country, cells[10], cells[11]), record.name)


def read_unit_names(path: Path, units: Units) -> None:
    """Names of units from admin1CodesASCII.txt or admin2Codes.txt: code, name, ASCII name, geonameid."""
    for number, line in read_lines(path):
        cells = line.split("\t")
        codes = cells[0].split(".", 2)
        if len(cells) != 4 or len(codes) not in {2, 3}:
            raise BadInput(f"{path.name} line {number}: no line of admin1CodesASCII.txt or admin2Codes.txt.")
        units.name((codes[0], codes[1]) if len(codes) == 2 else (codes[0], codes[1], codes[2]), cells[1])
