"""The parts of an `EventQuery` as conditions and orders on the events table."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from app.domain.queries import Bbox, EventQuery, Sort
from app.store import keys
from app.store.models import EventActorRow, EventRow
from app.store.records import Position, Region
from app.store.spatial import in_box

Condition = ColumnElement[bool]

ISO_3166_2 = re.compile(r"[A-Za-z]{2}-[A-Za-z0-9]{1,3}")


def conditions(dialect: str, query: EventQuery, region: Region | None) -> list[Condition]:
    """All conditions of a query but `near` and `cursor`; `region` is what its region name was resolved to.

    Place and box mean where the event happened; the other places of "in A or B" do not count.
    """
    found = [*_lists(query), *_days(query), *_places(dialect, query, region)]
    if query.source is not None:
        found.append(EventRow.source == query.source)
    if query.actor is not None:
        named = EventActorRow.name_key.contains(keys.name_key(query.actor), autoescape=True)
        found.append(EventRow.seq.in_(select(EventActorRow.event_seq).where(named)))
    if query.min_confidence is not None:
        found.append(EventRow.confidence >= query.min_confidence)
    if query.max_radius_km is not None:
        found.append(EventRow.radius_km <= query.max_radius_km)
    return found


def _lists(query: EventQuery) -> list[Condition]:
    wanted: tuple[tuple[InstrumentedAttribute[Any], Sequence[str]], ...] = (
        (EventRow.country, query.country),
        (EventRow.event_type, query.event_type),
        (EventRow.sub_event_type, query.sub_event_type),
        (EventRow.kind, query.kind),
        (EventRow.status, query.status),
    )
    return [column.in_(list(values)) for column, values in wanted if values]


def _days(query: EventQuery) -> list[Condition]:
    # An open end reaches on forever; an event without any date lies in no span of days.
    dated = EventRow.sort_day.is_not(None)
    found = []
    if query.from_day is not None:
        found.append(and_(dated, or_(EventRow.date_end.is_(None), EventRow.date_end >= query.from_day)))
    if query.to_day is not None:
        found.append(and_(dated, or_(EventRow.date_start.is_(None), EventRow.date_start <= query.to_day)))
    return found


def _places(dialect: str, query: EventQuery, region: Region | None) -> list[Condition]:
    found = []
    if query.bbox is not None:
        found.append(in_box(dialect, query.bbox))
    if query.admin1 is not None:
        if ISO_3166_2.fullmatch(query.admin1):
            found.append(EventRow.admin1_code == query.admin1.upper())
        else:
            found.append(EventRow.admin1_key == keys.name_key(query.admin1))
    if region is not None and region.outline is not None:
        found.append(in_box(dialect, Bbox(*region.outline.bounds)))
    elif region is not None and region.admin1_code is not None:
        found.append(EventRow.admin1_code == region.admin1_code)
    elif region is not None:
        found.append(EventRow.country == region.country)
        if region.admin1 is not None:
            found.append(EventRow.admin1_key == keys.name_key(region.admin1))
    return found


def sorting(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    """The order of a list of events: undated ones last, ties in the order (`date`) or against it of their storing."""
    if sort == "date":
        return EventRow.sort_day.asc().nulls_last(), EventRow.seq.asc()
    if sort == "-date":
        return EventRow.sort_day.desc().nulls_last(), EventRow.seq.desc()
    return EventRow.confidence.desc(), EventRow.seq.desc()


def sorted_after(sort: Sort, position: Position) -> Condition:
    """Events that come behind a position in that order."""
    ascending = sort == "date"
    key: InstrumentedAttribute[Any] = EventRow.confidence if sort == "-confidence" else EventRow.sort_day
    later_tie = EventRow.seq > position.seq if ascending else EventRow.seq < position.seq
    if position.key is None:
        return and_(key.is_(None), later_tie)
    later = key > position.key if ascending else key < position.key
    return or_(later, and_(key == position.key, later_tie), key.is_(None))
