"""The identities of stored things, each derived from content alone, so that every store gives the same ids."""

import hashlib
import unicodedata
from collections.abc import Callable

import orjson

from app.domain.documents import Article


def _digest(*parts: str | None) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()


def fingerprint(article: Article) -> str:
    """What makes two posts the same article: SHA-256 in hex.

    The caller's own id with the source where one is given; else text, title and day of publication (the wire
    contract).
    """
    if article.external_id is not None:
        return _digest("external", article.source, article.external_id)
    return _digest("content", article.text, article.title, article.published.isoformat() if article.published else None)


def article_id(article_fingerprint: str) -> str:
    """The public id of an article: 96 bits of its fingerprint, so that it comes back the same after a delete."""
    return article_fingerprint[:24]


def event_id(wire_id: str, owner: str, is_stored: Callable[[str], bool]) -> str:
    """`wire_id`, or where another article holds it already, `wire_id` with a suffix made from the `owner` article's id.

    Event ids come from text, span and pipeline version: two stored articles with the same text share them.
    """
    candidate, turn = wire_id, 0
    while is_stored(candidate):
        candidate = f"{wire_id}-{_digest(owner, str(turn))[:8]}"
        turn += 1
    return candidate


def incident_id(founding_event: str) -> str:
    """The id of a new incident, from the id of the event that founds it."""
    return "i" + _digest("incident", founding_event)[:20]


def name_key(name: str) -> str:
    """What names are compared by: NFC, case folded. Both stores then compare it byte by byte."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
