"""All that differs between the two stores: most of all, how they are asked "which events lie in this box?".

SQLite: a virtual R*Tree table `event_boxes`, kept in step with `events` by triggers. It holds 32-bit numbers, rounded
outwards, but numbers next to zero round to zero; so it is asked for a box that is a little wider.
PostgreSQL: a PostGIS point `events.geom` that the database computes from `lon` and `lat`, with a GiST index. The index
compares 32-bit boxes too.
So both only choose candidates, and the query checks the 64-bit columns again (`in_box`).
"""

from geoalchemy2 import Geometry
from sqlalchemy import Column, Computed, Index, MetaData, column, func, literal_column, or_, select, table
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.schema import SchemaItem

from app.domain.queries import Bbox
from app.store.models import Base, EventRow

_GEOM_SQL = "ST_SetSRID(ST_MakePoint(lon, lat), 4326)"

_BOXES = table("event_boxes", column("seq"), column("west"), column("east"), column("south"), column("north"))
_WIDER = 1e-6
"""Degrees; about 0.1 m."""
_POINT = Geometry("POINT", srid=4326, spatial_index=False)


def full_metadata(dialect: str) -> MetaData:
    """The tables as a migrated store of this dialect (`sqlite`, `postgresql`) holds them; for Alembic."""
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    for ours in Base.metadata.sorted_tables:
        ours.to_metadata(metadata)
    if dialect == "postgresql":
        events = metadata.tables["events"]
        events.append_column(Column("geom", _POINT, Computed(_GEOM_SQL, persisted=True), nullable=True))
        Index("ix_events_geom", events.c.geom, postgresql_using="gist")
        # Read backwards, PostgreSQL's plain index gives undated events first; SQLite's gives them last.
        Index("ix_events_newest", events.c.sort_day.desc().nulls_last(), events.c.seq.desc())
    return metadata


def is_ours(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, _compare_to: SchemaItem | None = None
) -> bool:
    """Alembic's `include_object`: leaves out the R*Tree's shadow tables and what PostGIS brings along."""
    return not (kind == "table" and reflected and name not in Base.metadata.tables)


def in_box(dialect: str, box: Bbox) -> ColumnElement[bool]:
    """Events whose point lies in the box, edges included."""
    parts = []
    for west, south, east, north in box.parts:
        exact = EventRow.lon.between(west, east) & EventRow.lat.between(south, north)
        if dialect == "postgresql":
            # ST_MakeEnvelope of a point or a line is still a box to &&, which compares bounding boxes only.
            near = literal_column("events.geom", _POINT).intersects(
                func.ST_MakeEnvelope(west, south, east, north, 4326)
            )
        else:
            near = EventRow.seq.in_(
                select(_BOXES.c.seq).where(
                    _BOXES.c.west <= east + _WIDER,
                    _BOXES.c.east >= west - _WIDER,
                    _BOXES.c.south <= north + _WIDER,
                    _BOXES.c.north >= south - _WIDER,
                )
            )
        parts.append(near & exact)
    return or_(*parts)
