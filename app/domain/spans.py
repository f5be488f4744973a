"""Spans of the article's text: what every piece of evidence points to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of the article, counted in Unicode code points; `end` is exclusive."""

    start: int
    end: int
    text: str

    def overlaps(self, start: int, end: int) -> bool:
        """True when this span shares at least one character with [start, end)."""
        return self.start < end and start < self.end

    def contains(self, start: int, end: int) -> bool:
        """True when [start, end) lies inside this span."""
        return self.start <= start and end <= self.end
