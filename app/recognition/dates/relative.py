"""Dates that count from another day: yesterday, last Friday, two days ago, a day earlier."""

from datetime import date, timedelta

from app.domain.dates import Granularity
from app.recognition.dates.calendar import (
    Context,
    Interval,
    Parts,
    case,
    digits,
    month_interval,
    number,
    single_day,
    thirds,
    valid_day,
    weekday_number,
)


def _weekend(which: str, coming: date, context: Context) -> Interval | None:
    """Saturday and Sunday; `coming` is the Saturday of the anchor's own week. On a weekend "this" one is that one."""
    now = context.anchor is not None and context.anchor >= coming
    ahead = which in {"next", "the following", "the coming"} or (which != "last" and context.tense == "future")
    if ahead:
        saturday = coming + timedelta(7 if now else 0)
    elif which == "last":
        saturday = coming - timedelta(7)
    else:
        saturday = coming if now else coming - timedelta(7)
    return Interval(saturday, saturday + timedelta(1), "week", 0.85)


def _period(which: str, period: str, context: Context) -> Interval | None:
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
        return _weekend(which, monday + timedelta(5), context)
    return Interval(monday + timedelta(7 * shift), monday + timedelta(7 * shift + 6), "week", 0.85)


@case("period")
def _whole_period(parts: Parts, context: Context) -> Interval | None:
    return _period(parts.get("which", "over").lower(), parts["period"], context)


@case("period_part")
def _period_part(parts: Parts, context: Context) -> Interval | None:
    which, part = parts["which"].lower().replace("the", "this"), parts["part"].lower()
    whole = _period(which, parts["period"], context)
    if whole is None or context.anchor is None:
        return None
    if part == "earlier":
        return Interval(whole.start, max(whole.start, min(whole.end, context.anchor)), whole.granularity, 0.8)
    if part == "later":
        return Interval(min(whole.end, max(whole.start, context.anchor)), whole.end, whole.granularity, 0.8)
    granularity: Granularity = "month" if parts["period"] == "year" else "week"
    return Interval(*thirds(whole.start, whole.end, part), granularity, 0.8)


@case("year_start")
def _year_start(parts: Parts, context: Context) -> Interval | None:
    whole = _period("this", parts["period"], context)
    return Interval(whole.start, whole.start, "month", 0.8) if whole else None


@case("weekday")
def _weekday(parts: Parts, context: Context) -> Interval | None:
    target, which = weekday_number(parts["weekday"]), parts.get("which", "").lower()
    if which in {"the previous", "the following", "the next"}:
        base = context.previous or context.anchor
        if base is None:
            return None
        back = (base.weekday() - target - 1) % 7 + 1
        ahead = (target - base.weekday() - 1) % 7 + 1
        return single_day(base - timedelta(back) if which == "the previous" else base + timedelta(ahead), 0.85)
    anchor = context.anchor
    if anchor is None:
        return None
    if "lastweek" in parts:
        monday = anchor - timedelta(anchor.weekday())
        return single_day(
            monday + timedelta(target + 7 * {"last": -1, "this": 0, "next": 1}[parts["lastweek"].split()[0]]), 0.85
        )
    back = (anchor.weekday() - target) % 7
    if which in {"next", "this coming", "coming", "the coming"} or (
        context.tense == "future" and which not in {"last", "past"}
    ):
        ahead = (target - anchor.weekday()) % 7
        return single_day(anchor + timedelta(ahead or (7 if which == "next" else 0)), 0.85)
    if which == "last":
        return single_day(anchor - timedelta(back or 7), 0.8)
    return single_day(anchor - timedelta(back))


@case("weekday_range")
def _weekday_range(parts: Parts, context: Context) -> Interval | None:
    last = _weekday({"weekday": parts["w2"]}, context)
    if last is None:
        return None
    start = last.start - timedelta((last.start.weekday() - weekday_number(parts["w1"])) % 7)
    return Interval(start, last.start, "range", 0.9)


@case("offset")
def _offset(parts: Parts, context: Context) -> Interval | None:
    words = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    return single_day(context.anchor + timedelta(words.get(parts["word"].lower(), 0))) if context.anchor else None


@case("overnight")
def _overnight(parts: Parts, context: Context) -> Interval | None:
    return Interval(context.anchor - timedelta(1), context.anchor, "range", 0.85) if context.anchor else None


@case("dawn")
def _dawn(parts: Parts, context: Context) -> Interval | None:
    base = context.previous or context.anchor
    return single_day(base, 0.7) if base else None


@case("past")
def _past(parts: Parts, context: Context) -> Interval | None:
    if context.anchor is None:
        return None
    count = number(parts["n"]) if "n" in parts else 1
    days = {
        "hour": -(-count // 24),
        "day": count,
        "night": count,
        "week": 7 * count,
        "month": 30 * count,
        "year": 365 * count,
    }
    return Interval(context.anchor - timedelta(days[parts["unit"]]), context.anchor, "range", 0.85)


@case("recent")
def _recent(parts: Parts, context: Context) -> Interval | None:
    if context.anchor is None:
        return None
    days = {"day": 7, "week": 28, "month": 90}[parts["unit"]]
    return Interval(context.anchor - timedelta(days), context.anchor, "range", 0.6)


def _moved(base: date, count: int, unit: str) -> Interval:
    """`base` moved by `count` units; weeks and months are as coarse as the words ("two weeks ago" is a week)."""
    if unit in {"hour", "day", "night"}:
        return single_day(base + timedelta(int(count / 24) if unit == "hour" else count), 0.9)
    if unit == "week":
        moved = base + timedelta(7 * count)
        if abs(count) == 1:
            return single_day(moved, 0.75)
        monday = moved - timedelta(moved.weekday())
        return Interval(monday, monday + timedelta(6), "week", 0.75)
    if unit == "month":
        index = base.year * 12 + base.month - 1 + count
        return month_interval(index // 12, index % 12 + 1, 0.75)
    return Interval(date(base.year + count, 1, 1), date(base.year + count, 12, 31), "year", 0.7)


@case("ago")
def _ago(parts: Parts, context: Context) -> Interval | None:
    return _moved(context.anchor, -number(parts["n"]), parts["unit"]) if context.anchor else None


@case("shift")
def _shift(parts: Parts, context: Context) -> Interval | None:
    base = context.previous or context.anchor
    if base is None:
        return None
    # "a day after X" dates what came before it: the day told last, moved back.
    sign = 1 if parts["way"] in {"later", "afterwards"} else -1
    return _moved(base, sign * number(parts["n"]), parts["unit"])


@case("anaphoric")
def _anaphoric(parts: Parts, context: Context) -> Interval | None:
    base = context.previous or context.anchor
    if base is None:
        return None
    word = parts.get("which") or parts.get("next") or parts.get("day", "").removeprefix("day ") or "same"
    shift = {"next": 1, "following": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(word, 0)
    when = base + timedelta(shift)
    if context.tense == "past" and context.anchor and when > context.anchor:
        return single_day(
            context.anchor, 0.5
        )  # "retook Bosso the next morning" where nothing says the morning after what
    return single_day(when, 0.85)


@case("nth")
def _nth(parts: Parts, context: Context) -> Interval | None:
    if context.anchor is None:
        return None
    day = digits(parts["day"])
    index = context.anchor.year * 12 + context.anchor.month - 1 - (day > context.anchor.day)
    when = valid_day(index // 12, index % 12 + 1, day)
    return single_day(when, 0.85) if when else None
