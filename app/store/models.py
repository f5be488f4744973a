"""The tables, as both stores hold them; what only one of them has is in `spatial.py`.

    articles --< toponyms
    articles --< events --< event_places (0: the event's place, 1...: "in A or B")
                       --< event_actors
    jobs --< job_parts

Deleting an article deletes all that hangs on it. The wire form is kept beside the columns (`document`, `body`): columns
are there to be asked for, the wire form is there to be answered.
"""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

RowId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite grows a row number only on a column that is exactly INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database; a moment without time zone is an error of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("moments are stored with their time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables; constraints get the same names on both stores, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: String(),
        float: Double(),
        date: Date(),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
    }


class ArticleRow(Base):
    """One article as sent, with the document that was read out of it."""

    __tablename__ = "articles"

    id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    """What makes two posts the same article: `keys.fingerprint`."""
    text: Mapped[str]
    title: Mapped[str | None]
    published_at: Mapped[str | None]
    """As the caller sent it: a day or a moment in his own time zone."""
    source: Mapped[str | None]
    url: Mapped[str | None]
    external_id: Mapped[str | None]
    language: Mapped[str | None]
    hints: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    document: Mapped[dict[str, Any]]
    """The contract's `Document out`, exactly as answered."""
    pipeline_version: Mapped[str]
    gazetteer_version: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    toponyms: Mapped[list["ToponymRow"]] = relationship(passive_deletes=True, lazy="raise")
    events: Mapped[list["EventRow"]] = relationship(passive_deletes=True, lazy="raise")


class ToponymRow(Base):
    """One mention of a place name in a stored article."""

    __tablename__ = "toponyms"

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start_char: Mapped[int]
    end_char: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str]
    role: Mapped[str]
    place_id: Mapped[str | None] = mapped_column(index=True)
    confidence: Mapped[float]


class EventRow(Base):
    """One coded event: the columns that questions filter and sort by, and the wire event."""

    __tablename__ = "events"

    seq: Mapped[int] = mapped_column(RowId, primary_key=True)
    """Grows with every stored event and is never used again: breaks ties of a sort, and ties the R*Tree to the row."""
    id: Mapped[str] = mapped_column(unique=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    incident_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(index=True)
    event_type: Mapped[str]
    sub_event_type: Mapped[str]
    status: Mapped[str]
    date_start: Mapped[date | None]
    date_end: Mapped[date | None]
    """Both ends inclusive; null for an open end, both null when nothing dates the event."""
    sort_day: Mapped[date | None]
    """The start, or where that is open the end: what the event is sorted by, null only for an undated one."""
    country: Mapped[str | None]
    admin1: Mapped[str | None]
    admin1_key: Mapped[str | None]
    admin1_code: Mapped[str | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    radius_km: Mapped[float | None]
    confidence: Mapped[float]
    source: Mapped[str | None]
    """The article's."""
    body: Mapped[dict[str, Any]]
    """The wire event, exactly as answered with the article."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    places: Mapped[list["EventPlaceRow"]] = relationship(passive_deletes=True, lazy="raise")
    actors: Mapped[list["EventActorRow"]] = relationship(passive_deletes=True, lazy="raise")

    __table_args__ = (
        # The dates at the end: a span of days is then counted without reading the wide rows.
        Index("ix_events_days", "sort_day", "seq", "date_start", "date_end"),
        Index("ix_events_country_days", "country", "sort_day", "seq", "date_start", "date_end"),
        Index("ix_events_admin1_code_days", "admin1_code", "sort_day", "seq", "date_start", "date_end"),
        Index("ix_events_event_type_days", "event_type", "sort_day", "seq", "date_start", "date_end"),
        Index("ix_events_confidence_seq", "confidence", "seq"),
        {"sqlite_autoincrement": True},
    )


class EventPlaceRow(Base):
    """A place of an event: position 0 is where it happened, the others are what "in A or B" leaves open."""

    __tablename__ = "event_places"

    event_seq: Mapped[int] = mapped_column(RowId, ForeignKey("events.seq", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    country: Mapped[str | None]
    admin1: Mapped[str | None]
    lat: Mapped[float]
    lon: Mapped[float]
    radius_km: Mapped[float]


class EventActorRow(Base):
    """Somebody who acts in or suffers an event."""

    __tablename__ = "event_actors"

    event_seq: Mapped[int] = mapped_column(RowId, ForeignKey("events.seq", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    name_key: Mapped[str]
    role: Mapped[str]
    inter: Mapped[str]
    country: Mapped[str | None]


class JobRow(Base):
    """Many articles that were sent at once, one a line, and how far their reading has come."""

    __tablename__ = "jobs"

    seq: Mapped[int] = mapped_column(RowId, primary_key=True)
    """Jobs are done in this order."""
    id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    """`queued`, `running`, `done`, `failed`."""
    total: Mapped[int]
    """Lines that are not blank."""
    line: Mapped[int]
    """The last line that is settled, counted from 1 with the blank ones; 0 before the first."""
    created: Mapped[int]
    duplicates: Mapped[int]
    rejected: Mapped[int]
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """`line` and `detail` of the first lines that were rejected."""
    worker: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    """While it lasts the job is that worker's; a later moment than this means that the worker is dead."""
    attempts: Mapped[int]
    """How often the job was claimed since the last line was settled."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (Index("ix_jobs_status_seq", "status", "seq"),)


class JobPartRow(Base):
    """Some lines of a job, compressed; deleted when all of them are settled."""

    __tablename__ = "job_parts"

    job_seq: Mapped[int] = mapped_column(RowId, ForeignKey("jobs.seq", ondelete="CASCADE"), primary_key=True)
    first_line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class OwnPlaceRow(Base):
    """A place that a user added with POST /v1/places; all workers of the service find it."""

    __tablename__ = "own_places"

    seq: Mapped[int] = mapped_column(RowId, primary_key=True)
    """Grows with every place and is never used again: with the count it tells one state of the table from another."""
    id: Mapped[str] = mapped_column(unique=True)
    place: Mapped[dict[str, Any]]
    """The fields of `domain.places.Place`."""
    spellings: Mapped[list[str]] = mapped_column(JSON)
    """All of them, the headline name first."""
    created_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)
