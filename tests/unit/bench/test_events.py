"""The rules of event figures. At the equator one degree is 111.2 km."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.events import Event
from app.domain.spans import Span
from bench.accuracy.events import count_events
from bench.accuracy.gold import GoldArticle, GoldEvent
from bench.accuracy.tally import Tally
from tests.factories import make_date, make_event, make_event_place, make_place

TEXT = "Rebels fought soldiers in X on May 1."
FIGHT, OTHER = (0, 13), (14, 22)
CLASH, TAKES, ATTACK = (
    ("Battles", "Armed clash"),
    ("Battles", "Non-state actor overtakes territory"),
    ("Violence against civilians", "Attack"),
)
MAY_1, MAY_31 = "2024-05-01", "2024-05-31"


def gold(
    start: str | None = MAY_1,
    end: str | None = MAY_1,
    granularity: str = "day",
    *,
    type: tuple[str, str] = CLASH,
    **more: Any,
) -> GoldEvent:
    given: dict[str, Any] = {
        "kind": "armed_clash",
        "start": start and date.fromisoformat(start),
        "end": end and date.fromisoformat(end),
        "points": ((0.0, 0.0),),
        "tolerance_km": 10.0,
        "evidence": FIGHT,
    }
    return GoldEvent(*type, granularity=granularity, **given | more)


def told(
    start: str | None = MAY_1,
    end: str | None = "same",
    east: float | None = 0.0,
    *,
    type: tuple[str, str] = CLASH,
    **more: Any,
) -> Event:
    return make_event(
        event_type=type[0],
        sub_event_type=type[1],
        date=make_date(start, end) if start or end != "same" else None,
        place=None if east is None else make_event_place(make_place(lat=0.0, lon=east)),
        **{"evidence": Span(*FIGHT, "Rebels fought"), **more},
    )


def counts(wanted: list[GoldEvent], events: list[Event]) -> dict[str, Tally]:
    return count_events(GoldArticle("a", TEXT, {}, events=tuple(wanted)), events)[0]


HIT, MISS = Tally(1, 1, 1), Tally(0, 1, 1)


@pytest.mark.parametrize(
    ("wanted", "event", "strict", "loose"),
    [
        (gold(), told(), HIT, HIT),
        # Types
        (gold(), told(type=TAKES), MISS, HIT),
        (gold(), told(type=ATTACK), MISS, MISS),
        (gold(alternative_types=(ATTACK,)), told(type=ATTACK), HIT, HIT),
        (gold(alternative_types=(ATTACK,)), told(type=("Violence against civilians", "Sexual violence")), MISS, HIT),
        # Places
        (gold(), told(east=0.089), HIT, HIT),  # 9.9 km
        (gold(), told(east=0.091), MISS, HIT),  # 10.1 km
        (gold(), told(east=0.181), MISS, MISS),  # 20.1 km
        (gold(), told(east=None), MISS, MISS),
        (gold(points=()), told(east=None), HIT, HIT),  # gold has no place: any is right
        (gold(points=()), told(east=90.0), HIT, HIT),
        (gold(points=((0.0, 0.0), (0.0, 5.0))), told(east=5.0), HIT, HIT),
        # Days
        (gold(), told("2024-05-02"), MISS, HIT),
        (gold(), told("2024-04-30"), MISS, HIT),
        (gold(), told("2024-05-03"), MISS, MISS),
        (gold(), told(None), MISS, MISS),
        (gold(None, None), told(None), HIT, HIT),
        (gold(None, None), told("1999-01-01"), HIT, HIT),
        (gold(MAY_1, "2024-05-07", "week"), told("2024-05-10"), HIT, HIT),
        (gold(MAY_1, "2024-05-07", "week"), told("2024-05-11"), MISS, HIT),
        (gold(MAY_1, "2024-05-07", "range"), told("2024-05-08"), MISS, HIT),
        (gold(MAY_1, MAY_31, "month"), told("2024-06-15"), HIT, HIT),
        (gold(MAY_1, MAY_31, "month"), told("2024-06-16"), MISS, HIT),
        (gold(MAY_1, MAY_1, "year"), told("2024-12-31"), HIT, HIT),
        (gold(MAY_1, MAY_1, "year"), told("2025-01-01"), MISS, HIT),
        (gold("2024-05-05", "2024-05-05"), told(MAY_1, None), HIT, HIT),  # an open end counts as 31 days
        (gold("2024-06-02", "2024-06-02"), told(MAY_1, None), MISS, HIT),
        (gold(MAY_1, None), told("2024-06-01"), HIT, HIT),
        (gold(MAY_1, None), told("2024-06-02"), MISS, HIT),
        (gold(None, MAY_1), told("2024-03-31"), HIT, HIT),
        (gold(None, MAY_1), told("2024-03-30"), MISS, HIT),
        (gold("9999-12-30", None), told("9999-12-31"), HIT, HIT),  # the calendar ends there
    ],
)
def test_one_event(wanted: GoldEvent, event: Event, strict: Tally, loose: Tally) -> None:
    found = counts([wanted], [event])
    assert (found["events_strict"], found["events_loose"]) == (strict, loose)


@pytest.mark.parametrize(
    ("statuses", "said", "tally"),
    [
        (("occurred",), "occurred", HIT),
        (("occurred",), "claimed", HIT),  # the same reality
        (("occurred",), "planned", MISS),
        (("planned",), "occurred", MISS),
        (("denied",), "planned", MISS),
        (("claimed", "denied"), "denied", HIT),  # both are right
    ],
)
def test_status(statuses: tuple[str, ...], said: str, tally: Tally) -> None:
    found = counts([gold(statuses=statuses)], [told(status=said)])
    assert found["events_strict_status"] == tally
    assert found["events_strict"] == HIT  # which does not ask for it


@pytest.mark.parametrize(
    ("wanted", "events", "tally"),
    [
        ([], [], Tally()),
        ([gold()], [], Tally(0, 0, 1)),
        ([], [told()], Tally(0, 1, 0)),
        ([gold()], [told(), told(), told()], HIT),  # told again: neither right nor wrong
        ([gold(), gold()], [told()], Tally(1, 1, 2)),  # one told event answers one gold event
        # Optional gold counts nowhere, and never takes the answer from what is required.
        ([gold(optional=True)], [], Tally()),
        ([gold(optional=True)], [told()], Tally()),
        ([gold(optional=True), gold()], [told()], HIT),
        # The better type goes first: else the clash would take the attack's only answer.
        (
            [gold(alternative_types=(ATTACK,)), gold(type=ATTACK)],
            [told(type=ATTACK, east=0.05), told()],
            Tally(2, 2, 2),
        ),
    ],
)
def test_several_events(wanted: list[GoldEvent], events: list[Event], tally: Tally) -> None:
    assert counts(wanted, events)["events_strict"] == tally


def test_the_same_sub_event_type_goes_before_the_closest() -> None:
    # The second event lies near the clash alone, so the first must go to what it is called after, though it is far off.
    wanted = [gold(), gold(type=TAKES, points=((0.0, 0.2),), evidence=OTHER)]
    events = [told(type=TAKES, east=0.05), told(east=-0.1, evidence=Span(*OTHER, "soldiers"))]
    assert counts(wanted, events)["events_loose"] == Tally(2, 2, 2)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (told(), told(evidence=Span(*OTHER, "soldiers"))),
        (told(), told(MAY_1, "2024-05-02")),
        (told(), told(east=0.05)),
        (told(), told(status="planned")),
        (told(), told(kind="ambush")),
        (told(), told(type=ATTACK)),
    ],
    ids=["evidence", "days", "place", "status", "kind", "type"],
)  # fmt: skip
@pytest.mark.parametrize("turn", [1, -1])
def test_the_closest_of_two_is_the_hit(better: Event, worse: Event, turn: int) -> None:
    right, wrong = replace(better, confidence=0.9), replace(worse, confidence=0.1)
    article = GoldArticle("a", TEXT, {}, events=(gold(alternative_types=(ATTACK,)),))
    assert count_events(article, [right, wrong][::turn])[1] == [(0.9, True)]


def test_confidences_are_of_right_and_of_spurious_events() -> None:
    events = [told(confidence=0.9), told(confidence=0.8), told(type=ATTACK, confidence=0.3)]
    article = GoldArticle("a", TEXT, {}, events=(gold(),))
    assert count_events(article, events)[1] == [(0.9, True), (0.3, False)]


@pytest.mark.parametrize(
    ("wanted", "said", "alarms"),
    [
        ([], ["occurred", "claimed", "planned", "denied"], 2),
        ([gold(optional=True, statuses=("planned",))], ["occurred"], 1),
        ([gold(optional=True)], ["occurred"], None),  # something may have happened: no article without events
        ([gold(statuses=("planned",))], ["occurred"], None),
    ],
)
def test_false_alarms(wanted: list[GoldEvent], said: list[str], alarms: int | None) -> None:
    found = counts(wanted, [told(status=each) for each in said]).get("false_alarms")
    assert found == (None if alarms is None else Tally(told=alarms))
