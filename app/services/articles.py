"""Look at one stored article, or delete it."""

import re
from datetime import datetime
from typing import Any

from app.errors import NotFound
from app.services.checks import is_storable
from app.store import Store
from app.store.models import ArticleRow

_IGNORED = re.compile(r"[\x00-\x20]+")
_RUNS = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_NOTHING = "There is no article under this id; it may have been deleted."


def get_article(store: Store, article_id: str) -> dict[str, Any]:
    """The contract's record of a stored article. Raises NotFound."""
    if not is_storable(article_id):
        raise NotFound(_NOTHING)
    with store.read() as transaction:
        row = transaction.articles.get(article_id)
    if row is None:
        raise NotFound(_NOTHING)
    return article_record(row)


def delete_article(store: Store, article_id: str) -> None:
    """Delete a stored article with its toponyms and events. Raises NotFound."""
    if not is_storable(article_id):
        raise NotFound(_NOTHING)
    with store.begin() as transaction:
        if not transaction.articles.delete(article_id):
            raise NotFound(_NOTHING)


def article_record(row: ArticleRow) -> dict[str, Any]:
    """The document as it was answered, with the article's own fields at the top level."""
    return {
        "id": row.id,
        "created_at": moment(row.created_at),
        "updated_at": moment(row.updated_at),
        "text": row.text,
        "title": row.title,
        "published_at": row.published_at,
        "source": row.source,
        "url": None if row.url is None or _runs(row.url) else row.url,
        "external_id": row.external_id,
        "language": row.language,
        "hints": row.hints,
        **row.document,
    }


def _runs(url: str) -> bool:
    """True for an address that runs what it holds: whoever shows the record makes a link of it.

    Browsers strip blanks and control characters before they read it (WHATWG URL, basic URL parser).
    """
    return _RUNS.match(_IGNORED.sub("", url)) is not None


def moment(when: datetime) -> str:
    """RFC 3339 in UTC, to the millisecond: `2026-11-23T14:36:00.123Z`."""
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
