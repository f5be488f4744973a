"""Articles, toponyms and events with their places and actors; boxes of events on SQLite, points on PostgreSQL.

This file states the tables by itself, so that it goes on making the same ones when the models move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

DAYS = ["sort_day", "seq", "date_start", "date_end"]

SQLITE_ONLY = (
    "CREATE VIRTUAL TABLE event_boxes USING rtree(seq, west, east, south, north)",
    "CREATE TRIGGER events_box_insert AFTER INSERT ON events WHEN new.lat IS NOT NULL BEGIN "
    "INSERT INTO event_boxes VALUES (new.seq, new.lon, new.lon, new.lat, new.lat); END",
    "CREATE TRIGGER events_box_update AFTER UPDATE OF seq, lat, lon ON events BEGIN "
    "DELETE FROM event_boxes WHERE seq = old.seq; "
    "INSERT INTO event_boxes SELECT new.seq, new.lon, new.lon, new.lat, new.lat WHERE new.lat IS NOT NULL; END",
    "CREATE TRIGGER events_box_delete AFTER DELETE ON events BEGIN DELETE FROM event_boxes WHERE seq = old.seq; END",
)
POSTGRESQL_ONLY = (
    "CREATE EXTENSION IF NOT EXISTS postgis",
    "ALTER TABLE events ADD COLUMN geom geometry(Point, 4326) "
    "GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED",
    "CREATE INDEX ix_events_geom ON events USING gist (geom)",
    "CREATE INDEX ix_events_newest ON events (sort_day DESC NULLS LAST, seq DESC)",
)


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("title", sa.String()),
        sa.Column("published_at", sa.String()),
        sa.Column("source", sa.String()),
        sa.Column("url", sa.String()),
        sa.Column("external_id", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("hints", sa.JSON()),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("pipeline_version", sa.String(), nullable=False),
        sa.Column("gazetteer_version", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("fingerprint", name="uq_articles_fingerprint"),
    )
    op.create_table(
        "toponyms",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("place_id", sa.String()),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_toponyms_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_toponyms"),
    )
    op.create_index("ix_toponyms_place_id", "toponyms", ["place_id"])
    op.create_table(
        "events",
        sa.Column("seq", ROW_ID, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("sub_event_type", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("date_start", sa.Date()),
        sa.Column("date_end", sa.Date()),
        sa.Column("sort_day", sa.Date()),
        sa.Column("country", sa.String()),
        sa.Column("admin1", sa.String()),
        sa.Column("admin1_key", sa.String()),
        sa.Column("admin1_code", sa.String()),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("radius_km", sa.Double()),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("source", sa.String()),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_events_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_events"),
        sa.UniqueConstraint("id", name="uq_events_id"),
        sqlite_autoincrement=True,
    )
    for name, columns in (
        ("article_id", ["article_id"]),
        ("incident_id", ["incident_id"]),
        ("kind", ["kind"]),
        ("confidence_seq", ["confidence", "seq"]),
        ("days", DAYS),
        ("country_days", ["country", *DAYS]),
        ("admin1_code_days", ["admin1_code", *DAYS]),
        ("event_type_days", ["event_type", *DAYS]),
    ):
        op.create_index(f"ix_events_{name}", "events", columns)
    op.create_table(
        "event_places",
        sa.Column("event_seq", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("admin1", sa.String()),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("radius_km", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["event_seq"], ["events.seq"], name="fk_event_places_event_seq", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_seq", "position", name="pk_event_places"),
    )
    op.create_index("ix_event_places_place_id", "event_places", ["place_id"])
    op.create_table(
        "event_actors",
        sa.Column("event_seq", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("inter", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.ForeignKeyConstraint(["event_seq"], ["events.seq"], name="fk_event_actors_event_seq", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_seq", "position", name="pk_event_actors"),
    )
    for statement in POSTGRESQL_ONLY if op.get_bind().dialect.name == "postgresql" else SQLITE_ONLY:
        op.execute(statement)


def downgrade() -> None:
    # The triggers go with their table. The PostGIS extension stays: other schemas of the database may use it.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE event_boxes")
    for table in ("event_actors", "event_places", "events", "toponyms", "articles"):
        op.drop_table(table)
