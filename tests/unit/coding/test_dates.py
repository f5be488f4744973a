"""Which of the days that a text names is the event's. The article is of Wednesday, 5 April 2023."""

from datetime import date

import pytest

from app.domain.events import Event
from app.places import Gazetteer
from tests.steps import read


def _event(text: str, kind: str, places: Gazetteer, published: str | None = "2023-04-05") -> Event:
    return next(event for event in read(text, places, published).events if event.kind == kind)


@pytest.mark.parametrize(("text", "kind", "days", "source"), [
    # a day of its own clause
    ("Clashes broke out in Homs on Monday.", "armed_clash", "2023-04-03", "text"),
    ("On 11 February 2022, clashes broke out in Homs.", "armed_clash", "2022-02-11", "text"),
    # each event its own day
    ("Rebels shelled Homs on Sunday and captured Saida on Monday.", "territory_capture", "2023-04-03", "text"),
    ("Rebels shelled Homs on Sunday and captured Saida on Monday.", "shelling", "2023-04-02", "text"),
    # the day of the saying is not the day of the deed where another is told
    ("Clashes broke out in Homs on Sunday, the army said on Tuesday.", "armed_clash", "2023-04-02", "text"),
    # ... and is better than nothing
    ("Clashes broke out in Homs, the army said on Tuesday.", "armed_clash", "2023-04-04", "text"),
    # told earlier in the paragraph
    ("On Sunday Homs was tense. Clashes broke out in the city.", "armed_clash", "2023-04-02", "carried"),
    # nothing told: the article's day
    ("Clashes broke out in Homs.", "armed_clash", "2023-04-05", "document"),
    # what is planned looks ahead, with an open end where no day is told
    ("Talks will be held in Geneva on Friday.", "talks", "2023-04-07", "text"),
    ("Talks will be held in Geneva.", "talks", "2023-04-05/..", "document"),
    # counted from the event before
    ("Rebels shelled Homs on Sunday.\nA day earlier, gunmen kidnapped five.", "abduction", "2023-04-01", "text"),
    # the month of May is no "may"
    ("On May 29, 2022, clashes broke out in Homs.", "armed_clash", "2022-05-29", "text"),
    # a month that has begun is this year's, also for what is planned
    ("The army will withdraw from Homs in April.", "withdrawal", "2023-04-01/2023-04-30", "text"),
    # of two days in two clauses the one of the event's own clause
    (
        "It was there that rebels fought in August 1881, and it was there that jets bombed Homs in March 1970.",
        "air_strike", "1970-03-01/1970-03-31", "text",
    ),
    # spans
    ("Homs has been besieged since 28 March.", "siege", "2023-03-28/2023-04-05", "text"),
    ("Clashes raged in Homs from 28 to 30 March.", "armed_clash", "2023-03-28/2023-03-30", "text"),
])  # fmt: skip
def test_day(places: Gazetteer, text: str, kind: str, days: str, source: str) -> None:
    """Spans are written as in ISO 8601: first/last, with two dots for an open end."""
    when = _event(text, kind, places).date
    assert when is not None
    first, _, last = days.partition("/")
    assert when.start == date.fromisoformat(first)
    assert when.end == (None if last == ".." else date.fromisoformat(last or first))
    assert when.source == source


def test_day_points_to_its_words(places: Gazetteer) -> None:
    text = "Clashes broke out in Homs on Monday."
    when = _event(text, "armed_clash", places).date
    assert when is not None
    assert text[when.start_char : when.end_char] == "Monday"


def test_nothing_dates_it(places: Gazetteer) -> None:
    """No publication date, no dateline, no full date: honest silence instead of a guess."""
    assert _event("Clashes broke out in Homs on Monday.", "armed_clash", places, None).date is None


def test_nearer_words_are_surer(places: Gazetteer) -> None:
    told = _event("Clashes broke out in Homs on Monday.", "armed_clash", places).date
    assumed = _event("Clashes broke out in Homs.", "armed_clash", places).date
    assert told is not None
    assert assumed is not None
    assert told.confidence > assumed.confidence


@pytest.mark.parametrize(("text", "background"), [
    ("Clashes broke out in Homs on Monday.", False),
    ("Clashes broke out in Homs on 6 March.", False),  # 30 days before
    ("Clashes broke out in Homs on 5 March.", True),  # 31
    ("Clashes broke out in Homs in 2016.", True),
])  # fmt: skip
def test_background(places: Gazetteer, text: str, background: bool) -> None:
    assert _event(text, "armed_clash", places).background == background
