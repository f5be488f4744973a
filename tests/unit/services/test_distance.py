"""Distances: fast ones must decide like the exact ones, and a box must hold its circle."""

import math

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from app.services.distance import box_around, geodesic_km, within_km

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
radii = st.floats(0.001, 2000)


def test_a_known_distance() -> None:
    # Flinders Peak to Buninyong, the worked example of Vincenty's formulae: 54,972.271 m.
    assert geodesic_km(-37.951033417, 144.424867889, -37.652821139, 143.926495528) == pytest.approx(54.972271, abs=1e-5)


@given(latitudes, longitudes, latitudes, longitudes, radii)
def test_the_quick_answer_is_the_exact_one(
    lat: float, lon: float, other: float, other_lon: float, radius: float
) -> None:
    assert within_km(lat, lon, other, other_lon, radius) == (geodesic((lat, lon), (other, other_lon)).km <= radius)


@given(latitudes, longitudes, radii, st.floats(0, 360), st.floats(0, 1))
def test_the_box_holds_the_circle(lat: float, lon: float, radius: float, bearing: float, share: float) -> None:
    point = geodesic(kilometers=radius * share).destination((lat, lon), bearing)
    box = box_around(lat, lon, radius)
    assert box.south - 1e-9 <= point.latitude <= box.north + 1e-9
    assert any(west - 1e-9 <= point.longitude <= east + 1e-9 for west, _, east, _ in box.parts)
    assert -90 <= box.south <= box.north <= 90
    assert -180 <= box.west <= 180
    assert -180 <= box.east <= 180


@pytest.mark.parametrize(
    ("lat", "lon", "radius", "width"),
    [
        (0.0, 0.0, 111.32, 2.02),  # a degree either way on the equator, and the slack
        (60.0, 0.0, 111.32, 4.04),  # twice as wide at 60 degrees
        (0.0, 180.0, 111.32, 2.02),  # over the antimeridian
        (89.9, 10.0, 50.0, 360.0),  # round the pole
    ],
)
def test_the_box_is_no_wider_than_it_must_be(lat: float, lon: float, radius: float, width: float) -> None:
    box = box_around(lat, lon, radius)
    assert math.isclose(sum(east - west for west, _, east, _ in box.parts), width, rel_tol=0.01)
