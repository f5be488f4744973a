"""Places that hang on others: distances, bearings, parts, roads and coordinates, with honest radii."""

import pytest
from geopy.distance import geodesic

from app.domain.places import Place
from app.places import Gazetteer
from app.resolution.relations import Spot, bearing_of, spot_of
from tests.factories import DictPlaces, make_place
from tests.steps import spots_of

HOMS = make_place(id="homs", name="Homs", admin1="Homs", lat=34.7268, lon=36.7234, population=775_000, radius_km=5)
HAMA = make_place(id="hama", name="Hama", admin1="Hama", lat=35.1318, lon=36.7578, population=460_000, radius_km=5)
SYRIA = make_place(
    id="SY", name="Syria", admin1=None, feature_class="A", feature_code="PCLI", lat=35, lon=38.5, radius_km=400
)
UNIT = make_place(
    id="unit", name="Idlib", admin1="Idlib", feature_class="A", feature_code="ADM1", lat=35.8, lon=36.7, radius_km=60
)
PLACES = DictPlaces({"Homs": [HOMS], "Hama": [HAMA], "Syria": [SYRIA], "Idlib": [UNIT]})


def _only(text: str) -> Spot:
    (spot,) = spots_of(text, PLACES)
    return spot


@pytest.mark.parametrize(("text", "km", "bearing"), [
    ("A mine went off 13 km north of Homs.", 13, 0),
    ("A mine went off 13 kilometres to the south-east of Homs.", 13, 135),
    ("A mine went off some 2.5 km southwest of the city of Homs.", 2.5, 225),
    ("A mine went off twenty miles west of Homs.", 32.187, 270),
    ("A mine went off 800 metres east of Homs.", 0.8, 90),
    ("A mine went off about 10-km northeast of Homs.", 10, 45),
])  # fmt: skip
def test_offset(text: str, km: float, bearing: float) -> None:
    spot = _only(text)
    assert spot.relation is not None
    assert (spot.relation.type, spot.relation.anchors) == ("offset", (HOMS,))
    assert spot.relation.distance_km == pytest.approx(km, abs=0.01)
    assert spot.relation.bearing == bearing
    assert geodesic((HOMS.lat, HOMS.lon), (spot.place.lat, spot.place.lon)).km == pytest.approx(km, abs=0.05)
    assert (spot.geo_precision, spot.where_prec) == (2, 2)
    assert spot.radius_km >= 2
    assert spot.geometry == {"type": "Point", "coordinates": [spot.place.lon, spot.place.lat]}


def test_offset_goes_the_right_way() -> None:
    north, east = (
        _only("A mine went off 13 km north of Homs.").place,
        _only("A mine went off 13 km east of Homs.").place,
    )
    assert north.lat > HOMS.lat
    assert north.lon == pytest.approx(HOMS.lon, abs=1e-4)
    assert east.lon > HOMS.lon
    assert "north of Homs" in north.name


def test_distance_without_direction_is_a_ring() -> None:
    """ "13 km from Homs" may be anywhere on a circle: no point is invented, and the town stays the point."""
    spot = _only("A mine went off 13 km from Homs.")
    assert spot.relation is not None
    assert (spot.relation.type, spot.relation.distance_km, spot.relation.bearing) == ("offset", 13, None)
    assert (spot.place.lat, spot.place.lon) == (HOMS.lat, HOMS.lon)
    outer, inner = spot.geometry["coordinates"]
    assert len(outer) > 8 < len(inner)
    assert spot.radius_km >= 13


def test_bearing_without_distance() -> None:
    spot = _only("A mine went off west of Homs.")
    assert spot.relation is not None
    assert (spot.relation.type, spot.relation.distance_km, spot.relation.bearing) == ("offset", None, 270)
    assert spot.radius_km >= HOMS.radius_km + 5


@pytest.mark.parametrize(
    "text",
    [
        "A mine went off near Homs.",
        "A mine went off outside the city of Homs.",
        "A mine went off on the outskirts of Homs.",
    ],
)
def test_near(text: str) -> None:
    spot = _only(text)
    assert spot.relation is not None
    assert (spot.relation.type, spot.place) == ("near", HOMS)
    assert (spot.geo_precision, spot.where_prec) == (2, 2)
    assert spot.radius_km > HOMS.radius_km


@pytest.mark.parametrize(("text", "name", "geo", "where"), [
    ("Shells fell on northern Syria.", "northern Syria", 3, 5),
    ("Shells fell on southern Homs.", "southern Homs", 2, 2),
    ("Shells fell on western Idlib.", "western Idlib", 3, 5),  # UCDP: a part of a unit is a fuzzy area
])  # fmt: skip
def test_part(text: str, name: str, geo: int, where: int) -> None:
    spot = _only(text)
    assert spot.relation is not None
    assert (spot.relation.type, spot.place.name) == ("part", name)
    assert (spot.geo_precision, spot.where_prec) == (geo, where)


def test_between_is_a_line() -> None:
    spot = _only("A mine went off between Homs and Hama.")
    assert spot.relation is not None
    assert (spot.relation.type, spot.relation.anchors) == ("between", (HOMS, HAMA))
    assert spot.geometry == {"type": "LineString", "coordinates": [[HOMS.lon, HOMS.lat], [HAMA.lon, HAMA.lat]]}
    half = geodesic((HOMS.lat, HOMS.lon), (HAMA.lat, HAMA.lon)).km / 2
    assert spot.radius_km >= half
    for end in (HOMS, HAMA):
        assert geodesic((spot.place.lat, spot.place.lon), (end.lat, end.lon)).km == pytest.approx(half, rel=0.01)


def test_road_between_two_towns() -> None:
    spot = _only("A mine went off on the Homs-Hama road.")
    assert spot.relation is not None
    assert (spot.relation.type, spot.where_prec) == ("between", 5)


@pytest.mark.parametrize(("text", "lat", "lon", "radius"), [
    ("A boat sank at 11.03 N, 29.61 E.", 11.03, 29.61, 0.8),
    ("A boat sank at 11.0312°N 29.6103°W.", 11.0312, -29.6103, 0.5),
    ("A boat sank at 3.5 S, 120.2 E.", -3.5, 120.2, 7.9),
])  # fmt: skip
def test_coordinates(text: str, lat: float, lon: float, radius: float) -> None:
    """Coordinates are as exact as their last digit, and never better than half a kilometre."""
    spot = _only(text)
    assert spot.relation is not None
    assert (spot.relation.type, spot.place.lat, spot.place.lon) == ("coordinates", lat, lon)
    assert spot.radius_km == pytest.approx(radius)


def test_coordinates_off_the_globe_are_none() -> None:
    assert spots_of("A boat sank at 91.50 N, 29.61 E.", PLACES) == []


@pytest.mark.parametrize(("place", "geo", "where"), [
    (HOMS, 1, 1),
    (UNIT, 3, 4),
    (SYRIA, 3, 6),
    (make_place(feature_class="A", feature_code="ADM2", radius_km=20), 3, 3),
    (make_place(feature_class="H", feature_code="STM", radius_km=300), 3, 5),  # a river has no one point
    (make_place(feature_class="H", feature_code="RSV", radius_km=1), 1, 1),  # a pond has
    (make_place(feature_class="S", feature_code="PSTB"), 1, 1),
])  # fmt: skip
def test_precision_follows_the_feature(place: Place, geo: int, where: int) -> None:
    spot = spot_of(place)
    assert (spot.geo_precision, spot.where_prec) == (geo, where)


@pytest.mark.parametrize(("words", "degrees"), [
    ("north", 0), ("northern", 0), ("northeast", 45), ("north-east", 45), ("northeastern", 45), ("east", 90),
    ("south-eastern", 135),    ("south", 180), ("South West", 225), ("western", 270), ("northwest", 315),
])  # fmt: skip
def test_bearing_of_words(words: str, degrees: float) -> None:
    assert bearing_of(words) == degrees


def test_distance_that_only_describes_the_place(places: Gazetteer) -> None:
    """ "Dara'a al-Balad, about 13 km north of the border with Jordan": the quarter is the place, not a point off it."""
    spots = spots_of("The army entered Dara'a al-Balad, located about 13 km north of the border with Jordan.", places)
    assert [(s.place.name, s.relation) for s in spots] == [("Dara'a al-Balad", None)]
