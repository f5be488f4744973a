"""One incident, many articles: which stored event is the same thing as a new one?

A first rule, on purpose one that joins too little rather than too much. Two events are one incident when
- both are said to have happened (`occurred`, `claimed`) on closed dates of at most a week, in a place known to 25 km;
- their event type is the same, and for Strategic developments, which hold talks and lootings alike, the sub-type too;
- their days overlap or lie one day apart;
- their places lie no further apart than both radii together, at least 5 km and at most 25 km;
- they stand in different articles: what one article tells apart is apart.
Tolls and actors may differ, and do not count. Windows after MELTT and xSub, which use 1 to 5 km and 1 to 2 days.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from app.domain.queries import Bbox
from app.services.distance import box_around, geodesic_km
from app.store.records import Sighting

HAPPENED = ("occurred", "claimed")
NEAREST_KM = 5.0
FURTHEST_KM = 25.0
DAYS_APART = timedelta(days=1)
LONGEST = timedelta(days=6)
BROAD_TYPE = "Strategic developments"


def can_be_shared(event: Sighting) -> bool:
    """True when the event is dated and placed well enough to be compared with others."""
    return (
        event.status in HAPPENED
        and event.start is not None
        and event.end is not None
        and event.end - event.start <= LONGEST
        and event.lat is not None
        and event.lon is not None
        and event.radius_km <= FURTHEST_KM
    )


def window(event: Sighting) -> tuple[tuple[date, date], Bbox]:
    """The days on which the same incident can start, and the box in which it can lie.

    The event must be one that `can_be_shared`.
    """
    start, end, lat, lon = _when_and_where(event)
    first = max(start.toordinal() - (DAYS_APART + LONGEST).days, date.min.toordinal())
    last = min(end.toordinal() + DAYS_APART.days, date.max.toordinal())
    return (date.fromordinal(first), date.fromordinal(last)), box_around(lat, lon, FURTHEST_KM)


def match(event: Sighting, others: Iterable[Sighting], spent: Collection[str]) -> str | None:
    """The incident of the stored event that is most like this one, or None.

    `spent` are incidents that the same article has joined already. The same kind wins, then the nearest, then the
    first.
    """
    best: tuple[bool, float] | None = None
    chosen: str | None = None
    for other in others:
        if other.incident_id is None or other.incident_id in spent or not is_same(event, other):
            continue
        rank = (other.kind != event.kind, _apart_km(event, other))
        if best is None or rank < best:
            best, chosen = rank, other.incident_id
    return chosen


def is_same(event: Sighting, other: Sighting) -> bool:
    """The rule at the head of this module, for events of two different articles."""
    if not (can_be_shared(event) and can_be_shared(other)) or event.event_type != other.event_type:
        return False
    if event.event_type == BROAD_TYPE and event.sub_event_type != other.sub_event_type:
        return False
    start, end, *_ = _when_and_where(event)
    other_start, other_end, *_ = _when_and_where(other)
    if start - other_end > DAYS_APART or other_start - end > DAYS_APART:
        return False
    return _apart_km(event, other) <= max(NEAREST_KM, min(event.radius_km + other.radius_km, FURTHEST_KM))


def _apart_km(event: Sighting, other: Sighting) -> float:
    _, _, lat, lon = _when_and_where(event)
    _, _, other_lat, other_lon = _when_and_where(other)
    return geodesic_km(lat, lon, other_lat, other_lon)


def _when_and_where(event: Sighting) -> tuple[date, date, float, float]:
    if event.start is None or event.end is None or event.lat is None or event.lon is None:
        raise ValueError("only an event that can be shared has a window")
    return event.start, event.end, event.lat, event.lon
