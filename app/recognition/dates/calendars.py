"""Dates of other calendars: 20 Shawwal 1439, Ramadan 2018, 14 Tir 1397, Eid al-Adha.

The lunar year is counted by the Umm al-Qura tables (hijridate), the solar one by the Iranian rule (persiantools). A
lunar month begins when its moon is seen, a day sooner or later from country to country, so a lunar day is told with
less confidence.
"""

from collections.abc import Callable
from datetime import date, timedelta

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from app.recognition.dates.calendar import Context, Interval, Parts, case, digits, single_day
from app.recognition.dates.other_months import FEASTS, MONTHS_OF, plain

_COMMON_FROM = 1600
"""A year from here on is one of the common calendar: "Ramadan 2018"."""
_SEEN = 0.75
"""How sure a lunar day is."""
_LUNAR_YEAR, _SOLAR_YEAR = 579, 621
"""Years by which the calendars lie behind the common one, in our time."""


def _lunar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    except (ValueError, OverflowError):
        return None


def _solar_day(year: int, month: int, day: int) -> date | None:
    try:
        return JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        return None


def _month(calendar: str, year: int, month: int) -> Interval | None:
    day_of = _DAYS[calendar][0]
    first, after = day_of(year, month, 1), day_of(year + month // 12, month % 12 + 1, 1)
    return Interval(first, after - timedelta(1), "month", 0.85) if first and after else None


_DAYS: dict[str, tuple[Callable[[int, int, int], date | None], int]] = {
    "hijri": (_lunar_day, _LUNAR_YEAR),
    "jalali": (_solar_day, _SOLAR_YEAR),
}


def _years(calendar: str, parts: Parts, context: Context) -> list[int]:
    """Years of the calendar that the words may mean, the likeliest first."""
    written = int(parts["year"]) if "year" in parts else None
    behind = _DAYS[calendar][1]
    if written is not None and written < _COMMON_FROM:
        return [written]
    if written is not None:
        return [written - behind + shift for shift in (0, -1, 1)]
    if context.anchor is None:
        return []
    now = context.anchor.year - behind
    return [now + shift for shift in ((-1, 0, 1, 2) if context.tense == "future" else (1, 0, -1, -2))]


def _chosen(found: list[Interval], parts: Parts, context: Context) -> Interval | None:
    """The one in the common year that the words name, else the nearest behind the anchor, or ahead of it."""
    if "year" in parts:
        year = int(parts["year"])
        fitting = [i for i in found if year < _COMMON_FROM or i.start.year == year]
        return fitting[0] if fitting else None
    anchor = context.anchor
    if anchor is None:
        return None
    fitting = [i for i in found if (i.end >= anchor if context.tense == "future" else i.start <= anchor)]
    return fitting[0] if fitting else None


@case("other_day")
def _other_day(parts: Parts, context: Context) -> Interval | None:
    calendar, month = MONTHS_OF[plain(parts["month"])]
    day_of, sure = _DAYS[calendar][0], _SEEN if calendar == "hijri" else 0.95
    days = (day_of(year, month, digits(parts["day"])) for year in _years(calendar, parts, context))
    return _chosen([single_day(day, sure) for day in days if day], parts, context)


@case("other_month")
def _other_month(parts: Parts, context: Context) -> Interval | None:
    calendar, month = MONTHS_OF[plain(parts["month"])]
    found = (_month(calendar, year, month) for year in _years(calendar, parts, context))
    return _chosen([interval for interval in found if interval], parts, context)


@case("other_feast")
def _other_feast(parts: Parts, context: Context) -> Interval | None:
    feast = FEASTS[plain(parts["feast"])]
    firsts = (_lunar_day(year, feast.month, feast.day) for year in _years("hijri", parts, context))
    found = [
        Interval(day, day + timedelta(feast.days - 1), "day" if feast.days == 1 else "range", _SEEN)
        for day in firsts
        if day
    ]
    return _chosen(found, parts, context)
