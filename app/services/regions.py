"""What a region's name stands for in questions to the store, and what is told about it."""

from dataclasses import dataclass
from typing import Final

from shapely.geometry.base import BaseGeometry as Geometry

from app.domain.places import Place
from app.errors import BadInput
from app.places import Gazetteer
from app.places.regions import find_regions, is_region, outline
from app.store.records import Region

MOST_REGIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A region that a name may stand for."""

    place: Place
    outline: Geometry | None
    """WGS 84; None where no boundaries of it are loaded."""
    approximate: bool
    """The outline is a circle, or a guess between neighbouring settlements."""


def regions_named(places: Gazetteer, q: str) -> list[Found]:
    """The regions that a name, place id or ISO code may stand for, the best first."""
    found = []
    for place in filter(is_region, find_regions(places, q)[:MOST_REGIONS]):
        shape = outline(places, place)
        found.append(Found(place, *(shape or (None, False))))
    return found


def region_of(places: Gazetteer, q: str) -> Region:
    """The region that a query means: the gazetteer's best answer counts. Raises BadInput.

    Countries and first-level units hold the places that carry their code, whatever a simplified border says; any other
    region holds what lies in its outline.
    """
    found = find_regions(places, q)
    for place in found:
        if place.country and place == places.country(place.country):
            return Region(country=place.country)
        unit = places.admin1(place.country, place.admin1) if place.country and place.admin1 else None
        if unit is not None and unit.id == place.id:
            return Region(place.country, place.admin1 or place.name, place.admin1_code)
        shape = outline(places, place)
        if shape is not None:
            return Region(outline=shape[0])
    if any(is_region(place) for place in found):
        raise BadInput(
            "region has no outline yet: load its boundaries with `dateline gazetteer add --boundaries FILE.geojson`, "
            "or use near and radius_km.",
            field="region",
        )
    if found:
        raise BadInput(
            "region must be a country, a unit such as a province, governorate or district, or a wide area; "
            "for a town use near and radius_km.",
            field="region",
        )
    raise BadInput(
        "region is nothing that the gazetteer knows as a region; give a name such as Daraa Governorate or Donbas, "
        "a place id or an ISO 3166-2 code such as SY-DR.",
        field="region",
    )
