"""Which date is the event's date.

Order (research on news dates, "Event date"): an expression of its own clause; one of its sentence; the day told last in
the same paragraph; the document's day. A date that belongs to the saying ("said on Tuesday") dates the event only where
no other does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.coding.clauses import Group
from app.domain.dates import DocumentDate, EventDate
from app.recognition.dates import DateExpression, Interval, resolve
from app.recognition.tokens import Sentence

_SAY = (
    r"(?:said|says|told|reported|reports|announced|stated|claimed|confirmed|insisted|added|declared|wrote|statement"
    r"|indicated)"
)
_SAID_BEFORE = re.compile(
    rf"\b{_SAY}(?:\s+\w+){{0,4}}?\s+(?:late\s+|early\s+)?(?:on\s+|in a statement on\s+)?$", re.IGNORECASE
)
# "..., said Hussein Abazeed, a spokesman for militants, on Thursday": the speech stands before the verb
_SAID_INVERTED = re.compile(rf"[,”\"’]\s*{_SAY}\s[^.;“”\"]{{0,80}}?\bon\s+$", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|would|shall|to be|is to|are to)\b", re.IGNORECASE)
_SAID_AFTER = re.compile(rf"^[\s,]*(?:\w+\s+){{0,4}}?{_SAY}\b", re.IGNORECASE)
COUNTED_FROM_BEFORE = {"shift", "anaphoric"}
"""Cases that count from the day told last, not from the article's."""
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s+(?:\w+\s+)?$", re.IGNORECASE)
_MOST_SINCE = re.compile(
    r"\b(?:worst|deadliest|first|largest|biggest|heaviest|highest|bloodiest|most)\b[^.;]{0,50}\bsince\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""The deadliest attack since 2014 is not an attack since 2014."""
_NEXT_CLAUSE = re.compile(r"[,;]\s+(?:and|but|while|whereas|when|after|before)\s|;\s")
_CLAUSE = 80
"""Characters that the end of a clause counts."""
CARRIED_TRUST = 0.65
DOCUMENT_TRUST = 0.4


@dataclass(frozen=True, slots=True)
class Told:
    """The days told last and the paragraph they stood in; `event_day` is where "a day earlier" counts from."""

    interval: Interval
    paragraph: int
    event_day: date


def _is_said(text: str, sentence: Sentence, expression: DateExpression, group: Group) -> bool:
    """The date hangs on a verb of saying: "..., the army said on Tuesday", "Reports on Thursday indicated that"."""
    before = text[max(sentence.start, expression.start - 110) : expression.start]
    said = _SAID_BEFORE.search(before[-60:])
    if said and _AHEAD.search(said.group()):
        return False  # "said talks will resume on Friday"
    if _SAID_BEFORE.search(before[-60:]) or _SAID_INVERTED.search(before):
        return True
    after = text[expression.end : min(sentence.end, expression.end + 50)]
    ahead = expression.end <= group.main.start
    return ahead and bool(_SAID_AFTER.match(after)) and " that " in text[expression.end : group.main.start] + " "


def _is_the(text: str, sentence: Sentence, group: Group) -> bool:
    """The trigger is what was told before: "the blast", "that attack"."""
    return bool(_DEFINITE.search(text[max(sentence.start, group.main.start - 30) : group.main.start]))


def _far(text: str, expression: DateExpression, group: Group) -> int:
    """How far the date stands from the trigger, in characters; farther where a clause ends between them."""
    first, second = sorted((expression.start, group.main.start))
    return second - first + _CLAUSE * len(_NEXT_CLAUSE.findall(text, first, second))


def _forward(text: str, expression: DateExpression, group: Group, *, counted: bool) -> DateExpression:
    """ "Four days after the recapture, a bomb exploded" counts forward from the recapture to the bomb; "a day after
    rebels had taken the town" counts back from the day told to the taking. Forward needs a day told before (`counted`).
    """
    way = expression.parts.get("way")
    outside = group.main.start < expression.start or "," in text[expression.end : group.main.start]
    flipped = {"after": "later"} if outside else {"before": "later"}
    if expression.case != "shift" or way not in flipped or not counted:
        return expression
    return replace(expression, parts={**expression.parts, "way": flipped[way]})


def _resolve(
    text: str,
    group: Group,
    expression: DateExpression,
    here: Sequence[DateExpression],
    told: Told | None,
    anchor: date | None,
    *,
    planned: bool,
) -> Interval | None:
    base = told.event_day if told else anchor
    if expression.case in COUNTED_FROM_BEFORE:
        earlier = [e for e in here if e.end <= expression.start and e.case not in COUNTED_FROM_BEFORE]
        first = resolve(earlier[-1], anchor) if earlier else None
        base = first.start if first else base
    expression = _forward(text, expression, group, counted=told is not None)
    return resolve(expression, anchor, tense="future" if planned else "past", previous=base)


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
    """(the event's date, the interval to count the next event from); `expressions` are those of the sentence."""
    expressions = [e for e in expressions if not (e.since and _MOST_SINCE.search(text, sentence.start, e.start))]
    said = [e for e in expressions if _is_said(text, sentence, e, group)]
    own = [e for e in expressions if e not in said and group.start <= e.start < group.end]
    rest = [e for e in expressions if e not in said and e not in own]
    trust = document.confidence if document else 1.0
    # When something planned is announced says nothing of when it will be.
    # "The blast killed nine, a doctor said on Tuesday": the blast has its day already.
    again = told is not None and told.paragraph == sentence.paragraph and _is_the(text, sentence, group)
    for pool, factor in ((own, 1.0), (rest, 0.8), ([] if planned or again else said, 0.7)):
        for expression in sorted(pool, key=lambda e: (_far(text, e, group), e.start)):
            if expression.case == "dawn" and len(pool) > 1:
                continue
            if planned and expression.case == "shift":
                continue  # "will sit down again, a day after walking out": the day of the walking out
            interval = _resolve(text, group, expression, expressions, told, anchor, planned=planned)
            if interval:
                sure = interval.confidence * factor * (1.0 if expression.is_absolute else max(0.5, trust))
                end = None if expression.since and planned else interval.end
                where = (expression.start, expression.end)
                return EventDate(interval.start, end, interval.granularity, round(sure, 3), "text", *where), interval
    if planned:
        return (EventDate(anchor, None, "range", DOCUMENT_TRUST, "document") if anchor else None), None
    if told and told.paragraph == sentence.paragraph:
        days = told.interval
        sure = round(CARRIED_TRUST * days.confidence, 3)
        return EventDate(days.start, days.end, days.granularity, sure, "carried"), None
    if document and anchor:
        return EventDate(anchor, anchor, "day", round(DOCUMENT_TRUST * document.confidence, 3), "document"), None
    return None, None


def is_background(when: EventDate | None, document: DocumentDate | None) -> bool:
    """The event lies more than 30 days before the article's day."""
    last = (when.end or when.start) if when else None
    return bool(last and document and (document.start - last).days > 30)


def told_without_event(
    text: str, sentence: Sentence, expressions: Sequence[DateExpression], told: Told | None, anchor: date | None
) -> Told | None:
    """A sentence that names a day but no event still says when the next one happens: "Jets returned on Saturday." """
    for expression in reversed(expressions):
        if _SAID_BEFORE.search(text[max(sentence.start, expression.start - 60) : expression.start]):
            continue
        interval = resolve(expression, anchor, previous=told.event_day if told else anchor)
        if interval:
            return Told(interval, sentence.paragraph, told.event_day if told else interval.end)
    return told
