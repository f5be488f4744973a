"""The ground on which the date cases stand: intervals, the context they are read in, words to numbers."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.domain.dates import Granularity
from app.recognition.dates.patterns import MONTHS, NUMBER_WORDS, WEEKDAYS

Tense = Literal["past", "future"]
Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both inclusive, with how coarse the words were and how sure the reading is."""

    start: date
    end: date
    granularity: Granularity
    confidence: float


@dataclass(frozen=True, slots=True)
class Context:
    """The day to count from, whether the clause looks back or ahead, the day told last, and `era`: a day with its year
    told just before, in whose time the paragraph goes on.
    """

    anchor: date | None
    tense: Tense
    previous: date | None
    era: date | None = None


Resolver = Callable[[Parts, Context], Interval | None]
RESOLVERS: dict[str, Resolver] = {}
"""Case of patterns.py -> the function that counts its days; filled by the `case` decorator."""


def case(name: str) -> Callable[[Resolver], Resolver]:
    """Register the function as the reader of one case of patterns.py."""

    def register(resolver: Resolver) -> Resolver:
        RESOLVERS[name] = resolver
        return resolver

    return register


def single_day(when: date, confidence: float = 0.95) -> Interval:
    """One day."""
    return Interval(when, when, "day", confidence)


def number(word: str) -> int:
    """The number that digits or a word tell."""
    return int(word) if word.isdigit() else NUMBER_WORDS[word.lower()]


def digits(word: str) -> int:
    """The digits of "14th"."""
    return int("".join(filter(str.isdigit, word)))


def month_number(word: str) -> int:
    """1 to 12 for a month's name or its first letters."""
    return next(n for n, name in enumerate(MONTHS, 1) if name[:3].lower() == word[:3].lower())


def weekday_number(word: str) -> int:
    """0 (Monday) to 6 for a weekday's name or its first letters."""
    return next(n for n, name in enumerate(WEEKDAYS) if name[:3].lower() == word[:3].lower())


def valid_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_interval(year: int, month: int, confidence: float = 0.95) -> Interval:
    """The whole month."""
    last = calendar.monthrange(year, month)[1]
    return Interval(date(year, month, 1), date(year, month, last), "month", confidence)


def thirds(start: date, end: date, part: str) -> tuple[date, date]:
    """Early, mid and late of a month are its days 1-10, 11-20 and 21-end; of another span its thirds."""
    length = (end - start).days + 1
    third = 10 if 28 <= length <= 31 else max(1, length // 3)
    if part in {"early", "beginning", "start"}:
        return start, start + timedelta(third - 1)
    if part in {"late", "end"}:
        return start + timedelta(2 * third), end
    return start + timedelta(third), start + timedelta(2 * third - 1)
