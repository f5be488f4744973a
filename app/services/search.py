"""Ask for stored events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from app.domain.queries import EventQuery
from app.errors import NotFound
from app.services.articles import moment
from app.services.checks import is_storable
from app.services.cursors import make_cursor, read_cursor
from app.services.distance import box_around, within_km
from app.store import Store, Transaction
from app.store.models import EventRow
from app.store.records import Position, Region

JSON = dict[str, Any]

Regions = Callable[[str], Region]
"""What a name, place id or ISO code stands for (`services.regions` asks the gazetteer); raises BadInput."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of the events that match a query."""

    events: list[JSON]
    next_cursor: str | None
    """What to send as `cursor` for the next page; None on the last one."""
    matched: int
    """How many events match, on all pages together."""


def search_events(store: Store, regions: Regions, query: EventQuery) -> EventPage:
    """The events that match, in the order asked for.

    Whoever reads the query from outside has checked its values: characters, bounds, codes in capitals, the order of the
    days. Raises BadInput for a region or cursor that cannot be meant, and NotReady.
    """
    region = None if query.region is None else regions(query.region)
    after = read_cursor(query)
    with store.read() as transaction:
        if query.near is not None or (region is not None and region.outline is not None):
            rows, more, matched = _measured(transaction, query, region, after)
        else:
            matched = transaction.events.count(query, region)
            found = transaction.events.page(query, region, after, query.limit + 1)
            rows, more = found[: query.limit], len(found) > query.limit
    next_cursor = make_cursor(query, _position(query, rows[-1])) if more else None
    return EventPage([event_record(row) for row in rows], next_cursor, matched)


def get_event(store: Store, event_id: str) -> JSON:
    """One stored event. Raises NotFound."""
    row = None
    if is_storable(event_id):
        with store.read() as transaction:
            row = transaction.events.get(event_id)
    if row is None:
        raise NotFound("There is no event under this id; its article may have been deleted.")
    return event_record(row)


def event_record(row: EventRow) -> JSON:
    """The wire event with what the store knows about it."""
    return {
        **row.body,
        "article_id": row.article_id,
        "incident_id": row.incident_id,
        "created_at": moment(row.created_at),
        "updated_at": moment(row.updated_at),
    }


def _measured(
    transaction: Transaction, query: EventQuery, region: Region | None, after: Position | None
) -> tuple[Sequence[EventRow], bool, int]:
    """Rows of the page, whether more follow, how many match, where a circle or a polygon decides.

    The store chooses by a box, then the geodesic and the polygon decide. The positions of all events in the box are
    read, but only the page's events: `matched` is exact, and a page is full when more follow.
    """
    near, outline = query.near, None if region is None else region.outline
    box = None if near is None else box_around(near.lat, near.lon, near.radius_km)
    points = transaction.events.points(query, region, box, after)
    if near is not None:
        points = [at for at in points if within_km(near.lat, near.lon, at.lat, at.lon, near.radius_km)]
    if outline is not None:
        shapely.prepare(outline)
        inside = shapely.intersects_xy(outline, [at.lon for at in points], [at.lat for at in points])
        points = [at for at, is_inside in zip(points, inside, strict=True) if is_inside]
    behind = [at.seq for at in points if at.is_behind]
    rows = transaction.events.by_seq(behind[: query.limit], query.sort)
    return rows, len(behind) > query.limit, len(points)


def _position(query: EventQuery, row: EventRow) -> Position:
    return Position(row.confidence if query.sort == "-confidence" else row.sort_day, row.seq)
