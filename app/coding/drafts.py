"""An event while it is being put together, and how two tellings of one event become one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.dates import EventDate
from app.domain.events import Actor, Attribution, Status, Toll
from app.domain.spans import Span
from app.recognition.casualties import TollMention
from app.recognition.triggers import Trigger, lexicon
from app.resolution.geo import quick_km
from app.resolution.relations import Spot

_SAME_KM = 3.0
_LOOK_BACK = 200
"""Events before this one that it may be told again of; no article tells more, and a longer list must not take longer
each.
"""
MAX_ACTORS = 6
_BLOODLESS = {
    "talks",
    "ceasefire",
    "release",
    "surrender",
    "weapons_surrender",
    "threat",
    "base_established",
    "military_exercise",
}
"""Kinds to which no toll of a later sentence belongs."""
_ROAMING = {"talks", "ceasefire", "threat", "offensive"}
"""Told now by their region, now by their town, without being two events."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything known about one event before its codes are derived."""

    trigger: Trigger
    start: int
    end: int
    """The clause that supports it, as offsets."""
    sentence: int
    status: Status
    when: EventDate | None
    spot: Spot | None
    others: tuple[Spot, ...]
    place_confidence: float
    actors: tuple[Actor, ...]
    fatalities: Toll | None
    injured: Toll | None
    attribution: Attribution | None
    unlisted: Span | None = None
    """The name of the place where the gazetteer lacks it; then `spot` is only the area around it, or None."""
    another: bool = False
    """The words call it a second or another one."""
    reasons: tuple[str, ...] = field(default=())

    @property
    def kind(self) -> str:
        """The fine type."""
        return self.trigger.kind


def _overlap(a: EventDate | None, b: EventDate | None) -> bool:
    if a is None or b is None:
        return True
    first = [a.start or a.end, a.end or a.start]
    second = [b.start or b.end, b.end or b.start]
    return not (first[0] and second[1] and first[0] > second[1]) and not (
        second[0] and first[1] and second[0] > first[1]
    )


def _same_place(a: Draft, b: Draft) -> bool:
    if a.spot is None or b.spot is None:
        return True
    if a.spot.place.id == b.spot.place.id or quick_km(a.spot.place, b.spot.place) <= _SAME_KM:
        return True
    # A place that was only carried over, or a region that holds the other, does not make a second event.
    carried = a.spot.start is None or b.spot.start is None
    wide = max(a.spot.place.radius_km, b.spot.place.radius_km)
    one_is_area = (a.spot.geo_precision == 3) != (b.spot.geo_precision == 3)
    loose = carried or (a.kind == b.kind and a.kind in _ROAMING)
    return one_is_area and loose and quick_km(a.spot.place, b.spot.place) <= wide


def _reality(status: Status) -> str:
    return "real" if status in {"occurred", "claimed"} else status


def _leans_on(a: Draft, b: Draft) -> bool:
    """The later telling has neither day nor place of its own: "The blast tore the front off a row of shops." """
    undated = [draft.when is None or draft.when.source != "text" for draft in (a, b)]
    unplaced = [draft.spot is None or draft.spot.start is None for draft in (a, b)]
    near = b.sentence - a.sentence <= 3
    # Or one tells where and the other when: "Busra hosted the last round. That round, held on Wednesday, ..."
    split = a.kind == b.kind and undated[0] and not unplaced[0] and not undated[1] and unplaced[1]
    return near and ((undated[1] and unplaced[1]) or split)


_ANOTHER = re.compile(r"\b(?:second|third|fourth|another|separate|further|new)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)

_LATER = re.compile(
    r"\s*(?:[\w-]+\s+){0,2}(?:minutes|hours|days|weeks|months|years|hour|day|week)\s+(?:later|afterwards?)\b",
    re.IGNORECASE,
)


def is_another(text: str, clause: int, start: int) -> bool:
    """ "a second blast", "Days later, ...": words before the trigger that set it apart from what was told; `clause` and
    `start` are where its clause and its own words begin.
    """
    return bool(_ANOTHER.search(text, max(0, start - 40), start) or _LATER.match(text, clause, start))


def _victims_differ(a: Draft, b: Draft) -> bool:
    """Both tell of their dead, and not of the same: other tolls in one sentence, or other people."""
    if not a.fatalities or not b.fatalities or a.kind != b.kind:
        return False
    if a.fatalities != b.fatalities and (a.sentence == b.sentence or a.kind == "killing"):
        return True
    heads = [{x.name.split()[-1].lower() for x in d.actors if x.role == "target"} for d in (a, b)]
    return bool(heads[0] and heads[1] and not heads[0] & heads[1])


def same_event(a: Draft, b: Draft) -> bool:
    """Two tellings of one event: alike in kind (or one folds the other), status, place and day."""
    retold = lexicon().retold
    near = abs(a.sentence - b.sentence) <= 3
    alike = a.kind == b.kind or (near and (b.kind in retold.get(a.kind, ()) or a.kind in retold.get(b.kind, ())))
    if not alike or _reality(a.status) != _reality(b.status):
        return False
    if not _overlap(a.when, b.when) and not _leans_on(a, b):
        return False
    if (
        a.sentence == b.sentence
        and a.kind == b.kind
        and a.spot
        and b.spot
        and a.spot.start != b.spot.start
        and b.spot.start is not None
    ):
        return a.spot.place.id == b.spot.place.id
    return not (b.another or _victims_differ(a, b)) and _same_place(a, b)


def _later(told: Toll | None, now: TollMention | None) -> Toll | None:
    """What was told first, unless the later words are a new total."""
    if now is None or (told is not None and not now.update):
        return told
    return now.toll


def with_toll(draft: Draft, tolls: Sequence[TollMention]) -> Draft:
    """The draft with what a later sentence says of its dead and hurt; what it has already is kept."""
    if draft.kind in _BLOODLESS or draft.status not in {"occurred", "claimed"}:
        return draft
    killed = next((t for t in tolls if t.harm == "killed"), None)
    injured = next((t for t in tolls if t.harm == "injured"), None)
    return replace(draft, fatalities=_later(draft.fatalities, killed), injured=_later(draft.injured, injured))


def _better_date(a: EventDate | None, b: EventDate | None) -> EventDate | None:
    if a is None or b is None:
        return a or b
    return a if (a.source == "text", a.confidence) >= (b.source == "text", b.confidence) else b


def _finer(a: Draft, b: Draft) -> bool:
    """`b` says better than `a` where it happened."""
    if b.spot is None or a.spot is None:
        return a.spot is None and b.spot is not None
    if a.spot.geo_precision != b.spot.geo_precision:
        return b.spot.geo_precision < a.spot.geo_precision
    return b.place_confidence > a.place_confidence and a.spot.place.id != b.spot.place.id


def _larger(first: Toll | None, second: Toll | None) -> Toll | None:
    """The later toll, unless it is smaller: "killing 56 ... one of them died at the gate" counts a part again."""
    if first is None or second is None:
        return second or first
    told = [toll.best if toll.best is not None else toll.low or 0 for toll in (first, second)]
    return first if told[1] < told[0] else second


def merge(first: Draft, second: Draft) -> Draft:
    """One event out of two tellings: the stronger kind's words, the surer place and day, the later toll."""
    rank = lexicon().rank
    lead, other = (first, second) if rank[first.kind] <= rank[second.kind] else (second, first)
    if lead.kind == other.kind and _finer(lead, other):
        lead, other = other, lead
    where = other if _finer(lead, other) else lead
    when = _better_date(lead.when, other.when)
    start, end = lead.start, lead.end
    if lead.kind == other.kind and when is other.when is not lead.when:
        start, end = min(start, other.start), max(end, other.end)  # one clause says where, the other when
    names = {actor.name.lower() for actor in lead.actors}
    return replace(
        lead,
        start=start,
        end=end,
        spot=where.spot,
        others=where.others,
        unlisted=where.unlisted,
        place_confidence=where.place_confidence,
        when=when,
        actors=(lead.actors + tuple(a for a in other.actors if a.name.lower() not in names))[:MAX_ACTORS],
        fatalities=_larger(first.fatalities, second.fatalities),
        injured=_larger(first.injured, second.injured),
        status="occurred" if "occurred" in {first.status, second.status} and first.kind == second.kind else lead.status,
        attribution=lead.attribution or other.attribution,
        reasons=(*lead.reasons, "told twice"),
    )


def merged(drafts: list[Draft]) -> list[Draft]:
    """The drafts with second tellings folded into the first, in reading order."""
    out: list[Draft] = []
    for draft in drafts:
        back = range(len(out) - 1, max(-1, len(out) - 1 - _LOOK_BACK), -1)
        at = next((n for n in back if same_event(out[n], draft)), None)
        if at is None:
            out.append(draft)
        else:
            out[at] = merge(out[at], draft)
    return out
