"""Store an article with what is read out of it; the same article again stores nothing new."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.domain.documents import Article, Document
from app.domain.places import PlaceIndex
from app.formats.document import document_to_dict
from app.pipeline import geoparse as read_article
from app.services import incidents
from app.services.articles import article_record
from app.services.checks import check_article
from app.store import Store, Transaction, keys
from app.store.models import ArticleRow
from app.store.records import Sighting

JSON = dict[str, Any]
Geoparse = Callable[[Article, PlaceIndex], Document]
"""Reads an article; raises NotReady where its recogniser is not installed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as it is stored now."""

    record: JSON
    """The contract's answer to `POST /v1/articles`."""
    created: bool
    """False when the article was stored before."""


def ingest(
    store: Store,
    article: Article,
    places: PlaceIndex,
    sent_published_at: str | None = None,
    *,
    geoparse: Geoparse = read_article,
    when_stored: Callable[[Transaction], None] | None = None,
) -> Stored:
    """Read an article and store it with its events, all or nothing; or answer what is stored of it already.

    `sent_published_at` is the caller's own spelling of the date. `when_stored` is called in the transaction that stores
    the article: what it writes is kept with the article or not at all. It is not called for an article that was stored
    before. Raises BadInput for text that cannot be stored and NotReady when the database cannot serve.
    """
    check_article(article)
    fingerprint = keys.fingerprint(article)
    with store.read() as transaction:
        known = transaction.articles.by_fingerprint(fingerprint)
    if known is not None:
        return Stored(article_record(known), created=False)
    document = document_to_dict(geoparse(article, places))
    if sent_published_at is None and article.published is not None:
        sent_published_at = article.published.isoformat()
    with store.begin() as transaction:
        # Another post of the same article may have come first while this one was read.
        known = transaction.articles.by_fingerprint(fingerprint)
        row = known or _add(transaction, article, sent_published_at, document)
        if known is None and when_stored is not None:
            when_stored(transaction)
    return Stored(article_record(row), created=known is None)


def _add(transaction: Transaction, article: Article, published_at: str | None, document: JSON) -> ArticleRow:
    """Store the article and its events; their ids in `document` become the stored ones."""
    owner = keys.article_id(keys.fingerprint(article))
    for event in document["events"]:
        event["id"] = keys.event_id(event["id"], owner, transaction.events.is_stored)
    # Milliseconds, so that what is answered now and what is read later are the same moment.
    now = datetime.now(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    row = transaction.articles.add(article, published_at, document, now)
    spent: set[str] = set()
    for event in document["events"]:
        incident = _incident(transaction, Sighting.of(event), row.id, spent)
        spent.add(incident)
        transaction.events.add(row, event, incident)
    return row


def _incident(transaction: Transaction, event: Sighting, article_id: str, spent: set[str]) -> str:
    if incidents.can_be_shared(event):
        starts, box = incidents.window(event)
        others = transaction.events.sightings(event.event_type, incidents.HAPPENED, starts, box, other_than=article_id)
        found = incidents.match(event, others, spent)
        if found is not None:
            return found
    return keys.incident_id(event.event_id)
