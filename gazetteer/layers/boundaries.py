"""Polygons of second-level units, or of any areas: a GeoJSON FeatureCollection (geoBoundaries, OCHA COD-AB, one's own).

Properties are known by the names that the usual publishers give them; `name` and `country` can be named by the caller.
"""

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.errors import BadInput
from app.places.plain import plain_name
from app.places.spellings import choose_spellings
from gazetteer.build.geography import distance_km
from gazetteer.build.records import FeatureKind, Record
from gazetteer.build.writer import Writer
from gazetteer.layers.countries import alpha2
from gazetteer.layers.units import Units

LARGEST: Final = 512 * 1024 * 1024
"""Bytes of the file once unpacked: it is read as a whole."""
_NAMES: Final = (
    "name",
    "shapeName",
    "NAME_EN",
    "name_en",
    "ADM3_EN",
    "ADM2_EN",
    "ADM1_EN",
    "NAME_3",
    "NAME_2",
    "NAME_1",
)
_OTHER_NAMES: Final = re.compile(
    r"(?:alt_?)?name(?:_[a-z]{2})?|varname_\d|adm\d_[a-z]{2}|adm\d(?:alt\den|_ref)", re.IGNORECASE
)
_COUNTRIES: Final = ("country", "shapeGroup", "iso_a2", "ADM0_PCODE", "GID_0", "admin0Pcod")
_IDS: Final = ("shapeID", "ADM3_PCODE", "ADM2_PCODE", "ADM1_PCODE", "GID_2", "wof_id", "id")
_ID: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LEAST_KM: Final = 0.1
_CORNERS: Final = 500
"""So many corners of an outline are looked at to find how far it reaches."""
_SETTLED: Final = 9_000_000_000
"""GeoNames ids are below; made-up ones of test data above."""

Progress = Callable[[int], None]


def _read(path: Path) -> list[Any]:
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (EOFError, gzip.BadGzipFile):
        raise BadInput(f"{path.name} is damaged or was cut off on its way.") from None
    if len(raw) > LARGEST:
        raise BadInput(f"{path.name} is larger than {LARGEST // 2**20} MiB: simplify the polygons, or split the file.")
    try:
        collection = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{path.name} line {error.lineno}: no JSON.") from None
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise BadInput(f"{path.name} is no GeoJSON FeatureCollection.")
    return features


def fill(
    writer: Writer,
    path: Path,
    layer: str,
    units: Units,
    kinds: Mapping[str, FeatureKind],
    advance: Progress,
    *,
    level: str = "ADM2",
    country: str | None = None,
    name_property: str | None = None,
) -> Mapping[str, Any]:
    """Add a place with its polygon for each feature. Raises BadInput with the feature's number.

    `level` is the feature code of what says none itself; `country` the alpha-2 code of what names none; `name_property`
    where the name stands.
    """
    if level not in kinds:
        raise BadInput("The level must be a GeoNames feature code such as ADM1, ADM2, ADM3 or RGN.")
    countries = set()
    seen: set[str] = set()
    for number, feature in enumerate(_read(path), start=1):
        where = f"{path.name} feature {number}"
        geometry, tags = _parts(feature, where)
        code = str(tags.get("feature_code") or tags.get("shapeType") or level)
        record = _record(tags, layer, number, country, name_property, where)
        record.feature_code = code if code in kinds and not code.startswith(("PCL", "TERR")) else level
        record.feature_class = kinds[record.feature_code].feature_class
        inner = geometry.representative_point()
        record.lat, record.lon = round(inner.y, 5), round(inner.x, 5)
        corners = shapely.get_coordinates(geometry)
        some = corners[:: max(1, len(corners) // _CORNERS)]
        reach = max(distance_km(record.lat, record.lon, lat, lon) for lon, lat in some)
        record.radius_km = max(_LEAST_KM, round(reach, 1))
        if record.ref in seen:
            raise BadInput(f"{where}: its id stands already on another feature.")
        seen.add(record.ref)
        first, second = str(tags.get("admin1_code") or ""), str(tags.get("admin2_code") or "")
        if record.country and record.feature_code == "ADM2" and second:
            units.name((record.country, first, second), record.name)
        chosen = choose_spellings(record.name, record.spellings, keep_all=True)
        place = writer.add_place(
            record, chosen, units.first(record.country, first), units.second(record.country, first, second), where
        )
        writer.add_shape(place, geometry)
        countries.add(record.country or "")
        advance(1)
    writer.flush()
    units.write(writer)
    return {"countries": sorted(filter(None, countries)), "left_out": 0}


def _parts(feature: Any, where: str) -> tuple[BaseGeometry, Mapping[str, Any]]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise BadInput(f"{where}: no GeoJSON feature with properties.")
    try:
        geometry = shape(feature["geometry"])
    except (ShapelyError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise BadInput(f"{where}: its geometry cannot be read.") from None
    if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
        raise BadInput(f"{where}: its geometry must be a Polygon or MultiPolygon.")
    if not geometry.is_valid:
        parts = shapely.get_parts(shapely.make_valid(geometry))
        geometry = shapely.union_all([part for part in parts if part.geom_type in {"Polygon", "MultiPolygon"}])
    if geometry.is_empty:
        raise BadInput(f"{where}: its geometry is a line or a point, not an area.")
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadInput(
            f"{where}: coordinates must be longitude and latitude in degrees (WGS 84); split what crosses 180 degrees."
        )
    return geometry, feature["properties"]


def _text(tags: Mapping[str, Any], names: tuple[str, ...]) -> str:
    found = (" ".join(str(tags[name]).split()) for name in names if isinstance(tags.get(name), str | int))
    return next((text for text in found if text), "")


def _record(
    tags: Mapping[str, Any], layer: str, number: int, country: str | None, name_property: str | None, where: str
) -> Record:
    name = _text(tags, (name_property,) if name_property else _NAMES)
    if not name:
        raise BadInput(f"{where}: no property with its name; say which one with --name-property.")
    geonameid = _whole(tags.get("geonameid"))
    own_id = _ID.sub("-", _text(tags, _IDS) or str(number))
    is_settled = 0 < geonameid < _SETTLED
    others = [other for key in tags if _OTHER_NAMES.fullmatch(key) for other in _split(tags[key])]
    return Record(
        ref=f"geonames:{geonameid}" if is_settled else f"{layer}:{own_id}",
        name=name,
        spellings=list(dict.fromkeys([*others, plain_name(name)])),
        country=alpha2(_text(tags, _COUNTRIES)) or country,
        lat=0.0,
        lon=0.0,
        feature_code="",
        wikidata=str(tags.get("wikidata") or ""),
    )


def _whole(value: Any) -> int:
    """A whole number however it is written (169339, 169339.0, "169339"); 0 for anything else."""
    text = str(value).removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(_SETTLED)) + 1 else 0


def _split(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (" ".join(part.split()) for part in re.split(r"[|;]", value) if part.strip())
