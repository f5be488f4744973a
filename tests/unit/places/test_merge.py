"""When records of two sources are one place, and what the one learns from the other."""

from typing import Any

import pytest

from app.domain.places import Place
from app.places.file import Hit
from app.places.merge import TWIN_KM, Met, are_twins, filled, is_near, join
from tests.factories import make_place

UNIT: dict[str, Any] = {"feature_class": "A", "feature_code": "ADM2", "radius_km": 20.0}
TWINS = [
    ({}, {"lat": 32.59}, True),  # 4 km off
    ({}, {"lat": 32.60}, False),  # 5.2 km off
    ({}, {"country": "JO"}, False),
    ({}, {"feature_code": "PPLA"}, True),  # settlements of any rank
    ({}, {"feature_class": "S", "feature_code": "PSTB"}, False),  # a crossing is no village
    ({"feature_class": "S", "feature_code": "PSTB"}, {"feature_class": "S", "feature_code": "HSP"}, False),
    (
        {"feature_class": "S", "feature_code": "AIRB"},
        {"feature_class": "S", "feature_code": "AIRP"},
        True,
    ),  # one family
    (UNIT, {**UNIT, "lat": 33.0}, True),  # the middle of a district is a matter of taste
    (UNIT, {**UNIT, "lat": 34.0}, False),  # 160 km off
    (UNIT, {**UNIT, "feature_code": "ADM3"}, False),
]


@pytest.mark.parametrize(("one", "other", "expected"), TWINS)
def test_twins(one: dict[str, Any], other: dict[str, Any], expected: bool) -> None:
    assert are_twins(make_place(**one), make_place(**other)) is expected


def test_nearness_goes_over_the_antimeridian() -> None:
    east, west = make_place(lat=-16.8, lon=179.99), make_place(lat=-16.8, lon=-179.99)
    assert is_near(east, west, TWIN_KM)
    assert not is_near(east, make_place(lat=-16.8, lon=0.0), TWIN_KM)


def test_a_record_is_filled_not_changed() -> None:
    bare = make_place(population=0, admin2=None, wikidata=None, lat=32.5)
    full = make_place(population=7, admin2="Izra District", wikidata="Q1", lat=32.6, feature_code="PPLA3", name="Other")
    told = filled(bare, full)
    assert (told.population, told.admin2, told.wikidata, told.feature_code) == (7, "Izra District", "Q1", "PPLA3")
    assert (told.name, told.lat) == (bare.name, 32.5)
    assert filled(full, bare) == full


def met(place: Place, how: Any = "name", part: int = 0) -> Met:
    return Met(Hit(place, place.name, how), how, part)


def test_join_folds_twins_and_remembers_them() -> None:
    here = {"geonames:1": met(make_place(id="geonames:1"), "alternate")}
    later = [met(make_place(id="gns:5", lat=32.56), "name", 1), met(make_place(id="gns:6", lat=40.0), "name", 1)]
    join(here, later)
    assert list(here) == ["geonames:1", "gns:6"]
    assert here["geonames:1"].twins == ["gns:5"]
    assert here["geonames:1"].how == "name"  # the better meeting counts
