"""Fixtures of the HTTP tests.

`client` speaks to the whole application over a real SQLite store of the test's own; which kind of store it is does not
matter here. The gazetteer is a handful of places. Events that searches need are put in through the ingest service with
a document made by hand, so that these tests do not depend on what the pipeline reads out of a text.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.events import Event
from app.main import create_app
from app.places import Gazetteer
from app.services.ingest import ingest
from app.settings import Settings
from app.store import Store, open_store
from tests.factories import make_article, make_document
from tests.few_places import few_places


@pytest.fixture
def places() -> Gazetteer:
    return few_places()


@pytest.fixture
def sqlite_store(sqlite_settings: Settings) -> Iterator[Store]:
    store = open_store(sqlite_settings)
    yield store
    store.close()


@pytest.fixture
def client(sqlite_settings: Settings, sqlite_store: Store, places: Any) -> Iterator[TestClient]:
    with TestClient(create_app(sqlite_settings, store=sqlite_store, places=places)) as client:
        yield client


@pytest.fixture
def store_events(sqlite_store: Store, places: Any) -> Callable[..., str]:
    """Store an article that holds the given events; answers the article's id."""

    def put(*events: Event, **article: Any) -> str:
        document = make_document(*events)
        stored = ingest(sqlite_store, make_article(**article), places, geoparse=lambda _article, _places: document)
        return str(stored.record["id"])

    return put


@pytest.fixture
def count_articles(sqlite_settings: Settings) -> Callable[[], int]:
    """How many articles the database file holds, asked past the service."""

    def count() -> int:
        connection = sqlite3.connect(sqlite_settings.data_dir / "dateline.sqlite")
        try:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
        finally:
            connection.close()

    return count
