"""Transactions, and what the store says when it cannot serve."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.errors import NotReady
from app.settings import Settings
from app.store import Store, open_store
from app.store.migrate import upgrade
from app.store.models import ArticleRow, EventActorRow, EventPlaceRow, EventRow, ToponymRow
from tests.factories import make_article, make_event, make_event_place, make_place
from tests.unit.services.stored import store_article, store_events

TABLES = (ArticleRow, ToponymRow, EventRow, EventPlaceRow, EventActorRow)


def row_counts(store: Store) -> list[int]:
    """Rows of each table, and of the boxes where the store has them."""
    with store.engine.connect() as connection:
        counts = [connection.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]
        if store.engine.dialect.name == "sqlite":
            counts.append(connection.scalar(text("SELECT count(*) FROM event_boxes")) or 0)
        return counts


def test_sqlite_keeps_what_it_acknowledged(sqlite_settings: Settings) -> None:
    store = open_store(sqlite_settings)
    with store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_an_article_is_stored_whole_and_deleted_whole(store: Store) -> None:
    empty = row_counts(store)
    assert set(empty) == {0}
    alternatives = (make_event_place(make_place(id="geonames:1", name="Saida")),)
    kept = store_article(store, make_event(place=None)).record["id"]
    stored = store_article(store, make_event(alternative_places=alternatives), make_event(date=None)).record["id"]
    # articles, toponyms, events, places (2 + 1), actors, boxes: an event without a place has none.
    assert row_counts(store) == [2, 2, 3, 3, 3, 2][: len(empty)]

    with store.begin() as transaction:
        assert transaction.articles.delete(stored)
    assert row_counts(store) == [1, 1, 1, 0, 1, 0][: len(empty)]
    with store.begin() as transaction:
        assert not transaction.articles.delete(stored)
        assert transaction.articles.delete(kept)
    assert row_counts(store) == empty


def test_a_failure_leaves_nothing(store: Store) -> None:
    empty = row_counts(store)
    broken = make_event(confidence=None)  # refused by the database, after the article and the first event went in
    with pytest.raises(Exception, match=r"(?i)null"):
        store_article(store, make_event(), broken)
    assert row_counts(store) == empty


def test_boxes_follow_a_moved_event(sqlite_settings: Settings) -> None:
    store = open_store(sqlite_settings)
    store_events(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET lat = 10, lon = 20")
        assert connection.exec_driver_sql("SELECT west, south FROM event_boxes").all() == [(20.0, 10.0)]
        connection.exec_driver_sql("UPDATE events SET lat = NULL, lon = NULL")
        assert connection.exec_driver_sql("SELECT * FROM event_boxes").all() == []
        connection.exec_driver_sql("UPDATE events SET lat = 1, lon = 2")
        assert connection.exec_driver_sql("SELECT east, north FROM event_boxes").all() == [(2.0, 1.0)]
    store.close()


def test_a_reader_sees_one_moment(store: Store) -> None:
    article = make_article()
    with store.read() as reader:
        assert reader.articles.get("nothing") is None  # the moment is that of the first question
        stored = store_article(store, article=article).record["id"]
        assert reader.articles.get(stored) is None
    with store.read() as reader:
        assert reader.articles.get(stored) is not None


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/dateline",  # a database, but none of ours
        "sqlite://",  # in memory: every connection would have its own
        "sqlite:///:memory:",
        "not an address",
    ],
)
def test_an_address_that_is_no_store_of_ours(tmp_path: Path, url: str) -> None:
    with pytest.raises(NotReady, match="DATELINE_DATABASE_URL"):
        open_store(Settings(data_dir=tmp_path, database_url=url))


def test_postgres_addresses_as_people_write_them() -> None:
    for url in ("postgresql://me@db/x", "postgres://me@db/x", "postgresql+psycopg://me@db/x"):
        assert open_store(Settings(database_url=url)).engine.url.drivername == "postgresql+psycopg"


def test_a_server_that_is_not_there() -> None:
    settings = Settings(database_url="postgresql://dateline@127.0.0.1:1/dateline")
    with pytest.raises(NotReady, match="reached"):
        upgrade(settings)
    store = open_store(settings)
    assert store.ready() == "The database cannot be reached."
    with pytest.raises(NotReady, match="try again"), store.begin() as transaction:
        transaction.articles.get("anything")


def test_a_database_that_was_never_migrated(tmp_path: Path) -> None:
    store = open_store(Settings(data_dir=tmp_path / "new" / "folder"))
    assert "dateline db upgrade" in str(store.ready())
    with pytest.raises(NotReady), store.read() as transaction:
        transaction.articles.get("anything")
    store.close()
