"""Where one event's words end and the next one's begin."""

import pytest

from app.coding.clauses import Group, group_triggers
from app.places import Gazetteer
from app.recognition.dates import find_dates
from tests.steps import sentence_of, triggers_of


def _groups(text: str, places: Gazetteer) -> list[Group]:
    return group_triggers(sentence_of(text), triggers_of(text, places), find_dates(text))


@pytest.mark.parametrize(("text", "kinds"), [
    # one event: the dead of a strike, the clashes of a capture
    ("An air strike on Idlib killed two people.", ["air_strike"]),
    ("Rebels captured Saida after clashes with the army.", ["territory_capture"]),
    ("Shells fell on Homs, killing three people.", ["shelling"]),
    ("Police fired tear gas at protesters in Khartoum.", ["protest_repression"]),
    # two events: joined by a word that begins a clause
    ("Rebels shelled Homs, while police arrested two men in Hama.", ["shelling", "arrest"]),
    ("Rebels shelled Homs; gunmen kidnapped five students in Hama.", ["shelling", "abduction"]),
    ("Rebels shelled Homs but later withdrew from Hama.", ["shelling", "withdrawal"]),
    # two events of one kind, each with a day of its own
    ("Rebels shelled Homs on Sunday and shelled Hama on Monday.", ["shelling", "shelling"]),
    # ... and one with two places
    ("Rebels shelled Homs and Hama.", ["shelling"]),
    ("It rained in Homs.", []),
])  # fmt: skip
def test_events_of_a_sentence(places: Gazetteer, text: str, kinds: list[str]) -> None:
    assert [group.main.kind for group in _groups(text, places)] == kinds


def test_clauses_cover_the_sentence(places: Gazetteer) -> None:
    text = "Rebels shelled Homs on Sunday, while police arrested two men in Hama on Monday."
    first, second = _groups(text, places)
    assert text[first.start : first.end] == "Rebels shelled Homs on Sunday, "
    assert text[second.start : second.end] == "while police arrested two men in Hama on Monday."
    assert all(group.start <= group.main.start < group.main.end <= group.end for group in (first, second))


def test_strongest_kind_leads(places: Gazetteer) -> None:
    (group,) = _groups("Two people were killed in an air strike on Idlib.", places)
    assert group.main.text == "air strike"
    assert len(group.triggers) > 1


def test_governing_word_reaches_what_nothing_parts_from_it(places: Gazetteer) -> None:
    """ "vowed to recapture": two triggers, and the first says that the second is still to come."""
    text = "The army vowed to recapture Saida."
    *_, capture = _groups(text, places)
    assert text[capture.scope : capture.main.start].endswith("vowed to ")
