"""Fixtures of the HTTP tests.

`client` speaks to the whole application over a real SQLite store of the test's own; which kind of store it is does not
matter here. The gazetteer is a handful of places. Events that searches need are put in through the ingest service with
a document made by hand, so that these tests do not depend on what the pipeline reads out of a text.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.events import Event
from app.domain.places import Candidate, Place
from app.domain.queries import PlaceQuery
from app.main import create_app
from app.services.ingest import ingest
from app.settings import Settings
from app.store import Store, open_store
from tests.factories import make_article, make_document, make_place

SYRIA = make_place(id="geonames:163843", name="Syria", admin1=None, admin1_code=None, lat=35.0, lon=38.0,
                   feature_class="A", feature_code="PCLI", population=16_906_283)  # fmt: skip
JORDAN = make_place(id="geonames:248816", name="Jordan", country="JO", admin1=None, admin1_code=None, lat=31.0,
                    lon=36.0, feature_class="A", feature_code="PCLI", population=9_956_011)  # fmt: skip
DARAA_PROVINCE = make_place(id="geonames:170903", name="Daraa", lat=32.9, lon=36.2, feature_class="A",
                            feature_code="ADM1", population=0)  # fmt: skip
DARAA = make_place(
    id="geonames:170905", name="Daraa", lat=32.6189, lon=36.1021, feature_code="PPLA", population=146_481
)
BUSRA = make_place(id="geonames:173336", name="Busra al-Sham", lat=32.5186, lon=36.4817, population=33_839)
AMMAN = make_place(id="geonames:250441", name="Amman", country="JO", admin1="Amman", admin1_code="JO-AM",
                   lat=31.9552, lon=35.945, feature_code="PPLC", population=1_275_857)  # fmt: skip

NAMES: Mapping[str, tuple[Place, ...]] = {
    "Syria": (SYRIA,),
    "Jordan": (JORDAN,),
    "Daraa": (DARAA, DARAA_PROVINCE),
    "Busra al-Sham": (BUSRA,),
    "Amman": (AMMAN,),
}


class FewPlaces:
    """A gazetteer of six places."""

    version = "test"
    sources: Sequence[str] = ("made by hand",)
    attributions: Sequence[str] = ("Made by hand.",)

    def lookup(self, mentions: Iterable[str]) -> Mapping[str, Sequence[Candidate]]:
        found = {name: NAMES.get(name, ()) for name in mentions}
        return {name: [Candidate(place, name, "name") for place in places] for name, places in found.items() if places}

    def country(self, code: str) -> Place | None:
        return {"SY": SYRIA, "JO": JORDAN}.get(code)

    def admin1(self, country: str, name: str) -> Place | None:
        return DARAA_PROVINCE if (country, name) == ("SY", "Daraa") else None

    def search(self, query: PlaceQuery) -> list[Candidate]:
        places = [place for place in NAMES.get(query.q, ()) if not query.country or place.country in query.country]
        return [Candidate(place, query.q, "name") for place in places[: query.limit]]

    def place(self, place_id: str) -> Place | None:
        return next((place for places in NAMES.values() for place in places if place.id == place_id), None)

    def names(self, place_id: str) -> list[tuple[str, str]]:
        return [(name, "Latn") for name, places in NAMES.items() if any(place.id == place_id for place in places)]

    def regions(self, q: str) -> list[Place]:
        return [place for place in NAMES.get(q, ()) if place.is_admin]


@pytest.fixture
def places() -> FewPlaces:
    return FewPlaces()


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
