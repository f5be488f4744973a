"""Dates that name themselves: 2018-07-05, 5 July, mid-January, the summer of 2014. A missing year is solved."""

from datetime import date, timedelta

from app.recognition.dates.calendar import (
    Context,
    Interval,
    Parts,
    Tense,
    case,
    digits,
    month_interval,
    month_number,
    single_day,
    thirds,
    valid_day,
    weekday_number,
)
from app.recognition.dates.patterns import MONTHS, ORDINAL_WORDS

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_OTHER_TIME = 330
"""Days before the article's day from which on a told year is another time, in which the paragraph may go on."""
_FEASTS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "may day": (5, 1),
}


def _nearest_year(month: int, day: int | None, context: Context) -> int | None:
    """The year that puts a date without one at or before the anchor (past) or after it (future); without a day, the
    anchor's own month is this year's.
    """
    anchor = context.anchor
    if anchor is None:
        return None
    era = context.era
    if era and day is not None and (anchor - era).days > _OTHER_TIME:
        # "He was released on 29 April 1832. The duel took place on 30 May": the year told last goes on
        return era.year + ((month, day) < (era.month, era.day))
    day = anchor.day if day is None else day
    later = (month, day) > (anchor.month, anchor.day)
    if context.tense == "future":
        return anchor.year if later or (month, day) == (anchor.month, anchor.day) else anchor.year + 1
    return anchor.year - 1 if later else anchor.year


def _year_of(parts: Parts, month: int, day: int | None, context: Context) -> int | None:
    if "year" in parts:
        return int(parts["year"])
    if "whichyear" in parts and context.anchor:
        return context.anchor.year + {"last": -1, "this": 0, "next": 1}[parts["whichyear"]]
    return _nearest_year(month, day, context)


@case("iso")
def _iso(parts: Parts, context: Context) -> Interval | None:
    when = valid_day(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    return single_day(when, 0.99) if when else None


@case("slashed")
def _slashed(parts: Parts, context: Context) -> Interval | None:
    first, second, year = int(parts["a"]), int(parts["b"]), int(parts["year"])
    day_first, month_first = valid_day(year, second, first), valid_day(year, first, second)
    if day_first and month_first and day_first != month_first:
        return single_day(day_first, 0.6)
    when = day_first or month_first
    return single_day(when) if when else None


@case("slashed_day")
def _slashed_day(parts: Parts, context: Context) -> Interval | None:
    day, month = int(parts["a"]), int(parts["b"])
    if not 1 <= month <= 12:
        day, month = month, day
    year = _nearest_year(month, day, context) if 1 <= month <= 12 else None
    when = valid_day(year, month, day) if year else None
    return single_day(when, 0.8) if when else None


@case("day")
def _written_day(parts: Parts, context: Context) -> Interval | None:
    month, day = month_number(parts["month"]), digits(parts["day"])
    year = _year_of(parts, month, day, context)
    when = valid_day(year, month, day) if year else None
    if when is None:
        return None
    if "weekday" in parts and "year" not in parts and when.weekday() != weekday_number(parts["weekday"]):
        # "Thursday 5 July" in a later year's article: the weekday tells which 5 July is meant.
        for other in (valid_day(when.year + shift, month, day) for shift in (-1, 1, -2, 2, -3, 3, -4, -5, -6)):
            if other and other.weekday() == weekday_number(parts["weekday"]):
                return single_day(other, 0.8)
    return single_day(when)


@case("range_days")
def _range_days(parts: Parts, context: Context) -> Interval | None:
    month, first, last = month_number(parts["month"]), digits(parts["d1"]), digits(parts["d2"])
    year = _year_of(parts, month, first, context)
    start, end = (valid_day(year, month, first), valid_day(year, month, last)) if year else (None, None)
    return Interval(start, end, "range", 0.95) if start and end and start <= end else None


@case("range_months")
def _range_months(parts: Parts, context: Context) -> Interval | None:
    first, last = (month_number(parts["m1"]), digits(parts["d1"])), (month_number(parts["m2"]), digits(parts["d2"]))
    year = _year_of(parts, *last, context)
    if not year:
        return None
    start, end = valid_day(year - (first > last), *first), valid_day(year, *last)
    return Interval(start, end, "range", 0.95) if start and end else None


@case("month_part")
def _month_part(parts: Parts, context: Context) -> Interval | None:
    month = month_number(parts["month"])
    year = _year_of(parts, month, None, context)
    if not year:
        return None
    whole = month_interval(year, month)
    if "nth" in parts:
        nth = ORDINAL_WORDS[parts["nth"]]
        start = whole.start + timedelta(7 * (nth - 1)) if nth > 0 else whole.end - timedelta(6)
        return Interval(start, start + timedelta(6), "week", 0.85)
    return Interval(*thirds(whole.start, whole.end, parts.get("part") or parts["part_of"]), "week", 0.85)


@case("month_week")
def _month_week(parts: Parts, context: Context) -> Interval | None:
    if context.anchor is None:
        return None
    month = MONTHS[context.anchor.month - 1].lower()
    return _month_part({"nth": parts["nth"], "month": month, "year": str(context.anchor.year)}, context)


@case("feast")
def _feast(parts: Parts, context: Context) -> Interval | None:
    month, day = _FEASTS.get(parts["feast"].replace("’", "'"), (12, 25))
    year = _year_of(parts, month, day, context)
    return single_day(date(year, month, day), 0.9) if year else None


_TWO_DIGITS = 99
_LONGEST = 60
"""Years that a stretch of years may last; what is longer is no date of an event."""


@case("year_part")
def _year_part(parts: Parts, context: Context) -> Interval | None:
    year = int(parts["year"])
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[parts["part"]]
    return Interval(date(year, first, 1), month_interval(year, last).end, "month", 0.8)


@case("month")
def _whole_month(parts: Parts, context: Context) -> Interval | None:
    month = month_number(parts["month"])
    if context.anchor and parts.get("which") in {"last", "next"}:
        tense: Tense = "past" if parts["which"] == "last" else "future"
        context = Context(context.anchor, tense, context.previous)
    year = _year_of(parts, month, None, context)
    return month_interval(year, month, 0.9) if year else None


@case("season")
def _season(parts: Parts, context: Context) -> Interval | None:
    first, last = _SEASONS[parts["season"].lower()]
    year = int(parts["year"])
    return Interval(date(year, first, 1), month_interval(year + (last < first), last).end, "range", 0.8)


@case("year")
def _whole_year(parts: Parts, context: Context) -> Interval | None:
    year = int(parts["year"])
    return Interval(date(year, 1, 1), date(year, 12, 31), "year", 0.9)


@case("years")
def _years(parts: Parts, context: Context) -> Interval | None:
    """ "1999-2003", "1993-94": from the first day of the one to the last of the other."""
    first, until = int(parts["year"]), int(parts["until"])
    last = until if until > _TWO_DIGITS else first - first % 100 + until
    return Interval(date(first, 1, 1), date(last, 12, 31), "range", 0.85) if first < last <= first + _LONGEST else None
