"""Dates as the contract speaks of them: days, both ends inclusive."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Granularity = Literal["day", "week", "month", "year", "range"]
DateSource = Literal["text", "document", "carried"]
DocumentDateSource = Literal["given", "dateline", "text"]


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event happened. `start` or `end` is None for an open range, never both."""

    start: date | None
    end: date | None
    granularity: Granularity
    confidence: float
    source: DateSource
    """`text`: words of the event's own sentence; `carried`: an earlier date expression; `document`: the article's
    day.
    """
    start_char: int | None = None
    end_char: int | None = None

    @property
    def time_precision(self) -> int:
        """ACLED: 1 exact day, 2 week or some days, 3 month or coarser."""
        if self.start is None or self.end is None:
            return 3
        days = (self.end - self.start).days
        return 1 if days == 0 else 2 if days <= 10 else 3

    @property
    def date_prec(self) -> int:
        """UCDP: 1 exact day, 2 two to six days, 3 week, 4 month, 5 longer."""
        if self.start is None or self.end is None:
            return 5
        days = (self.end - self.start).days + 1
        return 1 if days == 1 else 2 if days <= 6 else 3 if days <= 10 else 4 if days <= 31 else 5


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """The day the article speaks from: what "on Thursday" is counted from."""

    start: date
    end: date
    granularity: Granularity
    confidence: float
    source: DocumentDateSource
    alternatives: tuple[date, ...] = ()
    """Other days that fit the same words, best first."""
