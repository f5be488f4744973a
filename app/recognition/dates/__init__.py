"""Date expressions: found in the text by `find_dates`, turned into days by `resolve` once an anchor day is known."""

from app.recognition.dates.calendar import Interval
from app.recognition.dates.patterns import DateExpression, find_dates
from app.recognition.dates.resolve import resolve

__all__ = ["DateExpression", "Interval", "find_dates", "resolve"]
