"""`dateline dates`: the date resolver alone, JSON lines in, JSON lines out."""

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

from app.coding.text_dates import ToldDate, text_dates
from app.errors import BadInput

_BEHIND_A_DAY = ("", "T", "t", " ", ";")
"""What may stand behind the day: nothing, a time, the next day of a list."""


def command() -> None:
    """Resolve dates: JSON lines on standard input, JSON lines on standard output.

    Each line is {"id", "text", "published"}; the answer holds every date of the text. With "span_start" and "span_end"
    it holds the days of these words alone, null when they are no date.
    """
    today = datetime.now(UTC).date()
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            sys.stdout.buffer.write(orjson.dumps(answer(line, number, today)) + b"\n")
    sys.stdout.buffer.flush()


def answer(line: bytes, number: int, today: date) -> dict[str, Any]:
    """The answer to one line. Raises BadInput, with the line's number and what to change."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"Line {number} is no JSON: {error}.") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadInput(f'Line {number} needs a "text".')
    told = text_dates(row["text"], _published(row, number), today).told
    start, end = row.get("span_start"), row.get("span_end")
    if start is None and end is None:
        return {"id": row.get("id"), "spans": [_span(one) for one in told]}
    if not isinstance(start, int) or not isinstance(end, int):
        raise BadInput(f'Line {number}: "span_start" and "span_end" are whole numbers.')
    here = [one for one in told if one.days and one.expression.start < end and start < one.expression.end]
    longest = max(here, key=lambda one: _shared(one, start, end), default=None)
    return {"id": row.get("id"), **_days(longest)}


def _shared(told: ToldDate, start: int, end: int) -> int:
    """Characters that the words share with the span."""
    return min(told.expression.end, end) - max(told.expression.start, start)


def _published(row: Mapping[str, Any], number: int) -> date | None:
    given = row.get("published")
    try:
        return date.fromisoformat(given[:10] if given[10:11] in _BEHIND_A_DAY else given) if given else None
    except (TypeError, ValueError) as error:
        raise BadInput(f'Line {number}: "published" is a day such as 2018-07-05.') from error


def _days(told: ToldDate | None) -> dict[str, str | None]:
    if told is None or told.days is None:
        return {"start": None, "end": None, "granularity": None}
    days = told.days
    return {"start": days.start.isoformat(), "end": days.end.isoformat(), "granularity": days.granularity}


def _span(told: ToldDate) -> dict[str, Any]:
    where = told.expression
    return {"span_start": where.start, "span_end": where.end, "text": where.text, **_days(told)}
