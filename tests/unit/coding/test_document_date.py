"""The day an article speaks from: told by the caller, by a dateline with or without a year, or by the text."""

from datetime import date

import pytest

from app.coding.document_date import document_date, speaking_day
from app.domain.dates import DocumentDate
from app.recognition.dateline import Dateline, find_datelines
from app.recognition.dates import find_dates
from app.recognition.tokens import split_sentences

TODAY = date(2026, 11, 23)


def _read(text: str, published: str | None = None, today: date = TODAY) -> tuple[DocumentDate | None, list[Dateline]]:
    sentences = split_sentences(text)
    lines = find_datelines(text, sentences)
    expressions = [e for s in sentences for e in find_dates(text, s.start, s.end)]
    given = date.fromisoformat(published) if published else None
    return document_date(given, text, lines, expressions, today), lines


@pytest.mark.parametrize(("text", "published", "day", "source"), [
    # the caller knows best
    ("TEHRAN, July 05 - On Thursday it fell.", "2018-07-06", "2018-07-06", "given"),
    # a dateline with its year
    ("AMMAN, Aug. 4, 2018 (LW) - It fell.", None, "2018-08-04", "dateline"),
    # the weekday in the text settles the year: 5 July was a Thursday in 2018, next in 2029
    ("TEHRAN, July 05 - It fell on Thursday.", None, "2018-07-05", "dateline"),
    # ... as does a weekday of the dateline itself: 4 April was a Tuesday in 2023
    ("KYIV, Tuesday, April 4 (Agency) - It fell.", None, "2023-04-04", "dateline"),
    # 29 February exists in leap years only
    ("KYIV, Feb 29 - It fell.", None, "2024-02-29", "dateline"),
    # without any weekday the latest year that is not in the future
    ("KYIV, Dec 24 - It fell.", None, "2025-12-24", "dateline"),
    ("KYIV, Nov 22 - It fell.", None, "2026-11-22", "dateline"),
    # no dateline: the latest full date that has passed
    ("It fell on 3 May 2019, after the truce of 1 March 2019.", None, "2019-05-03", "text"),
    ("The vote is due on 1 June 2030. It was set on 3 May 2019.", None, "2019-05-03", "text"),
])  # fmt: skip
def test_day(text: str, published: str | None, day: str, source: str) -> None:
    found, _ = _read(text, published)
    assert found is not None
    assert (found.start.isoformat(), found.end.isoformat(), found.source) == (day, day, source)


@pytest.mark.parametrize(
    "text", ["It fell on Thursday.", "It fell.", "", "It fell in May.", "The vote is due on 1 June 2030."]
)
def test_nothing_tells_it(text: str) -> None:
    assert _read(text)[0] is None


def test_other_years_are_told() -> None:
    """5 July was a Thursday in 2018, 2012, 2007, 2001 and 1990."""
    found, _ = _read("TEHRAN, July 05 - It fell on Thursday.")
    assert found is not None
    assert [day.year for day in found.alternatives] == [2012, 2007, 2001, 1990]
    assert found.confidence < 0.9


def test_names_bound_the_year_below() -> None:
    """Nobody wrote of Jabhat Fateh al-Sham before 2016, so 2012 is out and 2018 all but sure."""
    found, _ = _read("TEHRAN, July 05 - Jabhat Fateh al-Sham attacked on Thursday.")
    assert found is not None
    assert found.alternatives == ()
    assert found.confidence > 0.9


def test_today_bounds_the_year_above() -> None:
    found, _ = _read("TEHRAN, July 05 - It fell on Thursday.", today=date(2018, 7, 4))
    assert found is not None
    assert found.start == date(2012, 7, 5)


@pytest.mark.parametrize(("text", "published", "day"), [
    # the paper is of the 6th, the report of the 5th: "today" is the 5th
    ("TEHRAN, July 05 - It fell today.", "2018-07-06", "2018-07-05"),
    # a dateline far off is another story
    ("TEHRAN, July 05 - It fell today.", "2018-09-06", "2018-09-06"),
    ("It fell today.", "2018-07-06", "2018-07-06"),
])  # fmt: skip
def test_speaking_day(text: str, published: str, day: str) -> None:
    found, lines = _read(text, published)
    assert speaking_day(found, lines) == date.fromisoformat(day)


def test_no_speaking_day() -> None:
    assert speaking_day(None, []) is None
