"""The day an article speaks from.

Order: the caller's date; a full date in a dateline; a dateline's day and month with its year solved; the latest full
date in the text. The year is solved by the weekday that the text names ("Thursday ... 7 July" fits one year in five or
six), between the oldest year that the names in the text allow and today.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from app.datafiles import read_yaml
from app.domain.dates import DocumentDate
from app.recognition.dateline import Dateline
from app.recognition.dates import DateExpression, resolve
from app.recognition.dates.calendar import month_number, weekday_number

OLDEST = 1990
"""No article is taken to be older than this without a year of its own."""


@lru_cache(maxsize=1)
def _dated_names() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    rows = read_yaml("app.coding.data", "dated_names.yaml")
    return tuple((name, re.compile(rf"\b{re.escape(name)}\b"), int(year)) for name, year in rows.items())


def _lower_bound(text: str, expressions: Sequence[DateExpression]) -> int:
    years = [OLDEST]
    years += [int(e.parts["year"]) for e in expressions if "year" in e.parts]
    years += [year for name, pattern, year in _dated_names() if name in text and pattern.search(text)]
    return max(years)


def _weekdays(expressions: Sequence[DateExpression]) -> list[int]:
    """Weekdays in the order in which the text names them, bare ones only ("last Friday" says little)."""
    found = []
    for expression in expressions:
        word = expression.parts.get("weekday")
        if word and (expression.case == "weekday" and "which" not in expression.parts):
            number = weekday_number(word)
            if number not in found:
                found.append(number)
    return found


def _solve_year(
    line: DateExpression, oldest: int, expressions: Sequence[DateExpression], today: date
) -> DocumentDate | None:
    """The latest day of a year from `oldest` on that the dateline's day, month and weekday fit, with the others."""
    month = month_number(line.parts["month"])
    day = int("".join(filter(str.isdigit, line.parts["day"])))
    possible = []
    for year in range(oldest, today.year + 1):
        try:
            when = date(year, month, day)
        except ValueError:
            continue
        if when <= today:
            possible.append(when)
    own = line.parts.get("weekday")
    named = [weekday_number(own)] if own else _weekdays(expressions)
    # A report looks back: its own day is the weekday from which the others lie the fewest days ago.
    named.sort(key=lambda day: sum((day - other) % 7 for other in named))
    for weekday in named:
        fitting = [when for when in possible if when.weekday() == weekday]
        if fitting:
            latest, *others = reversed(fitting)
            confidence = 0.95 if not others else round(min(0.6, 1 / (1 + len(others)) + 0.1), 2)
            return DocumentDate(latest, latest, "day", confidence, "dateline", tuple(others[:5]))
    if not possible:
        return None
    latest, *others = reversed(possible)
    return DocumentDate(latest, latest, "day", 0.95 if not others else 0.3, "dateline", tuple(others[:5]))


def speaking_day(document: DocumentDate | None, datelines: Sequence[Dateline]) -> date | None:
    """The day that "today" means: a dateline of the last days before publication knows better than the paper's date."""
    if document is None:
        return None
    for line in datelines:
        written = resolve(line.date, document.start) if line.date else None
        if written and 0 <= (document.start - written.start).days <= 3:
            return written.start
    return document.start


def document_date(
    published: date | None,
    text: str,
    datelines: Sequence[Dateline],
    expressions: Sequence[DateExpression],
    today: date,
) -> DocumentDate | None:
    """The document's date, or None when nothing in the article or the request tells it."""
    if published:
        return DocumentDate(published, published, "day", 1.0, "given")
    oldest = _lower_bound(text, expressions) if any(line.date for line in datelines) else OLDEST
    for line in datelines:
        if line.date is None:
            continue
        if line.date.is_absolute:
            interval = resolve(line.date, today)
            if interval:
                return DocumentDate(interval.start, interval.end, "day", 0.95, "dateline")
            continue
        solved = _solve_year(line.date, oldest, expressions, today)
        if solved:
            return solved
    absolute = [
        i
        for e in expressions
        if e.is_absolute
        and e.case in {"iso", "day", "slashed", "range_days", "range_months"}
        and (i := resolve(e, today))
    ]
    told = [i for i in absolute if i.end <= today]
    if told:
        latest = max(told, key=lambda i: i.end)
        return DocumentDate(latest.end, latest.end, "day", 0.5, "text")
    return None
