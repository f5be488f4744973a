"""Which alternate names serve, under which keys, and how far places reach."""

import pytest

from gazetteer.build.geography import distance_km, mean_point
from gazetteer.build.link import settlement_radius_km
from gazetteer.build.normalise import ALTERNATE, ARTICLE, NAME, choose_spellings, key_rows, usable
from gazetteer.build.records import Record

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


def _record(name: str, *spellings: str, by_hand: bool = False) -> Record:
    return Record("geonames:1", name, list(spellings), "SY", 0, 0, "PPL", keep_all_spellings=by_hand)


KEYS = [
    # the headline name, an alternate, and the headline without its article
    (
        _record("Al Bāb", "Bāb el Hawa"),
        {("albab", NAME), ("babelhawa", ALTERNATE), ("bab", ARTICLE), ("babhawa", ARTICLE)},
    ),
    (_record("Daraa", "Dara'a", "DARAA"), {("daraa", NAME)}),  # one key, one row
    (_record("Us", "UA"), {("us", NAME)}),  # a headline name of two letters stays, a code goes
    (_record("Tiyas", "T4", by_hand=True), {("tiyas", NAME), ("t4", ALTERNATE)}),  # people chose it
    (_record("Rome", "Ro"), {("rome", NAME)}),  # alternates of two letters meet too many words
]  # fmt: skip


@pytest.mark.parametrize(("record", "expected"), KEYS)
def test_keys_of_a_record(record: Record, expected: set[tuple[str, int]]) -> None:
    assert {(key, how) for key, _, how in key_rows(list(choose_spellings(record)))} == expected


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
