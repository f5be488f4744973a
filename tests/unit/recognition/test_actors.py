"""Actors: listed groups, noun phrases, and the class that ACLED gives them."""

import pytest

from app.places import Gazetteer
from app.recognition.actors import listed_names
from tests.steps import actors_in, sentence_of


@pytest.mark.parametrize(("text", "actors"), [
    # a listed name, with its class
    ("Jabhat Fateh al-Sham attacked.", [("Jabhat Fateh al-Sham", "Rebel group")]),
    ("The Rapid Support Forces attacked.", [("Rapid Support Forces", "Rebel group")]),
    # a noun with the words that describe it, without article and number
    ("Syrian army soldiers attacked.", [("Syrian army soldiers", "State forces")]),
    ("Three farmers were killed.", [("farmers", "Civilians")]),
    ("The heavily armed gunmen left.", [("armed gunmen", "Political militia")]),
    ("Protesters met police.", [("Protesters", "Protesters"), ("police", "State forces")]),
    # two actors with a verb between them are two
    ("Rebels ambushed Syrian soldiers.", [("Rebels", "Rebel group"), ("Syrian soldiers", "State forces")]),
    # nobody
    ("It rained in Homs.", []),
])  # fmt: skip
def test_actors(places: Gazetteer, text: str, actors: list[tuple[str, str]]) -> None:
    found = actors_in(text, places)
    assert [(a.name, a.inter) for a in found] == actors
    assert all(text[a.start : a.end] == a.name for a in found)


@pytest.mark.parametrize(("text", "country"), [
    ("Syrian troops left.", "SY"),
    ("Israeli soldiers left.", "IL"),
    ("Kurdish fighters left.", None),  # a people without a country of its own
])  # fmt: skip
def test_country(places: Gazetteer, text: str, country: str | None) -> None:
    assert [a.country for a in actors_in(text, places)] == [country]


@pytest.mark.parametrize(("countries", "home"), [({"SO": 0.9}, "SO"), ({"SY": 0.9}, "SY")])
def test_shared_acronym_goes_by_the_country(places: Gazetteer, countries: dict[str, float], home: str) -> None:
    """SNA is the Somali National Army or the Syrian National Army: the article's country decides."""
    assert [a.country for a in actors_in("The SNA attacked.", places, countries)] == [home]


def test_acronym_counts_in_capitals_only(places: Gazetteer) -> None:
    assert actors_in("Ana attacked.", places) == []
    assert [a.name for a in actors_in("ANA attacked.", places)] == ["ANA"]


def test_place_inside_a_listed_name() -> None:
    """The Armed Forces of Ukraine are no mention of Ukraine's ground."""
    text = "The Armed Forces of Ukraine said so."
    assert [text[a:b] for a, b in listed_names(sentence_of(text))] == ["Armed Forces of Ukraine"]
