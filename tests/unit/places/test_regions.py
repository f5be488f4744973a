"""Regions: what a name or code stands for, and the outline it has."""

import pytest
from shapely import Point

from app.places import Gazetteer
from app.places.regions import circle, find_regions, hierarchy, outline, unit_at

DARAA_UNIT = "geonames:170903"
REGIONS = [
    ("SY-DR", DARAA_UNIT),  # ISO 3166-2
    ("sy-dr", DARAA_UNIT),
    ("Daraa", DARAA_UNIT),  # a name; the city of the same name is no region
    ("daraa governorate", DARAA_UNIT),
    ("Deraa province", DARAA_UNIT),
    (DARAA_UNIT, DARAA_UNIT),  # a place id
    ("SY", "geonames:163843"),  # alpha-2
    ("Syria", "geonames:163843"),
    ("Georgia", "geonames:614540"),  # the country before the state
    ("Donbas", "dateline:donbas"),  # an area of ours
    ("PS-KYS", "dateline:unit-ps-gz-7871092"),  # a governorate: Palestine's first-level units are territories
    ("Khan Younis Governorate", "dateline:unit-ps-gz-7871092"),
]


@pytest.mark.parametrize(("q", "place_id"), REGIONS)
def test_regions_by_name_code_or_id(gazetteer: Gazetteer, q: str, place_id: str) -> None:
    assert find_regions(gazetteer, q)[0].id == place_id


@pytest.mark.parametrize("q", ["Nowhere at all", "", "...", "dateline:nowhere", "XX-YY"])
def test_what_is_no_region(gazetteer: Gazetteer, q: str) -> None:
    assert find_regions(gazetteer, q) == []


INSIDE = [
    # region, (lon, lat) of a town inside, of a town outside
    ("SY-DR", (36.102, 32.619), (36.291, 33.510)),  # Daraa; Damascus
    ("Syria", (37.16, 36.20), (35.95, 31.95)),  # Aleppo; Amman
    ("SY-QU", (35.824, 33.126), (36.102, 32.619)),  # Quneitra lies in no pseudo-unit "UNDOF"
    ("UA-43", (34.10, 44.95), (35.14, 47.84)),  # Simferopol; Zaporizhzhia
    ("CD-IT", (30.25, 1.57), (29.22, -1.68)),  # Bunia; Goma: a province that Natural Earth lacks
    ("PS-KYS", (34.30, 31.34), (34.25, 31.29)),  # Khan Yunis; Rafah
    ("Gaza Strip", (34.30, 31.34), (35.20, 31.90)),  # Khan Yunis; Ramallah
]


@pytest.mark.parametrize(("q", "inside", "outside"), INSIDE)
def test_the_outline_holds_what_lies_in_it(
    gazetteer: Gazetteer, q: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    shape = outline(gazetteer, find_regions(gazetteer, q)[0])
    assert shape is not None
    assert shape[0].contains(Point(inside))
    assert not shape[0].contains(Point(outside))


def test_a_guessed_border_says_so(gazetteer: Gazetteer) -> None:
    guessed = {}
    for q in ("CD-IT", "SY-DR", "Donbas", "Eastern Ghouta", "PS-KYS"):
        shape = outline(gazetteer, find_regions(gazetteer, q)[0])
        assert shape is not None
        guessed[q] = shape[1]
    assert guessed == {"CD-IT": True, "SY-DR": False, "Donbas": False, "Eastern Ghouta": True, "PS-KYS": True}


def test_a_district_has_no_outline_before_its_boundaries_are_loaded(gazetteer: Gazetteer) -> None:
    [izra] = [place for place in find_regions(gazetteer, "Izra District") if place.country == "SY"]
    assert izra.feature_code == "ADM2"
    assert outline(gazetteer, izra) is None


def test_a_town_has_no_outline(gazetteer: Gazetteer) -> None:
    town = gazetteer.place("geonames:170905")
    assert town is not None
    assert outline(gazetteer, town) is None
    assert [holder.id for holder in hierarchy(gazetteer, town)] == [DARAA_UNIT, "geonames:163843"]


def test_unit_at_a_point(gazetteer: Gazetteer) -> None:
    daraa = unit_at(gazetteer, "SY", 36.2, 32.55)
    assert daraa is not None
    assert daraa.id == DARAA_UNIT
    assert unit_at(gazetteer, "SY", -30.0, 0.0) is None


def test_a_circle_is_as_wide_as_it_says() -> None:
    west, south, east, north = circle(36.0, 60.0, 111.2).bounds
    assert (north - south) == pytest.approx(2.0, rel=0.01)
    assert (east - west) == pytest.approx(4.0, rel=0.01)  # degrees of longitude are half as long at 60 degrees


def test_a_circle_goes_on_behind_the_antimeridian() -> None:
    fiji = circle(179.5, -17.0, 150.0)
    assert fiji.covers(Point(-179.97, -16.85))
    assert fiji.covers(Point(179.0, -17.0))
    west, _, east, north = fiji.bounds
    assert (west, east) == (-180.0, 180.0)
    assert circle(0.0, 89.5, 150.0).bounds[3] <= 90.0
    assert north < -15.0
