"""From a date expression to days. The rules follow research on news dates; each case is one function.

`anchor` is the day the article speaks from, `previous` the day the last event was put on: "a day earlier" counts from
there, "yesterday" from the anchor.
"""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.domain.dates import Granularity
from app.recognition.dates.patterns import MONTHS, NUMBER_WORDS, ORDINAL_WORDS, WEEKDAYS, DateExpression

Tense = Literal["past", "future"]
Parts = Mapping[str, str]

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both inclusive, with how coarse the words were and how sure the reading is."""

    start: date
    end: date
    granularity: Granularity
    confidence: float


@dataclass(frozen=True, slots=True)
class _Context:
    anchor: date | None
    tense: Tense
    previous: date | None


def _day(when: date, confidence: float = 0.95) -> Interval:
    return Interval(when, when, "day", confidence)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS[word.lower()]


def _digits(word: str) -> int:
    return int("".join(filter(str.isdigit, word)))


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name[:3].lower() == word[:3].lower())


def _weekday(word: str) -> int:
    return next(n for n, name in enumerate(WEEKDAYS) if name[:3].lower() == word[:3].lower())


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_interval(year: int, month: int, confidence: float = 0.95) -> Interval:
    """The whole month."""
    last = calendar.monthrange(year, month)[1]
    return Interval(date(year, month, 1), date(year, month, last), "month", confidence)


def _nearest_year(month: int, day: int, context: _Context) -> int | None:
    """The year that puts a date without one at or before the anchor (past) or after it (future)."""
    anchor = context.anchor
    if anchor is None:
        return None
    later = (month, day) > (anchor.month, anchor.day)
    if context.tense == "future":
        return anchor.year if later or (month, day) == (anchor.month, anchor.day) else anchor.year + 1
    return anchor.year - 1 if later else anchor.year


def _year(parts: Parts, month: int, day: int, context: _Context) -> int | None:
    if "year" in parts:
        return int(parts["year"])
    if "whichyear" in parts and context.anchor:
        return context.anchor.year + {"last": -1, "this": 0, "next": 1}[parts["whichyear"]]
    return _nearest_year(month, day, context)


def _case_iso(parts: Parts, context: _Context) -> Interval | None:
    when = _valid(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    return _day(when, 0.99) if when else None


def _case_slashed(parts: Parts, context: _Context) -> Interval | None:
    first, second, year = int(parts["a"]), int(parts["b"]), int(parts["year"])
    day_first, month_first = _valid(year, second, first), _valid(year, first, second)
    if day_first and month_first and day_first != month_first:
        return _day(day_first, 0.6)
    when = day_first or month_first
    return _day(when) if when else None


def _case_slashed_day(parts: Parts, context: _Context) -> Interval | None:
    day, month = int(parts["a"]), int(parts["b"])
    if not 1 <= month <= 12:
        day, month = month, day
    year = _nearest_year(month, day, context) if 1 <= month <= 12 else None
    when = _valid(year, month, day) if year else None
    return _day(when, 0.8) if when else None


def _case_day(parts: Parts, context: _Context) -> Interval | None:
    month, day = _month(parts["month"]), _digits(parts["day"])
    year = _year(parts, month, day, context)
    when = _valid(year, month, day) if year else None
    if when is None:
        return None
    if "weekday" in parts and "year" not in parts and when.weekday() != _weekday(parts["weekday"]):
        # "Thursday 5 July" in a later year's article: the weekday tells which 5 July is meant.
        for other in (_valid(when.year + shift, month, day) for shift in (-1, 1, -2, 2, -3, 3, -4, -5, -6)):
            if other and other.weekday() == _weekday(parts["weekday"]):
                return _day(other, 0.8)
    return _day(when)


def _case_range_days(parts: Parts, context: _Context) -> Interval | None:
    month, first, last = _month(parts["month"]), _digits(parts["d1"]), _digits(parts["d2"])
    year = _year(parts, month, first, context)
    start, end = (_valid(year, month, first), _valid(year, month, last)) if year else (None, None)
    return Interval(start, end, "range", 0.95) if start and end and start <= end else None


def _case_range_months(parts: Parts, context: _Context) -> Interval | None:
    first, last = (_month(parts["m1"]), _digits(parts["d1"])), (_month(parts["m2"]), _digits(parts["d2"]))
    year = _year(parts, *last, context)
    if not year:
        return None
    start, end = _valid(year - (first > last), *first), _valid(year, *last)
    return Interval(start, end, "range", 0.95) if start and end else None


def _thirds(start: date, end: date, part: str) -> tuple[date, date]:
    """Early, mid and late of a month are its days 1-10, 11-20 and 21-end; of a longer span its thirds."""
    length = (end - start).days + 1
    third = 10 if length <= 31 else length // 3
    if part in {"early", "beginning", "start"}:
        return start, start + timedelta(third - 1)
    if part in {"late", "end"}:
        return start + timedelta(2 * third), end
    return start + timedelta(third), start + timedelta(2 * third - 1)


def _case_month_part(parts: Parts, context: _Context) -> Interval | None:
    month = _month(parts["month"])
    year = _year(parts, month, 1, context)
    if not year:
        return None
    whole = month_interval(year, month)
    if "nth" in parts:
        nth = ORDINAL_WORDS[parts["nth"]]
        start = whole.start + timedelta(7 * (nth - 1)) if nth > 0 else whole.end - timedelta(6)
        return Interval(start, start + timedelta(6), "week", 0.85)
    return Interval(*_thirds(whole.start, whole.end, parts["part"]), "week", 0.85)


def _case_month_week(parts: Parts, context: _Context) -> Interval | None:
    if context.anchor is None:
        return None
    month = MONTHS[context.anchor.month - 1].lower()
    return _case_month_part({"nth": parts["nth"], "month": month, "year": str(context.anchor.year)}, context)


_FEASTS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "may day": (5, 1),
}


def _case_feast(parts: Parts, context: _Context) -> Interval | None:
    month, day = _FEASTS.get(parts["feast"].replace("’", "'"), (12, 25))
    year = _year(parts, month, day, context)
    return _day(date(year, month, day), 0.9) if year else None


def _case_year_part(parts: Parts, context: _Context) -> Interval | None:
    year = int(parts["year"])
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[parts["part"]]
    return Interval(date(year, first, 1), month_interval(year, last).end, "month", 0.8)


def _period(which: str, period: str, context: _Context) -> Interval | None:
    """ "last week", "this month", "next year" as whole calendar periods; a weekend is Saturday and Sunday."""
    anchor = context.anchor
    if anchor is None:
        return None
    shift = {"last": -1, "the past": -1, "the previous": -1, "next": 1, "the following": 1, "the coming": 1}.get(
        which, 0
    )
    if period == "year":
        return Interval(date(anchor.year + shift, 1, 1), date(anchor.year + shift, 12, 31), "year", 0.9)
    if period == "month":
        index = anchor.year * 12 + anchor.month - 1 + shift
        return month_interval(index // 12, index % 12 + 1, 0.9)
    monday = anchor - timedelta(anchor.weekday())
    if period == "weekend":
        saturday = monday + timedelta(5 if anchor.weekday() >= 5 or shift > 0 else -2)
        return Interval(saturday, saturday + timedelta(1), "week", 0.85)
    return Interval(monday + timedelta(7 * shift), monday + timedelta(7 * shift + 6), "week", 0.85)


def _case_period(parts: Parts, context: _Context) -> Interval | None:
    return _period(parts.get("which", "last").lower(), parts["period"], context)


def _case_period_part(parts: Parts, context: _Context) -> Interval | None:
    which, part = parts["which"].lower().replace("the", "this"), parts["part"].lower()
    whole = _period(which, parts["period"], context)
    if whole is None or context.anchor is None:
        return None
    if part == "earlier":
        return Interval(whole.start, max(whole.start, min(whole.end, context.anchor)), whole.granularity, 0.8)
    if part == "later":
        return Interval(min(whole.end, max(whole.start, context.anchor)), whole.end, whole.granularity, 0.8)
    granularity: Granularity = "month" if parts["period"] == "year" else "week"
    return Interval(*_thirds(whole.start, whole.end, part), granularity, 0.8)


def _case_year_start(parts: Parts, context: _Context) -> Interval | None:
    whole = _period("this", parts["period"], context)
    return Interval(whole.start, whole.start, "month", 0.8) if whole else None


def _case_month(parts: Parts, context: _Context) -> Interval | None:
    month = _month(parts["month"])
    if context.anchor and parts.get("which") in {"last", "next"}:
        tense: Tense = "past" if parts["which"] == "last" else "future"
        context = _Context(context.anchor, tense, context.previous)
    year = _year(parts, month, 1, context)
    return month_interval(year, month, 0.9) if year else None


def _case_season(parts: Parts, context: _Context) -> Interval | None:
    first, last = _SEASONS[parts["season"].lower()]
    year = int(parts["year"])
    return Interval(date(year, first, 1), month_interval(year + (last < first), last).end, "range", 0.8)


def _case_year(parts: Parts, context: _Context) -> Interval | None:
    year = int(parts["year"])
    return Interval(date(year, 1, 1), date(year, 12, 31), "year", 0.9)


def _case_weekday(parts: Parts, context: _Context) -> Interval | None:
    target, which = _weekday(parts["weekday"]), parts.get("which", "").lower()
    if which in {"the previous", "the following", "the next"}:
        base = context.previous or context.anchor
        if base is None:
            return None
        back = (base.weekday() - target - 1) % 7 + 1
        return _day(
            base - timedelta(back) if which == "the previous" else base + timedelta(8 - back if back < 8 else 1), 0.85
        )
    anchor = context.anchor
    if anchor is None:
        return None
    if "lastweek" in parts:
        monday = anchor - timedelta(anchor.weekday())
        return _day(
            monday + timedelta(target + 7 * {"last": -1, "this": 0, "next": 1}[parts["lastweek"].split()[0]]), 0.85
        )
    back = (anchor.weekday() - target) % 7
    if which in {"next", "this coming", "coming", "the coming"} or (
        context.tense == "future" and which not in {"last", "past"}
    ):
        ahead = (target - anchor.weekday()) % 7
        return _day(anchor + timedelta(ahead or (7 if which == "next" else 0)), 0.85)
    if which == "last":
        return _day(anchor - timedelta(back or 7), 0.8)
    return _day(anchor - timedelta(back))


def _case_weekday_range(parts: Parts, context: _Context) -> Interval | None:
    last = _case_weekday({"weekday": parts["w2"]}, context)
    if last is None:
        return None
    start = last.start - timedelta((last.start.weekday() - _weekday(parts["w1"])) % 7)
    return Interval(start, last.start, "range", 0.9)


def _case_offset(parts: Parts, context: _Context) -> Interval | None:
    words = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    return _day(context.anchor + timedelta(words.get(parts["word"].lower(), 0))) if context.anchor else None


def _case_overnight(parts: Parts, context: _Context) -> Interval | None:
    return Interval(context.anchor - timedelta(1), context.anchor, "range", 0.85) if context.anchor else None


def _case_dawn(parts: Parts, context: _Context) -> Interval | None:
    base = context.previous or context.anchor
    return _day(base, 0.7) if base else None


def _case_past(parts: Parts, context: _Context) -> Interval | None:
    if context.anchor is None:
        return None
    count = _number(parts["n"]) if "n" in parts else 1
    days = {
        "hour": -(-count // 24),
        "day": count,
        "night": count,
        "week": 7 * count,
        "month": 30 * count,
        "year": 365 * count,
    }
    return Interval(context.anchor - timedelta(days[parts["unit"]]), context.anchor, "range", 0.85)


def _case_recent(parts: Parts, context: _Context) -> Interval | None:
    if context.anchor is None:
        return None
    days = {"day": 7, "week": 28, "month": 90}[parts["unit"]]
    return Interval(context.anchor - timedelta(days), context.anchor, "range", 0.6)


def _moved(base: date, count: int, unit: str) -> Interval:
    """`base` moved by `count` units; weeks and months are as coarse as the words ("two weeks ago" is a week)."""
    if unit in {"hour", "day", "night"}:
        return _day(base + timedelta(int(count / 24) if unit == "hour" else count), 0.9)
    if unit == "week":
        moved = base + timedelta(7 * count)
        if abs(count) == 1:
            return _day(moved, 0.75)
        monday = moved - timedelta(moved.weekday())
        return Interval(monday, monday + timedelta(6), "week", 0.75)
    if unit == "month":
        index = base.year * 12 + base.month - 1 + count
        return month_interval(index // 12, index % 12 + 1, 0.75)
    return Interval(date(base.year + count, 1, 1), date(base.year + count, 12, 31), "year", 0.7)


def _case_ago(parts: Parts, context: _Context) -> Interval | None:
    return _moved(context.anchor, -_number(parts["n"]), parts["unit"]) if context.anchor else None


def _case_shift(parts: Parts, context: _Context) -> Interval | None:
    base = context.previous or context.anchor
    if base is None:
        return None
    # "a day after X" dates what came before it: the day told last, moved back.
    sign = 1 if parts["way"] in {"later", "afterwards"} else -1
    return _moved(base, sign * _number(parts["n"]), parts["unit"])


def _case_anaphoric(parts: Parts, context: _Context) -> Interval | None:
    base = context.previous or context.anchor
    if base is None:
        return None
    word = parts.get("which") or parts.get("day", "").removeprefix("day ") or "same"
    shift = {"next": 1, "following": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(word, 0)
    return _day(base + timedelta(shift), 0.85)


def _case_nth(parts: Parts, context: _Context) -> Interval | None:
    if context.anchor is None:
        return None
    day = _digits(parts["day"])
    index = context.anchor.year * 12 + context.anchor.month - 1 - (day > context.anchor.day)
    when = _valid(index // 12, index % 12 + 1, day)
    return _day(when, 0.85) if when else None


_RESOLVERS: Mapping[str, Callable[[Parts, _Context], Interval | None]] = {
    name.removeprefix("_case_"): function for name, function in list(globals().items()) if name.startswith("_case_")
}


def resolve(
    expression: DateExpression, anchor: date | None, *, tense: Tense = "past", previous: date | None = None
) -> Interval | None:
    """The days that the words mean, or None when they need an anchor that is not known or name no real day."""
    try:
        interval = _RESOLVERS[expression.case](expression.parts, _Context(anchor, tense, previous))
    except OverflowError:  # "3000 years ago" lies before the calendar begins
        return None
    if interval and expression.since and anchor and interval.start <= anchor:
        return Interval(interval.start, max(anchor, interval.end), "range", interval.confidence)
    return interval
