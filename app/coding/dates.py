"""Which date is the event's date.

Order (research/events_dates.md 4.2): an expression of its own clause; one of its sentence; the day told last in the same
paragraph; the document's day. A date that belongs to the saying ("said on Tuesday") dates the event only when no other does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.coding.clauses import Group
from app.domain.dates import DocumentDate, EventDate
from app.recognition.dates import DateExpression, Interval, resolve
from app.recognition.tokens import Sentence

_SAY = r"(?:said|says|told|reported|reports|announced|stated|claimed|confirmed|insisted|added|declared|wrote|statement|indicated)"
_SAID_BEFORE = re.compile(
    rf"\b{_SAY}(?:\s+\w+){{0,4}}?\s+(?:late\s+|early\s+)?(?:on\s+|in a statement on\s+)?$", re.IGNORECASE
)
_SAID_AFTER = re.compile(rf"^\s*,?\s*(?:\w+\s+){{0,4}}?{_SAY}\b", re.IGNORECASE)
_BACKWARDS = {"shift", "anaphoric"}


@dataclass(frozen=True, slots=True)
class Told:
    """The days told last, and the paragraph they stood in."""

    interval: Interval
    paragraph: int


def _is_attribution(text: str, sentence: Sentence, expression: DateExpression, group: Group) -> bool:
    """The date hangs on a verb of saying: "..., the army said on Tuesday", "Reports on Thursday indicated that"."""
    before = text[max(sentence.start, expression.start - 60) : expression.start]
    after = text[expression.end : min(sentence.end, expression.end + 50)]
    if _SAID_BEFORE.search(before):
        return True
    return (
        expression.end <= group.main.start
        and bool(_SAID_AFTER.match(after))
        and " that " in after + text[expression.end : group.main.start] + " "
    )


def choose_date(
    text: str,
    sentence: Sentence,
    group: Group,
    expressions: Sequence[DateExpression],
    document: DocumentDate | None,
    told: Told | None,
    anchor: date | None,
    *,
    planned: bool,
) -> tuple[EventDate | None, Interval | None]:
    """(the event's date, the interval to count the next event from)."""
    here = [e for e in expressions if sentence.start <= e.start < sentence.end]
    said = [e for e in here if _is_attribution(text, sentence, e, group)]
    own = [e for e in here if e not in said and group.start <= e.start < group.end]
    rest = [e for e in here if e not in said and e not in own]
    trust = document.confidence if document else 1.0
    previous = told.interval.end if told else anchor

    def days(expression: DateExpression) -> Interval | None:
        base = previous
        if expression.case in _BACKWARDS:
            earlier = [e for e in here if e.end <= expression.start and e.case not in _BACKWARDS]
            first = resolve(earlier[-1], anchor) if earlier else None
            base = first.start if first else previous
        return resolve(expression, anchor, tense="future" if planned else "past", previous=base)

    for pool, factor in ((own, 1.0), (rest, 0.8), ([] if planned else said, 0.7)):
        ranked = sorted(pool, key=lambda e: (abs(e.start - group.main.start), e.start))
        for expression in ranked:
            if expression.case == "dawn" and len(ranked) > 1:
                continue
            interval = days(expression)
            if interval:
                sure = interval.confidence * factor * (1.0 if expression.is_absolute else max(0.5, trust))
                end = None if expression.since and interval.granularity == "range" and planned else interval.end
                return (
                    EventDate(
                        interval.start,
                        end,
                        interval.granularity,
                        round(sure, 3),
                        "text",
                        expression.start,
                        expression.end,
                    ),
                    interval,
                )
    if planned:
        if anchor is None:
            return None, None
        return EventDate(anchor, None, "range", 0.4, "document"), None
    if told and told.paragraph == sentence.paragraph:
        interval = told.interval
        return EventDate(
            interval.start, interval.end, interval.granularity, round(0.65 * interval.confidence, 3), "carried"
        ), None
    if document:
        confidence = round(0.4 * document.confidence, 3)
        return EventDate(document.start, document.end, document.granularity, confidence, "document"), None
    return None, None


def is_background(when: EventDate | None, document: DocumentDate | None) -> bool:
    """The event lies more than 30 days before the article's day."""
    last: date | None = (when.end or when.start) if when else None
    return bool(last and document and (document.start - last).days > 30)


def told_without_event(
    text: str, sentence: Sentence, expressions: Sequence[DateExpression], told: Told | None, anchor: date | None
) -> Told | None:
    """A sentence that names a day but no event still says when the next one happens: "Jets returned on Saturday." """
    for expression in reversed(expressions):
        before = text[max(sentence.start, expression.start - 60) : expression.start]
        if _SAID_BEFORE.search(before):
            continue
        interval = resolve(expression, anchor, previous=told.interval.end if told else anchor)
        if interval:
            return Told(interval, sentence.paragraph)
    return told
