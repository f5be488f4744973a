"""Coordinates in the text: all usual shapes are read, as exactly as they are told; other numbers are none."""

import pytest
from geopy.distance import geodesic

from app.resolution.relations import Spot
from tests.unit.resolution.marked import spots_of_marked

ALEPPO = (36.20222, 37.13444)


def _told(marked: str) -> list[Spot]:
    return [s for s in spots_of_marked(marked) if s.relation and s.relation.type == "coordinates"]


@pytest.mark.parametrize(("words", "radius"), [
    ("36.2022, 37.1344", 0.5),
    ("(36.2022, 37.1344)", 0.5),
    ("36.20222 / 37.13444", 0.5),
    ("36.2022; 37.1344", 0.5),
    ("coordinates 36.202, 37.134", 0.5),
    ("36.2022° N, 37.1344° E", 0.5),
    ("36.2022°N 37.1344°E", 0.5),
    ("36.2022 N, 37.1344 E", 0.5),
    ("36.20 N and 37.13 E", 0.8),
    ("36.2 degrees north, 37.1 degrees east", 7.2),
    ("lat 36.2 lon 37.1", 7.2),
    ("latitude: 36.202, longitude: 37.134", 0.5),
    ("Lat 36.2022, Long 37.1344", 0.5),
    ("N36.2022 E37.1344", 0.5),
    ("N 36.20, E 37.13", 0.8),
    ("36°12'08\"N 37°08'04\"E", 0.5),
    ("36°12′08″N, 37°08′04″E", 0.5),
    ("36° 12' 08'' N 37° 08' 04'' E", 0.5),
    ("36°12’08”N 37°08’04”E", 0.5),
    ("36°12'N 37°08'E", 1.3),
    ("36°12.13'N 37°08.07'E", 0.5),
    ("36 12 08 N, 37 08 04 E", 0.5),
    ("N 36 12 08 E 37 08 04", 0.5),
    ("N36°12'08\" E37°08'04\"", 0.5),
    ("361208N 0370804E", 0.5),
    ("37S CA 32245 07983", 0.5),
    ("37SCA3224507983", 0.5),
    ("37S CA 3224 0798", 0.5),
    ("MGRS 37S CA 322 079", 0.5),
    ("grid 37S CA 32 07", 0.8),
])  # fmt: skip
def test_shapes(words: str, radius: float) -> None:
    """One point near Aleppo in every spelling; the radius is the corner of what the last digit leaves open."""
    text = f"A strike hit a depot at {words} on Monday."
    (spot,) = _told(text)
    assert geodesic((spot.place.lat, spot.place.lon), ALEPPO).km <= spot.radius_km + 0.05
    assert spot.radius_km == pytest.approx(radius, abs=0.11)
    assert spot.start is not None
    assert spot.end is not None
    assert text[spot.start : spot.end] in words
    assert spot.geometry == {"type": "Point", "coordinates": [spot.place.lon, spot.place.lat]}


@pytest.mark.parametrize(("words", "lat", "lon"), [
    ("3.5012 S, 120.2033 E", -3.5012, 120.2033),
    ("11.0312°N 29.6103°W", 11.0312, -29.6103),
    ("-15.4167, 28.2833", -15.4167, 28.2833),
    ("34°36′S 58°23′W", -34.6, -58.3833),
    ("lat -1.674, lon 29.228", -1.674, 29.228),
])  # fmt: skip
def test_hemispheres(words: str, lat: float, lon: float) -> None:
    (spot,) = _told(f"It fell at {words}.")
    assert (spot.place.lat, spot.place.lon) == (pytest.approx(lat, abs=1e-3), pytest.approx(lon, abs=1e-3))


@pytest.mark.parametrize("text", [
    "Shares rose 36.20, 37.13 and 38.",
    "It cost $36.2021, €37.1343 in all.",
    "The rate went from 36.2021 to 37.1343.",
    "The rate was 1.2345, 1.2346 on Monday.",
    "The server 192.168.1.1 answered.",
    "The servers 10.0.0.1, 10.0.0.2 answered.",
    "They won 3-2, 4-1 and 5.5, 6.5.",
    "On 12.10.2021, 13.10.2021 and later.",
    "Version 3.10.1234, 4.5.12345 was out.",
    "Growth of 2.345, 3.456 per cent was seen.",
    "At 91.5012 N, 29.6112 E lies nothing.",
    "At 36.5012 N, 190.6112 E lies nothing.",
    "Temperatures of 36° to 37° were measured.",
    "5 N, 6 E were the marks on the box.",
    "Flight 12S AB 1234 landed.",
    "He was 36 12 08 north.",
    "36°72'N 37°08'E is no place.",
    "At 12:10, 13:15 and 14:20 shells fell.",
    "Turnout was 36.202, 37.134 and 38.135 million.",
])  # fmt: skip
def test_other_numbers(text: str) -> None:
    assert _told(text) == []


def test_country_of_the_place_named_beside_it() -> None:
    (spot,) = _told("A strike near [[Aleppo]] hit a depot at 36.2022, 37.1344.")
    assert (spot.place.country, spot.place.admin1) == ("SY", "Aleppo")


def test_far_place_lends_no_country() -> None:
    (spot,) = _told("In [[Algiers]] he said a depot at 36.2022, 37.1344 was hit.")
    assert spot.place.country is None


def test_degrees_alone_are_a_region() -> None:
    (spot,) = _told("A ship sank at 12°N 45°E.")
    assert (spot.geo_precision, spot.where_prec) == (3, 5)
    assert spot.radius_km > 70
