"""A spot: a place on the ground as an event can be put on it, with how exactly the words say so."""

import math
from dataclasses import dataclass, replace

from app.domain.events import GeoJSON, Relation
from app.domain.places import Place
from app.resolution.relations.shapes import Area
from app.resolution.resolve import Resolved

_NEARBY_KM = 25.0
"""UCDP where_prec 2: "within about 25 km of a known point"; what is wider is 5, a fuzzy area."""
_SMALL_KM = 100.0
"""Told from a town, a spot is "near a town" (ACLED geo_precision 2) until it is as wide as a province (3)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the ground as an event can be put on it, with how exactly the words say so."""

    place: Place
    geo_precision: int
    where_prec: int
    radius_km: float
    relation: Relation | None
    geometry: GeoJSON
    start: int | None
    end: int | None
    resolved: Resolved | None
    """The mention that gave it; None for what was carried over or put together."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place from which the words count, with the mention or the words ("the town") that name it."""

    place: Place
    start: int
    end: int
    resolved: Resolved | None
    """None where "the town" stands for a place named before."""
    other: Place | None = None
    """Only for borders: the country on the other side, where both are named."""
    is_border: bool = False


def point(lat: float, lon: float) -> GeoJSON:
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def rounded_up(km: float) -> float:
    """A radius with one decimal, never smaller than what was worked out."""
    return math.ceil(round(km * 10, 6)) / 10


def precision_of(radius_km: float) -> tuple[int, int]:
    """(ACLED geo_precision, UCDP where_prec) of a spot that is told by its distance from a known place."""
    return 2 if radius_km <= _SMALL_KM else 3, 2 if radius_km <= _NEARBY_KM else 5


def spot_of(place: Place, resolved: Resolved | None = None) -> Spot:
    """The place itself. A town is exact; a district, a province or a river is not, and its codes say so."""
    code = place.feature_code or ""
    if place.is_country:
        geo, where = 3, 6
    elif code == "ADM1":
        geo, where = 3, 4
    elif place.is_admin:
        geo, where = 3, 3
    elif place.is_area:
        geo, where = 3, 5
    else:
        geo, where = 1, 1
    start, end = (resolved.start, resolved.end) if resolved else (None, None)
    return Spot(place, geo, where, round(place.radius_km, 1), None, point(place.lat, place.lon), start, end, resolved)


def derived(anchor: Place, place_id: str, name: str, lat: float, lon: float, radius_km: float) -> Place:
    """A place put together from another: an id of its own, nobody counted in it."""
    return replace(anchor, id=place_id, name=name, lat=lat, lon=lon, population=0, wikidata=None, radius_km=radius_km)


def spot_in(
    area: Area, anchor: Anchor, relation: Relation, place_id: str, name: str, precision: tuple[int, int] | None = None
) -> Spot:
    """A spot that covers an area; its codes follow from its radius unless they are given."""
    geo, where = precision or precision_of(area.radius_km)
    place = derived(anchor.place, place_id, name, area.lat, area.lon, area.radius_km)
    return Spot(
        place, geo, where, area.radius_km, relation, area.geometry, anchor.start, anchor.end, anchor.resolved
    )  # fmt: skip
