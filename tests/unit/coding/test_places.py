"""Which of the places that a text names is the event's, and how exactly it is known."""

import pytest

from app.domain.events import Event
from app.places import Gazetteer
from tests.steps import read


def _events(text: str, kind: str, places: Gazetteer) -> list[Event]:
    return [event for event in read(text, places).events if event.kind == kind]


def _names(text: str, kind: str, places: Gazetteer) -> list[str]:
    return [event.place.place.name for event in _events(text, kind, places) if event.place]


@pytest.mark.parametrize(("text", "kind", "name"), [
    # the place at the trigger, not the speaker's seat, the dateline, the government or the landmark
    ("DAMASCUS, April 4 - Clashes broke out in Aleppo.", "armed_clash", "Aleppo"),
    ("Clashes broke out in Aleppo, a group based in London said.", "armed_clash", "Aleppo"),
    ("Clashes broke out in Aleppo, Moscow said.", "armed_clash", "Aleppo"),
    ("The army shelled Saida in Daraa, north of the border with Jordan.", "shelling", "Saida"),
    ("Families from Homs were killed in an air strike on Idlib.", "air_strike", "Idlib"),
    # the town beats its province and its country
    ("Rebels captured the town of Saida in Daraa province in Syria.", "territory_capture", "Saida"),
    # each event its own place
    ("Rebels shelled Homs, while the army bombed Idlib.", "shelling", "Homs"),
    # "the city" is the one told before
    ("Troops surrounded Kidal in Mali. Clashes broke out in the town.", "armed_clash", "Kidal"),
])  # fmt: skip
def test_place(places: Gazetteer, text: str, kind: str, name: str) -> None:
    assert _names(text, kind, places) == [name]


def test_places_joined_by_and_are_events_of_their_own(places: Gazetteer) -> None:
    assert _names("Clashes broke out in Aleppo, Homs and Idlib.", "armed_clash", places) == ["Aleppo", "Homs", "Idlib"]


def test_either_or_is_one_event(places: Gazetteer) -> None:
    (event,) = _events("Talks will be held in Geneva or in Vienna on Friday.", "talks", places)
    assert event.place is not None
    assert {event.place.place.name, *(other.place.name for other in event.alternative_places)} == {"Geneva", "Vienna"}


def test_area_is_no_point(places: Gazetteer) -> None:
    """ "In Syria" says no more than the country: the radius covers it and the codes say so."""
    (event,) = _events("An air strike in Syria killed two people.", "air_strike", places)
    assert event.place is not None
    assert (event.place.geo_precision, event.place.where_prec) == (3, 6)
    assert event.place.radius_km > 200


def test_carried_place_has_no_mention(places: Gazetteer) -> None:
    _, second = read("Shells fell on Kramatorsk on Monday. Gunmen kidnapped five students.", places).events
    assert second.place is not None
    assert (second.place.start, second.place.end) == (None, None)


def test_unlisted_village_is_put_on_its_region(places: Gazetteer) -> None:
    """Better the province, honestly wide, than the last town or a guess."""
    text = "Daraa province was tense. Police arrested two farmers in the village of Xyrtabad."
    (event,) = _events(text, "arrest", places)
    assert event.place is not None
    assert event.place.geo_precision == 3
    assert any("not in the gazetteer" in reason for reason in event.reasons)


def test_no_place_at_all(places: Gazetteer) -> None:
    (event,) = _events("Gunmen killed two farmers.", "killing", places)
    assert event.place is None


@pytest.mark.parametrize(("text", "role"), [
    ("Clashes broke out in Aleppo.", "event_place"),
    ("A mine killed two 13 km north of Aleppo.", "reference_landmark"),
])  # fmt: skip
def test_role_of_the_mention(places: Gazetteer, text: str, role: str) -> None:
    assert [t.role for t in read(text, places).toponyms if t.text == "Aleppo"] == [role]


def test_country_around_the_event_place(places: Gazetteer) -> None:
    roles = {t.text: t.role for t in read("Clashes broke out in Aleppo in Syria.", places).toponyms}
    assert roles == {"Aleppo": "event_place", "Syria": "containing_region"}
