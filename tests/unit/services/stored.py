"""Put events into a store the way the service does it, with the reading of the text taken as given."""

from typing import Any

from app.domain.documents import Article
from app.domain.events import Event
from app.services.ingest import Stored, ingest
from app.store import Store
from tests.factories import NoPlaces, make_article, make_document


def store_article(store: Store, *events: Event, article: Article | None = None, sent: str | None = None) -> Stored:
    """Store an article out of which exactly these events are read (one clash in Nassib when none is given)."""
    return ingest(
        store, article or make_article(), NoPlaces(), sent, geoparse=lambda _article, _places: make_document(*events)
    )


def store_events(store: Store, *events: Event, article: Article | None = None) -> list[dict[str, Any]]:
    """The same; answers the stored wire events."""
    record = store_article(store, *events, article=article).record
    stored: list[dict[str, Any]] = record["events"]
    return stored
