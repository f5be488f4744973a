"""Queries about events."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from app.domain.queries import Bbox, EventQuery, Sort
from app.store import keys
from app.store.filters import conditions, sorted_after, sorting
from app.store.models import ArticleRow, EventActorRow, EventPlaceRow, EventRow
from app.store.records import Point, Position, Region, Sighting
from app.store.spatial import in_box

JSON = dict[str, Any]


class Events:
    """The events that one transaction sees."""

    def __init__(self, session: Session) -> None:
        """Of this session."""
        self._session = session
        self._dialect = session.get_bind().dialect.name

    def get(self, event_id: str) -> EventRow | None:
        """The event with this id."""
        return self._session.scalar(select(EventRow).where(EventRow.id == event_id))

    def is_stored(self, event_id: str) -> bool:
        """True when this id is taken."""
        return self._session.scalar(select(EventRow.seq).where(EventRow.id == event_id)) is not None

    def add(self, article: ArticleRow, body: JSON, incident_id: str) -> EventRow:
        """Store one wire event of a stored article, with its places and actors. Its id must not be stored yet."""
        when, where = body["date"] or {}, body["place"] or {}
        start, end = _day(when.get("start")), _day(when.get("end"))
        row = EventRow(
            id=body["id"],
            article_id=article.id,
            incident_id=incident_id,
            kind=body["kind"],
            event_type=body["event_type"],
            sub_event_type=body["sub_event_type"],
            status=body["status"],
            date_start=start,
            date_end=end,
            sort_day=start or end,
            country=where.get("country"),
            admin1=where.get("admin1"),
            admin1_key=keys.name_key(where["admin1"]) if where.get("admin1") else None,
            admin1_code=where.get("admin1_code"),
            lat=where.get("lat"),
            lon=where.get("lon"),
            radius_km=where.get("radius_km"),
            confidence=body["confidence"],
            source=article.source,
            body=body,
            created_at=article.created_at,
            updated_at=article.updated_at,
        )
        places = [body["place"], *body["alternative_places"]]
        row.places = [_place(position, place) for position, place in enumerate(places) if place]
        row.actors = [_actor(position, actor) for position, actor in enumerate(body["actors"])]
        self._session.add(row)
        self._session.flush()
        return row

    def count(self, query: EventQuery, region: Region | None) -> int:
        """How many events match; `near`, `sort`, `limit` and `cursor` of the query are not looked at."""
        where = conditions(self._dialect, query, region)
        return self._session.scalar(select(func.count()).select_from(EventRow).where(*where)) or 0

    def page(self, query: EventQuery, region: Region | None, after: Position | None, limit: int) -> Sequence[EventRow]:
        """The first `limit` matching events behind a position, sorted; `near` and `cursor` are not looked at."""
        where = conditions(self._dialect, query, region)
        if after is not None:
            where.append(sorted_after(query.sort, after))
        return self._session.scalars(select(EventRow).where(*where).order_by(*sorting(query.sort)).limit(limit)).all()

    def points(self, query: EventQuery, region: Region | None, box: Bbox | None, after: Position | None) -> list[Point]:
        """Where each matching event is that has a place (in `box`, if given), sorted: what an exact distance or outline
        needs. `near` is not looked at.
        """
        behind = true() if after is None else sorted_after(query.sort, after)
        where = conditions(self._dialect, query, region)
        if box is not None:
            where.append(in_box(self._dialect, box))
        found = self._session.execute(
            select(EventRow.seq, EventRow.lat, EventRow.lon, behind)
            .where(*where, EventRow.lat.is_not(None), EventRow.lon.is_not(None))
            .order_by(*sorting(query.sort))
        )
        # For the type checker: the query leaves no event without a point.
        return [Point(seq, lat, lon, at) for seq, lat, lon, at in found if lat is not None and lon is not None]

    def by_seq(self, seqs: Sequence[int], sort: Sort) -> Sequence[EventRow]:
        """These events, sorted."""
        return self._session.scalars(select(EventRow).where(EventRow.seq.in_(seqs)).order_by(*sorting(sort))).all()

    def sightings(
        self, event_type: str, statuses: Iterable[str], starts: tuple[date, date], box: Bbox, other_than: str
    ) -> list[Sighting]:
        """Stored events of a type that start within `starts`, lie in `box`, and are not of the article `other_than`."""
        # Without the body: this runs while no other process may write.
        found = self._session.execute(
            select(
                EventRow.id,
                EventRow.incident_id,
                EventRow.kind,
                EventRow.event_type,
                EventRow.sub_event_type,
                EventRow.status,
                EventRow.date_start,
                EventRow.date_end,
                EventRow.lat,
                EventRow.lon,
                func.coalesce(EventRow.radius_km, 0.0),
            )
            .where(
                EventRow.event_type == event_type,
                EventRow.status.in_(list(statuses)),
                EventRow.sort_day.between(*starts),
                EventRow.article_id != other_than,
                in_box(self._dialect, box),
            )
            .order_by(EventRow.seq)
        )
        return [Sighting(*row) for row in found]


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def _place(position: int, place: JSON) -> EventPlaceRow:
    return EventPlaceRow(
        position=position,
        place_id=place["id"],
        name=place["name"],
        country=place["country"],
        admin1=place["admin1"],
        lat=place["lat"],
        lon=place["lon"],
        radius_km=place["radius_km"],
    )


def _actor(position: int, actor: JSON) -> EventActorRow:
    return EventActorRow(
        position=position,
        name=actor["name"],
        name_key=keys.name_key(actor["name"]),
        role=actor["role"],
        inter=actor["inter"],
        country=actor["country"],
    )
