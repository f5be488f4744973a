"""Migrations on both stores: up, down, up; with data; and no drift from the models."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, String, inspect, text

from app.services.jobs import submit_job
from app.settings import Settings
from app.store import Store, open_store
from app.store.migrate import current, downgrade, head, upgrade
from app.store.records import JobPart
from app.store.spatial import full_metadata, is_ours
from tests.unit.services.stored import store_events


def tables(store: Store) -> set[str]:
    return set(inspect(store.engine).get_table_names())


def differences(store: Store, extra: Column[str] | None = None) -> list[Any]:
    """What Alembic would change to get from the migrated store to the models."""
    metadata = full_metadata(store.engine.dialect.name)
    if extra is not None:
        metadata.tables["events"].append_column(extra)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
        return list(compare_metadata(context, metadata))


def test_up_down_up(empty_settings: Settings) -> None:
    store = open_store(empty_settings)
    before = tables(store)
    assert store.ready() == f"The database is empty and must be at {head()}: run `dateline db upgrade`."

    upgrade(empty_settings)
    assert current(empty_settings) == head()
    assert store.ready() is None
    assert {"articles", "toponyms", "events", "event_places", "event_actors", "jobs", "job_parts"} <= tables(store)
    store_events(store)  # a downgrade must get past data too

    downgrade(empty_settings, "base")
    assert current(empty_settings) is None
    # PostGIS brings its own table, and stays.
    assert tables(store) - before <= {"alembic_version", "spatial_ref_sys"}

    upgrade(empty_settings)
    assert store.ready() is None
    with store.read() as transaction:
        assert transaction.articles.get("anything") is None
    store.close()


def test_jobs_come_and_go_without_a_trace(empty_settings: Settings) -> None:
    store = open_store(empty_settings)
    upgrade(empty_settings, "0001")
    [event] = store_events(store)
    assert "0001" in str(store.ready()), "an older schema is told to migrate, not served"
    before = tables(store)
    for _ in range(2):
        upgrade(empty_settings)
        submit_job(store, 1, [JobPart(1, b"x")])
        downgrade(empty_settings, "0001")
        assert tables(store) == before
    with store.read() as transaction:
        assert transaction.events.get(event["id"]) is not None
    store.close()


def test_models_are_what_the_migrations_make(store: Store) -> None:
    assert differences(store) == []


def test_a_drift_would_be_seen(store: Store) -> None:
    [(what, _schema, table, column)] = differences(store, Column("later", String()))
    assert (what, table, column.name) == ("add_column", "events", "later")


def test_upgrade_again_changes_nothing(store_settings: Settings) -> None:
    store = open_store(store_settings)
    [event] = store_events(store)
    upgrade(store_settings)
    with store.read() as transaction:
        assert transaction.events.get(event["id"]) is not None
    store.close()


def test_several_processes_may_migrate_at_once(empty_settings: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, [empty_settings] * 4))
    assert current(empty_settings) == head()


def test_a_failing_migration_leaves_the_database_as_it_was(empty_settings: Settings) -> None:
    store = open_store(empty_settings)
    with store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE event_actors (id INTEGER)"))  # in the way of the last table
    with pytest.raises(Exception, match="event_actors"):
        upgrade(empty_settings)
    assert tables(store) - {"spatial_ref_sys"} == {"event_actors"}
    store.close()
