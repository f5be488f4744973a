"""From a date expression to days. The rules follow research on news dates; each case is one function.

`anchor` is the day the article speaks from, `previous` the day the last event was put on: "a day earlier" counts from
there, "yesterday" from the anchor.
"""

from datetime import date

from app.recognition.dates import absolute, calendars, relative  # noqa: F401 - importing them registers their cases
from app.recognition.dates.calendar import RESOLVERS, Context, Interval, Tense
from app.recognition.dates.patterns import DateExpression


def resolve(
    expression: DateExpression,
    anchor: date | None,
    *,
    tense: Tense = "past",
    previous: date | None = None,
    era: date | None = None,
) -> Interval | None:
    """The days that the words mean, or None when they need an anchor that is not known or name no real day."""
    try:
        interval = RESOLVERS[expression.case](expression.parts, Context(anchor, tense, previous, era))
    except (OverflowError, ValueError):  # "900 years ago", "next year": before the calendar begins or after it ends
        return None
    if interval and expression.since and anchor and interval.start <= anchor:
        return Interval(interval.start, max(anchor, interval.end), "range", interval.confidence)
    return interval
