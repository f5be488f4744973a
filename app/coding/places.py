"""Which place is the event's place: a scored choice over the spots of its sentence, else the place told before.

A dateline, a speaker's seat, a landmark, a government is never the place (research on event geocoding, section 3).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.coding.antecedents import antecedent, find_anaphor, unit_of, unlisted
from app.coding.clauses import Group
from app.coding.place_rules import place_rules
from app.coding.reading import Reading
from app.coding.spot_scores import NEVER, NEVER_POINTS, score_spot
from app.recognition.tokens import Sentence
from app.resolution.geo import quick_km
from app.resolution.relations import Spot, spot_of
from app.resolution.resolve import Resolved

_HERE = re.compile(r"\bhere\b|\bin the (?:port )?city\b")
_JOINED = re.compile(
    r"\s*(?=,|and\b|as\b)(?:,\s*)?(?:(?:and(?:\s+(?:in|near))?|as well as|in)\b)?\s*(?:the\s+)?"
    r"(?:(?:towns?|villages?|cities|city|districts?)\s+of\s+)?"
)
_AND_AT = re.compile(r"\band\b(?:\s+[\w-]+){0,5}\s+(?:in|at|on|near|of|around)\s+(?:the\s+)?$")
BELIEVED_PLACE = 0.5
"""Least belief of the role model that a name is an event place, for a second place of a clause."""
_OR = re.compile(r"\bor\b")
_HELD_BACK = 3.5
"""Points by which an area may beat a place inside it and still give way to it."""
_LONGEST_OR = 60
CARRY_SENTENCES = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """The spot of an event, the others it may be ("in A or B"), how sure that is, and why."""

    spot: Spot
    others: tuple[Spot, ...]
    confidence: float
    reason: str
    unlisted: Resolved | None = None
    """The name that places the event but that the gazetteer lacks; the spot is the area around it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier sentences leave behind: the spot of the last event and where it stood."""

    spot: Spot
    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Scored:
    points: float
    reason: str
    spot: Spot


def _holds(area: Spot, inner: Spot) -> bool:
    """`inner` lies in the admin unit, the country or the region `area`."""
    a, b = area.place, inner.place
    if a.is_country or a.feature_code == "ADM1" or a.id == b.id:
        return a.holds(b)
    return area.geo_precision == 3 and inner.geo_precision < 3 and quick_km(a, b) <= a.radius_km


def _between(text: str, first: Spot, second: Spot) -> str | None:
    """The text between two mentions, whichever comes first; None where one has no mention."""
    if first.start is None or first.end is None or second.start is None or second.end is None:
        return None
    left, right = (first, second) if first.start < second.start else (second, first)
    return text[left.end : right.start]


def _either(text: str, first: Spot, second: Spot) -> bool:
    """ "in A or in B": the second is another candidate for the same event."""
    between = _between(text, first, second)
    return bool(
        between and len(between) < _LONGEST_OR and _OR.search(between.lower()) and "," not in between.strip(",")[:-1]
    )


def _joined(text: str, first: Spot, second: Spot) -> bool:
    """ "captured A and B", "in A, B and C": both are places of the event."""
    between = _between(text, first, second)
    return between is not None and bool(_JOINED.fullmatch(between))


def _carry(spot: Spot, confidence: float, reason: str) -> list[Choice]:
    return [Choice(replace(spot, start=None, end=None, resolved=None), (), confidence, reason)]


def _row_of(text: str, best: Spot, spots: Sequence[Spot]) -> list[Spot]:
    """The places that stand in one row with the best one, "in A, B and C", before and behind it."""
    at = best.start or 0
    row: list[Spot] = []
    for side in (
        sorted((s for s in spots if (s.start or 0) > at), key=lambda s: s.start or 0),
        sorted((s for s in spots if (s.start or 0) < at), key=lambda s: -(s.start or 0)),
    ):
        chain = best
        for spot in side:
            if _joined(text, chain, spot) and not (spot.place.holds(chain.place) or chain.place.holds(spot.place)):
                # "Homs and Daraa" may be a town and a province; "Celaya, Guanajuato" is a town in its province
                alike = spot.geo_precision == chain.geo_precision or "and" in (_between(text, chain, spot) or "")
                if alike and spot.place.is_country == best.place.is_country:
                    row.append(spot)
                    chain = spot
    return row


def _also(text: str, group: Group, best: Spot, other: Spot) -> bool:
    """ "at a bus in Rentería and at the court of Bergara": a second place of one clause, with its own preposition."""
    if best.resolved is None or other.resolved is None or other.geo_precision == 3 or best.geo_precision == 3:
        return False
    if other.relation or best.place.holds(other.place) or other.place.holds(best.place):
        return False
    between = _between(text, best, other)
    inside = all(spot.start is not None and group.start <= spot.start < group.end for spot in (best, other))
    believed = [(spot.resolved.mention.roles or {}).get("event_place", 0.0) for spot in (best, other) if spot.resolved]
    return inside and between is not None and bool(_AND_AT.search(between)) and min(believed) >= BELIEVED_PLACE


def _told(text: str, group: Group, fit: Sequence[_Scored], scored: Sequence[_Scored]) -> list[Choice]:
    """The best spot with its alternatives, and the places joined to it by "and", however they score themselves."""
    best = fit[0]
    others = tuple(item.spot for item in fit[1:] if _either(text, best.spot, item.spot))
    confidence = min(0.95, 0.5 + 0.08 * best.points)
    usable = [item.spot for item in scored if item.points > NEVER_POINTS and item.spot not in (best.spot, *others)]
    row = _row_of(text, best.spot, usable)
    more = [item.spot for item in fit[1:] if item.spot not in row and _also(text, group, best.spot, item.spot)]
    return [
        Choice(best.spot, others, confidence, best.reason),
        *(Choice(spot, (), confidence - 0.05, "joined by 'and'") for spot in row),
        *(Choice(spot, (), confidence - 0.1, "another place of the clause") for spot in more),
    ]


def named_place(carried: Carried | None, spots: Sequence[Spot], sentence: Sentence) -> Carried | None:
    """A sentence without an event may still say where the next one happens: its town is carried on."""
    named = [
        (spot, spot.resolved.mention)
        for spot in spots
        if spot.geo_precision < 3 and spot.resolved and (spot.relation or spot.resolved.mention.role == "mention")
    ]
    located = [spot for spot, mention in named if spot.relation or mention.cues.preposition in place_rules().at]
    best = located[-1:] or ([named[0][0]] if len(named) == 1 else [])
    return Carried(best[0], sentence.paragraph, sentence.index) if best else carried


def choose_place(
    reading: Reading, sentence: Sentence, group: Group, spots: Sequence[Spot], carried: Carried | None
) -> list[Choice]:
    """The places of one event: usually one; several when the words join them; none when nothing places it."""
    text, rules, resolved = reading.text, place_rules(), reading.resolved_up_to(sentence)
    scored = [_Scored(*score_spot(sentence, group, spot), spot) for spot in spots]
    scored.sort(key=lambda item: -item.points)
    anaphor = find_anaphor(text, group)
    meant = antecedent(anaphor, resolved, reading.capital) if anaphor else None

    # 1  A place of the sentence; an area gives way to a place inside it, also to "the town" before it.
    fit = [item for item in scored if item.points >= rules.threshold]
    inner = [
        item
        for item in fit
        if not any(_holds(item.spot, other.spot) for other in fit if other.points >= item.points - _HELD_BACK)
    ]
    if fit:
        best = (inner or fit)[0].spot
        if anaphor and meant and best.geo_precision == 3 and meant.geo_precision < 3 and _holds(best, meant):
            return _carry(meant, 0.6, f"'{anaphor.group()}' is {meant.place.name}")
        told = _told(text, group, inner or fit, scored)
        unknown = unlisted(group, resolved) if best.geo_precision == 3 else None
        if unknown and len(told) == 1:
            # "in Sikeniye, a village in Iraq": the country is only what holds it
            why = f"{unknown.mention.text} is not in the gazetteer"
            return [replace(told[0], confidence=min(told[0].confidence, 0.3), reason=why, unlisted=unknown)]
        return told
    # 2  A name that the gazetteer lacks: its unit or the article's region, never the town of the last event.
    unknown = unlisted(group, resolved)
    wider = (unit_of(unknown, resolved) or reading.region) if unknown else None
    if unknown and wider:
        choice = _carry(wider, 0.3, f"{unknown.mention.text} is not in the gazetteer")
        return [replace(choice[0], unlisted=unknown)]
    # 3  "the town", "there"; else the place of the event before.
    if anaphor and meant:
        return _carry(meant, 0.6, f"'{anaphor.group()}' is {meant.place.name}")
    distance = sentence.index - carried.sentence if carried else 0
    if carried and anaphor and distance <= 4:
        return _carry(carried.spot, 0.6, f"'{anaphor.group()}' is {carried.spot.place.name}")
    if carried and (carried.paragraph == sentence.paragraph or distance == 1):
        return _carry(carried.spot, 0.5 if distance <= 2 else 0.35, "carried over from the event before")
    # 4  Talks "here": the one case in which the dateline is the place.
    line = reading.dateline
    if line and line.place and group.main.kind in {"talks", "ceasefire"} and _HERE.search(text, group.start, group.end):
        return _carry(spot_of(line.place), 0.5, "talks where the report was written")
    # 5  For want of better: the only place of the sentence, the last place told, the region of the article.
    for item in scored:
        role = item.spot.resolved.mention.role if item.spot.resolved else "mention"
        usable = role not in NEVER | {"reference_landmark", "origin"} and item.spot.relation is None
        if item.points > rules.weak_threshold and usable:
            return [Choice(item.spot, (), 0.35, "only place of the sentence")]
    if carried and distance <= CARRY_SENTENCES:
        return _carry(carried.spot, 0.3, "carried over from an earlier paragraph")
    return _carry(reading.region, 0.25, "where the article as a whole plays") if reading.region else []
