"""An event while it is being put together, and how two tellings of one event become one."""

from dataclasses import dataclass, field, replace

from app.domain.dates import EventDate
from app.domain.events import Actor, Attribution, Status, Toll
from app.recognition.triggers import Trigger, lexicon
from app.resolution.geo import quick_km
from app.resolution.relations import Spot

_SAME_KM = 3.0


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
    reasons: tuple[str, ...] = field(default=())

    @property
    def kind(self) -> str:
        """The fine type."""
        return self.trigger.kind


def _overlap(a: EventDate | None, b: EventDate | None) -> bool:
    if a is None or b is None:
        return True
    ends = [(d.start or d.end, d.end or d.start) for d in (a, b)]
    (a0, a1), (b0, b1) = ends
    assert a0 and a1 and b0 and b1  # an EventDate has at least one end
    return a0 <= b1 and b0 <= a1


def _same_place(a: Draft, b: Draft) -> bool:
    if a.spot is None or b.spot is None:
        return True
    if a.spot.place.id == b.spot.place.id or quick_km(a.spot.place, b.spot.place) <= _SAME_KM:
        return True
    # A place that was only carried over, or a region that holds the other, does not make a second event.
    carried = a.spot.start is None or b.spot.start is None
    wide = max(a.spot.place.radius_km, b.spot.place.radius_km)
    one_is_area = (a.spot.geo_precision == 3) != (b.spot.geo_precision == 3)
    return one_is_area and carried and quick_km(a.spot.place, b.spot.place) <= wide


def _reality(status: Status) -> str:
    return "real" if status in {"occurred", "claimed"} else status


def same_event(a: Draft, b: Draft) -> bool:
    """Two tellings of one event: alike in kind (or one folds the other), status, place and day."""
    retold = lexicon().retold
    near = abs(a.sentence - b.sentence) <= 2
    alike = a.kind == b.kind or (near and (b.kind in retold.get(a.kind, ()) or a.kind in retold.get(b.kind, ())))
    if not alike or _reality(a.status) != _reality(b.status):
        return False
    if not _overlap(a.when, b.when):
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
    both_told = bool(a.fatalities and b.fatalities) and a.kind == b.kind == "killing" and a.fatalities != b.fatalities
    return _same_place(a, b) and not both_told


def _better_date(a: EventDate | None, b: EventDate | None) -> EventDate | None:
    if a is None or b is None:
        return a or b
    return a if (a.source == "text", a.confidence) >= (b.source == "text", b.confidence) else b


def merge(first: Draft, second: Draft) -> Draft:
    """One event out of two tellings: the stronger kind's words, the surer place and day, the later toll."""
    rank = lexicon().rank
    lead, other = (first, second) if rank[first.kind] <= rank[second.kind] else (second, first)
    spot, sure, others = lead.spot, lead.place_confidence, lead.others
    if other.spot and (
        spot is None or (other.place_confidence > sure and other.spot.geo_precision <= spot.geo_precision)
    ):
        spot, sure, others = other.spot, other.place_confidence, other.others
    names = {a.name.lower() for a in lead.actors}
    actors = lead.actors + tuple(a for a in other.actors if a.name.lower() not in names)
    return replace(
        lead,
        spot=spot,
        others=others,
        place_confidence=sure,
        when=_better_date(lead.when, other.when),
        actors=actors[:6],
        fatalities=second.fatalities or first.fatalities,
        injured=second.injured or first.injured,
        status="occurred" if "occurred" in {first.status, second.status} and first.kind == second.kind else lead.status,
        attribution=lead.attribution or other.attribution,
        reasons=(*lead.reasons, "told twice"),
    )


def merged(drafts: list[Draft]) -> list[Draft]:
    """The drafts with second tellings folded into the first, in reading order."""
    out: list[Draft] = []
    for draft in drafts:
        at = next((n for n in range(len(out) - 1, -1, -1) if same_event(out[n], draft)), None)
        if at is None:
            out.append(draft)
        else:
            out[at] = merge(out[at], draft)
    return out
