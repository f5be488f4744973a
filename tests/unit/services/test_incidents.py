"""One incident, many articles: which pairs of events are joined."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.events import Event
from app.services.incidents import HAPPENED, is_same, window
from app.services.search import get_event
from app.store import Store
from app.store.records import Sighting
from tests.factories import make_date, make_event, make_event_place, make_place
from tests.unit.services.stored import store_events

KM_IN_DEGREES = 1 / 110.9
"""One kilometre of latitude near Nassib."""


def north(km: float, radius_km: float = 2.0) -> Event:
    """The default clash, but so far north of Nassib."""
    return make_event(place=make_event_place(make_place(lat=32.5535 + km * KM_IN_DEGREES), radius_km=radius_km))


def talks(**changes: Any) -> Event:
    return make_event(
        **{"event_type": "Strategic developments", "sub_event_type": "Agreement", "kind": "talks"} | changes
    )


def seizure() -> Event:
    return talks(sub_event_type="Disrupted weapons use", kind="weapons_seizure")


def on(start: str | None, end: str | None = "same") -> Event:
    return make_event(date=make_date(start, end))


PAIRS = [
    (make_event(), make_event(), True),
    # The day after may be the day of the report; two days after is another clash.
    (make_event(), on("2018-07-06"), True),
    (make_event(), on("2018-07-04"), True),
    (make_event(), on("2018-07-07"), False),
    # A range that holds the day, or ends on the day before.
    (make_event(), on("2018-07-01", "2018-07-07"), True),
    (make_event(), on("2018-06-29", "2018-07-04"), True),
    # A month overlaps with everything in it and so says nothing; an open end too.
    (make_event(), on("2018-07-01", "2018-07-31"), False),
    (make_event(), on("2018-07-05", None), False),
    (make_event(), on(None, "2018-07-05"), False),
    (make_event(), make_event(date=None), False),
    # Five kilometres are the same place; more only when the places are as vague.
    (make_event(), north(4.9), True),
    (make_event(), north(5.2), False),
    (north(0, radius_km=10), north(11.5), True),
    (north(0, radius_km=20), north(24, radius_km=20), True),
    (north(0, radius_km=20), north(26, radius_km=20), False),
    # A province's middle point is no place to meet at.
    (north(0, radius_km=60), north(0, radius_km=60), False),
    (make_event(), make_event(place=None), False),
    # A claim by a party is about the same clash; a denial and a plan are not a clash.
    (make_event(), make_event(status="claimed"), True),
    (make_event(), make_event(status="denied"), False),
    (make_event(status="planned"), make_event(status="planned"), False),
    # Type decides, not the fine kind...
    (make_event(), make_event(kind="ambush"), True),
    (make_event(), make_event(event_type="Protests", sub_event_type="Peaceful protest"), False),
    # ...but Strategic developments hold too much for that.
    (talks(), talks(kind="ceasefire"), True),
    (talks(), seizure(), False),
]


@pytest.mark.parametrize(("one", "other", "same"), PAIRS)
def test_pairs(store: Store, one: Event, other: Event, same: bool) -> None:
    # Through the store, so that its window may not leave out what the rule would join.
    stored = [store_events(store, event)[0] for event in (one, other)]
    assert is_same(*(Sighting.of(event) for event in stored)) is same
    incidents = [get_event(store, event["id"])["incident_id"] for event in stored]
    assert (incidents[0] == incidents[1]) is same


def incident_of(store: Store, event: dict[str, Any]) -> str:
    return str(get_event(store, event["id"])["incident_id"])


def test_one_article_never_joins_its_own_events(store: Store) -> None:
    stored = store_events(store, make_event(), make_event(), make_event())
    assert len({incident_of(store, event) for event in stored}) == 3


def test_a_second_article_finds_each_of_them_once(store: Store) -> None:
    first = store_events(store, make_event(kind="armed_clash"), make_event(kind="ambush"))
    second = store_events(store, make_event(kind="ambush"), make_event(kind="armed_clash"), make_event())
    known = [incident_of(store, event) for event in first]
    # The same kind wins; the third has nobody left to join.
    assert [incident_of(store, event) for event in second][:2] == known[::-1]
    assert incident_of(store, second[2]) not in known


def test_the_window_reads_columns_and_no_body(store: Store) -> None:
    """It runs while no other process may write; a body of many kilobytes for each event near by would hold them up."""
    [stored] = store_events(store, make_event(date=make_date("2018-07-05", "2018-07-07"), status="claimed"))
    incident, sent = incident_of(store, stored), Sighting.of(stored)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE events SET body = '[]'"))
    starts, box = window(sent)
    with store.read() as transaction:
        found = transaction.events.sightings(sent.event_type, HAPPENED, starts, box, other_than="another")
    assert found == [replace(sent, incident_id=incident)]


def test_the_nearest_wins(store: Store) -> None:
    [far] = store_events(store, north(4))
    [near] = store_events(store, north(-3))
    assert incident_of(store, far) != incident_of(store, near)
    [new] = store_events(store, north(0))
    assert incident_of(store, new) == incident_of(store, near)


def test_an_incident_outlives_its_first_article(store: Store) -> None:
    [first] = store_events(store)
    [second] = store_events(store)
    incident = incident_of(store, second)
    with store.begin() as transaction:
        transaction.articles.delete(get_event(store, first["id"])["article_id"])
    assert incident_of(store, second) == incident
    [third] = store_events(store)
    assert incident_of(store, third) == incident


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar(store: Store, day: str) -> None:
    [event] = store_events(store, on(day))
    [again] = store_events(store, on(day))
    assert incident_of(store, event) == incident_of(store, again)
