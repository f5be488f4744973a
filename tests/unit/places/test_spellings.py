"""Which alternate names serve, under which keys, and how far places reach."""

import pytest

from app.places.spellings import ALTERNATE, ARTICLE, NAME, choose_spellings, key_rows, usable
from gazetteer.build.geography import distance_km, mean_point
from gazetteer.build.link import settlement_radius_km

SPELLINGS = [
    ("Daraa", True),
    ("درعا", True),
    ("al-Bab", True),  # one capital is enough
    ("大阪", True),  # two letters, but not Latin ones
    ("d", False),  # one letter
    ("2024", False),  # a number
    ("DAM", False),  # an airport's code
    ("OSDI", False),  # and its long one
    ("swldw", False),  # machine-made romanisation of Soldeu
    ("ʼedereʻiy", False),  # of Daraa, from the Hebrew
    ("sheng hu li ya", False),  # from the Chinese
    ("https://example.org/Daraa", False),
]


@pytest.mark.parametrize(("spelling", "expected"), SPELLINGS)
def test_usable(spelling: str, expected: bool) -> None:
    assert usable(spelling) is expected


KEYS = [
    # the headline name, an alternate, and the headline without its article
    (
        ["Al Bāb", "Bāb el Hawa"], False,
        {("albab", NAME), ("babelhawa", ALTERNATE), ("bab", ARTICLE), ("babhawa", ARTICLE)},
    ),
    (["Daraa", "Dara'a", "DARAA"], False, {("daraa", NAME)}),  # one key, one row
    (["Us", "UA"], False, {("us", NAME)}),  # a headline name of two letters stays, a code goes
    (["Tiyas", "T4"], True, {("tiyas", NAME), ("t4", ALTERNATE)}),  # people chose it
    (["Rome", "Ro"], False, {("rome", NAME)}),  # alternates of two letters meet too many words
    (["?"], False, {("?", NAME)}),  # what leaves no key stands as it is
]  # fmt: skip


@pytest.mark.parametrize(("names", "keep_all", "expected"), KEYS)
def test_keys_of_a_place(names: list[str], keep_all: bool, expected: set[tuple[str, int]]) -> None:
    assert {
        (key, how) for key, _, how in key_rows(choose_spellings(names[0], names[1:], keep_all=keep_all))
    } == expected


@pytest.mark.parametrize(
    ("population", "low", "high"),
    [(0, 1, 1), (5_000, 1, 2), (97_969, 3, 5), (1_000_000, 8, 10), (9_000_000, 15, 15)],
)
def test_settlement_radius(population: int, low: float, high: float) -> None:
    assert low <= settlement_radius_km(population) <= high


def test_distance_and_mean_across_the_antimeridian() -> None:
    assert distance_km(33.5102, 36.29128, 32.61889, 36.10213) == pytest.approx(100.7, abs=0.5)  # Damascus to Daraa
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.5)
    lat, lon = mean_point([(10, 179, 1), (10, -179, 1)])
    assert (round(lat, 1), abs(round(lon, 1))) == (10.0, 180.0)
