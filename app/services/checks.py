"""Text that no store and no answer can carry."""

import re

from app.domain.documents import Article
from app.errors import BadInput

_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """False for text with NUL (PostgreSQL refuses it) or a lone surrogate (UTF-8 cannot spell it)."""
    return _NOT_STORABLE.search(text) is None


def check_article(article: Article) -> None:
    """Raise BadInput for an article with such text in any field."""
    for field in ("text", "title", "source", "url", "external_id", "language"):
        value = getattr(article, field)
        if value is not None and not is_storable(value):
            raise BadInput(f"{field} holds a NUL character or half of a surrogate pair; remove it.", field=field)
