"""Events as the document carries them: evidence, ids, tolls, actors, topics."""

import pytest

from app.places import Gazetteer
from tests.checks import assert_offsets
from tests.steps import read


@pytest.mark.parametrize(("text", "evidence"), [
    # the clause without the punctuation and joining words at its edges
    ("Rebels shelled Homs on Monday.", "Rebels shelled Homs on Monday."),
    ("“Rebels shelled Homs on Monday”", "Rebels shelled Homs on Monday"),
    ("- Rebels shelled Homs on Monday.", "Rebels shelled Homs on Monday."),
])  # fmt: skip
def test_evidence(places: Gazetteer, text: str, evidence: str) -> None:
    (event,) = read(text, places).events
    assert event.evidence.text == evidence


def test_evidence_of_the_second_clause(places: Gazetteer) -> None:
    text = "Rebels shelled Homs on Sunday, while police arrested two men in Hama on Monday."
    document = read(text, places)
    assert [event.evidence.text for event in document.events] == [
        "Rebels shelled Homs on Sunday",
        "police arrested two men in Hama on Monday.",
    ]
    assert_offsets(text, document)


@pytest.mark.parametrize(("text", "kind", "killed", "injured"), [
    ("A car bomb in Kabul killed three people and wounded nine.", "ied", 3, 9),
    # told a sentence later
    ("An air strike hit Idlib. Five people were killed.", "air_strike", 5, None),
    ("A rocket hit Sderot. It killed nobody.", "rocket_attack", 0, None),
    ("A rocket hit Sderot.", "rocket_attack", None, None),
    # nobody, in many words
    ("No civilian was killed when jets bombed Homs.", "air_strike", 0, None),
    ("None of the 12 drivers was hurt when rockets hit Homs.", "rocket_attack", 0, 0),
    ("Shells hit Homs, killing six, the mayor said.", "shelling", 6, None),
])  # fmt: skip
def test_toll(places: Gazetteer, text: str, kind: str, killed: int | None, injured: int | None) -> None:
    (event,) = [event for event in read(text, places).events if event.kind == kind]
    assert (event.fatalities and event.fatalities.best) == killed
    assert (event.injured and event.injured.best) == injured


def test_each_clause_keeps_its_toll(places: Gazetteer) -> None:
    text = "Shelling killed two people in Homs, while a car bomb killed nine in Hama."
    tolls = {event.kind: event.fatalities and event.fatalities.best for event in read(text, places).events}
    assert tolls == {"shelling": 2, "ied": 9}


@pytest.mark.parametrize(("text", "kind", "actors"), [
    # who does it and to whom, active and passive
    ("Rebels attacked soldiers in Homs.", "armed_clash", {"Rebels": "initiator", "soldiers": "target"}),
    ("Soldiers were ambushed by rebels in Homs.", "ambush", {"Soldiers": "target", "rebels": "initiator"}),
    ("Clashes between rebels and soldiers broke out in Homs.", "armed_clash", {"rebels": "party", "soldiers": "party"}),
    # whose weapons they are
    ("Israeli warplanes bombed Homs.", "air_strike", {"Israeli warplanes": "initiator"}),
    ("Russian shelling hit Homs.", "shelling", {"Russian": "initiator"}),
    # those who fall are those it is done to, though the trigger is a noun
    ("Ten soldiers were killed in an ambush near Homs.", "ambush", {"soldiers": "target"}),
    ("SANA told of an advance of the army on Homs.", "armed_clash", {"army": "initiator"}),
    # a building is no actor
    ("Rebels stormed an air defence base in Homs.", "armed_clash", {"Rebels": "initiator"}),
    # the source is no actor
    ("Three farmers were kidnapped in Homs, police said.", "abduction", {"farmers": "target"}),
])  # fmt: skip
def test_actors(places: Gazetteer, text: str, kind: str, actors: dict[str, str]) -> None:
    (event,) = [event for event in read(text, places).events if event.kind == kind]
    assert {actor.name: actor.role for actor in event.actors} == actors


def test_army_of_another_country_is_external(places: Gazetteer) -> None:
    (event,) = read("Russian soldiers captured the town of Saida in Daraa, Syria.", places).events
    assert [(actor.name, actor.inter) for actor in event.actors] == [("Russian soldiers", "External/Other forces")]


def test_days_later_is_another_event(places: Gazetteer) -> None:
    text = "Gunmen killed nine people in Homs on Sunday. Days later, the army bombed the forest of Xyrtabad."
    first, second = read(text, places).events
    assert (first.fatalities and first.fatalities.best, second.fatalities) == (9, None)


def test_ids_are_stable_and_unlike(places: Gazetteer) -> None:
    text = "Rebels shelled Homs on Sunday, while police arrested two men in Hama on Monday."
    first, again = read(text, places), read(text, places)
    assert [event.id for event in first.events] == [event.id for event in again.events]
    assert len({event.id for event in first.events}) == 2
    other = read(text + " It rained.", places)
    assert not {event.id for event in first.events} & {event.id for event in other.events}


@pytest.mark.parametrize("text", [
    "The striker scored a penalty as the visitors attacked in the second half; the keeper of the leaders shot wide.",
    "In the film, rebels capture the town; the director said the scene drew an ovation at its premiere.",
])  # fmt: skip
def test_words_of_war_in_peace(places: Gazetteer, text: str) -> None:
    assert read(text, places).events == ()


def test_event_without_place_or_day(places: Gazetteer) -> None:
    (event,) = read("Gunmen kidnapped five students.", places, None).events
    assert (event.place, event.date) == (None, None)
    assert event.codes["acled"]["geo_precision"] is None
    assert 0 < event.confidence < 0.5


def test_confidence_falls_with_what_is_assumed(places: Gazetteer) -> None:
    (told,) = read("Rebels shelled Homs on Monday.", places).events
    (undated,) = read("Rebels shelled Homs.", places).events
    (unplaced,) = read("Rebels shelled the town.", places).events
    assert told.confidence > undated.confidence > unplaced.confidence
