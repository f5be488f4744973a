"""Regions: what a name, a place id or a code stands for, and its outline."""

from math import cos, radians
from typing import Final

import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry as Geometry

from app.domain.places import Place
from app.places.gazetteer import Gazetteer
from app.places.generic import readings
from app.places.merge import weight
from app.places.names import mention_keys
from app.places.outlines import geometry_of, known_outline

_DEGREE_KM: Final = 111.2
_UNITS: Final = ("ADM2", "ADM3", "ADM4", "ADMD", "ZN", "ZNB")
_LEAST_AREA_KM: Final = 5.0
_NEAR_DEGREES: Final = 0.05
_FAR_DEGREES: Final = 2.0


def is_region(place: Place) -> bool:
    """A country, a unit, or a wide area such as the Donbas, a valley, a forest."""
    if place.is_admin or place.is_country:
        return True
    return place.feature_class in {"L", "T", "V"} and place.radius_km >= _LEAST_AREA_KM


def _rank(place: Place) -> tuple[int, int, str]:
    if place.is_country:
        level = 0
    elif place.feature_code == "ADM1":
        level = 1
    else:
        level = 3 if place.feature_code in _UNITS else 2
    return level, -weight(place), place.id


def find_regions(gazetteer: Gazetteer, q: str) -> list[Place]:
    """Regions by place id, ISO 3166-2 code, alpha-2 code or name, the best first: countries, first-level units, areas,
    finer units."""
    q = q.strip()
    if ":" in q:
        place = gazetteer.place(q)
        return [place] if place else []
    if "-" in q:
        units = gazetteer.by_iso(q)
        if units:
            return units
    if q.upper() in gazetteer.countries:
        return [gazetteer.countries[q.upper()]]
    if not mention_keys(q):
        return []
    found = {met.hit.place.id: met.hit.place for met in gazetteer.meetings([q])[q] if is_region(met.hit.place)}
    if not found:
        for reading in readings(q):
            for meetings in gazetteer.meetings([reading.core, *reading.kind.spelled(reading.core)]).values():
                fitting = [met.hit.place for met in meetings if reading.kind.fits(met.hit.place)]
                found |= {place.id: place for place in fitting if is_region(place)}
    return sorted(found.values(), key=_rank)


def outline(gazetteer: Gazetteer, place: Place) -> tuple[Geometry, bool] | None:
    """The region's polygon (WGS 84), and whether it is approximate; None where nothing is known but a point.

    A wide area without a polygon of its own is the circle that holds it. A second-level unit has none before its
    boundaries are loaded: a circle would take in its neighbours.
    """
    known = known_outline(gazetteer, place)
    if known is not None or place.is_admin or not is_region(place):
        return known
    return circle(place.lon, place.lat, place.radius_km), True


def circle(lon: float, lat: float, radius_km: float) -> Geometry:
    """A circle of 64 corners, on a flat map around its centre; good to a few percent below 500 km and 75 degrees."""
    around = shapely.Point(0, 0).buffer(radius_km / _DEGREE_KM, quad_segs=16)
    narrow = max(0.05, cos(radians(lat)))
    flat = shapely.transform(around, lambda at: at / [narrow, 1.0] + [lon, lat])
    # What reaches over the antimeridian goes on at the other side (RFC 7946, 3.1.9).
    turned = [translate(flat, xoff=by) for by in (-360.0, 0.0, 360.0)]
    return shapely.union_all([shapely.clip_by_rect(part, -180, -90, 180, 90) for part in turned])


def hierarchy(gazetteer: Gazetteer, place: Place) -> list[Place]:
    """The records that hold the place, the narrowest first: its first-level unit, its country."""
    holders = [gazetteer.admin1(place.country, place.admin1) if place.country and place.admin1 else None]
    holders.append(gazetteer.country(place.country) if place.country else None)
    return [holder for holder in holders if holder is not None and holder.id != place.id]


def unit_named(gazetteer: Gazetteer, country: str, unit: str) -> Place | None:
    """The first-level unit of a country by its name or ISO 3166-2 code."""
    by_code = [place for place in gazetteer.by_iso(unit) if place.country == country]
    return by_code[0] if by_code else gazetteer.admin1(country, unit)


def unit_at(gazetteer: Gazetteer, country: str, lon: float, lat: float) -> Place | None:
    """The first-level unit of a country whose (simplified) outline holds a point or lies within 5 km of it."""
    point = shapely.Point(lon, lat)
    nearest: tuple[float, str] | None = None
    for place_id, shape in gazetteer.base.unit_shapes_near(country, lon, lat, _NEAR_DEGREES):
        apart = shapely.distance(point, geometry_of(shape))
        if apart <= _NEAR_DEGREES and (nearest is None or apart < nearest[0]):
            nearest = (apart, place_id)
    return gazetteer.place(nearest[1]) if nearest else None


def is_far_off(gazetteer: Gazetteer, country: str, lon: float, lat: float) -> bool:
    """True for a point more than about 200 km from the box of any unit of the country, where we have their outlines."""
    units = gazetteer.base.unit_shapes(country)
    return bool(units) and not gazetteer.base.unit_shapes_near(country, lon, lat, _FAR_DEGREES)
