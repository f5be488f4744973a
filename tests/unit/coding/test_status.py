"""Did it happen? Sentences read from end to end, so that clauses, moods and speakers work together."""

import pytest

from app.domain.events import Event
from app.places import Gazetteer
from tests.steps import read


def _of_kind(text: str, kind: str, places: Gazetteer) -> list[Event]:
    return [event for event in read(text, places).events if event.kind == kind]


@pytest.mark.parametrize(("text", "kind", "status"), [
    # told as a fact
    ("Rebels captured the town of Saida in Syria on Monday.", "territory_capture", "occurred"),
    ("Residents said rebels captured Saida in Syria.", "territory_capture", "occurred"),
    # a party says so, and nobody else
    ("The army said it had captured Saida in Syria.", "territory_capture", "claimed"),
    ("The rebels claimed they had captured Saida in Syria.", "territory_capture", "claimed"),
    ("SANA, Syria's state agency, reported that the army captured Saida.", "territory_capture", "claimed"),
    # what a side says against itself is no claim
    ("The army admitted that rebels had captured Saida in Syria.", "territory_capture", "occurred"),
    # an outsider confirms
    ("The Syrian Observatory for Human Rights said rebels captured Saida.", "territory_capture", "occurred"),
    # denied
    ("The army denied shelling the town of Saida in Syria.", "shelling", "denied"),
    ("Russia dismissed reports of an air strike on Idlib.", "air_strike", "denied"),
    # ... but to deny having done it is not to deny that it happened
    ("Russia denied responsibility for the air strike on Idlib.", "air_strike", "occurred"),
    ("The rebels have not captured Saida in Syria, the army said.", "territory_capture", "denied"),
    # still to come
    ("Talks will resume in Geneva on Friday.", "talks", "planned"),
    ("The talks are expected to be held in Geneva.", "talks", "planned"),
    ("Unions called for protests in Khartoum next week.", "protest", "planned"),
    ("The army vowed to recapture Saida in Syria.", "territory_capture", "planned"),
    # "will" of another clause plans nothing
    ("Rebels shelled Saida in Syria on Monday and residents fear they will return.", "shelling", "occurred"),
])  # fmt: skip
def test_status(places: Gazetteer, text: str, kind: str, status: str) -> None:
    assert [event.status for event in _of_kind(text, kind, places)] == [status]


@pytest.mark.parametrize(("text", "kind"), [
    # it did not happen, or no longer does
    ("Attacks on Homs came to a stop on Monday.", "killing"),
    ("There were no clashes in Homs on Monday.", "armed_clash"),
    ("The march in Homs ended without clashes.", "armed_clash"),
    ("The protest in Khartoum was called off.", "protest"),
    # imagined, conditional, asked
    ("If rebels captured Saida, the road would be cut.", "territory_capture"),
    ("Have rebels captured Saida?", "territory_capture"),
    ("They refused to surrender in Homs.", "surrender"),
    # tried, and not done
    ("Rebels tried to capture Saida in Syria.", "territory_capture"),
    # what something else is about
    ("He is wanted for the massacre in Tadamon.", "massacre"),
])  # fmt: skip
def test_no_event(places: Gazetteer, text: str, kind: str) -> None:
    assert _of_kind(text, kind, places) == []


def test_reason_is_told(places: Gazetteer) -> None:
    (event,) = _of_kind("Talks will resume in Geneva on Friday.", "talks", places)
    assert any("will" in reason for reason in event.reasons)


def test_attribution(places: Gazetteer) -> None:
    text = "Rebels captured Saida in Syria, according to two residents."
    (event,) = _of_kind(text, "territory_capture", places)
    assert event.attribution is not None
    assert event.attribution.source == "two residents"


def test_planned_events_have_no_toll(places: Gazetteer) -> None:
    (event,) = _of_kind("Talks on the killing of 12 people will be held in Geneva.", "talks", places)
    assert event.fatalities is None
