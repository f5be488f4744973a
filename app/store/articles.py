"""Queries about articles."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from app.domain.documents import Article
from app.store import keys
from app.store.models import ArticleRow, ToponymRow

JSON = dict[str, Any]


class Articles:
    """The articles that one transaction sees."""

    def __init__(self, session: Session) -> None:
        """Of this session."""
        self._session = session

    def get(self, article_id: str) -> ArticleRow | None:
        """The article with this id."""
        return self._session.get(ArticleRow, article_id)

    def by_fingerprint(self, fingerprint: str) -> ArticleRow | None:
        """The article with this identity (`keys.fingerprint`)."""
        return self._session.scalar(select(ArticleRow).where(ArticleRow.fingerprint == fingerprint))

    def add(self, article: Article, published_at: str | None, document: JSON, now: datetime) -> ArticleRow:
        """Store an article with its document and toponyms; the events are `Events.add`'s.

        `published_at` is the caller's own spelling, `document` the contract's `Document out` with the stored event ids.
        """
        fingerprint = keys.fingerprint(article)
        row = ArticleRow(
            id=keys.article_id(fingerprint),
            fingerprint=fingerprint,
            text=article.text,
            title=article.title,
            published_at=published_at,
            source=article.source,
            url=article.url,
            external_id=article.external_id,
            language=article.language,
            hints=_hints(article),
            document=document,
            pipeline_version=document["provenance"]["pipeline"],
            gazetteer_version=document["provenance"]["gazetteer"]["version"],
            created_at=now,
            updated_at=now,
        )
        row.toponyms = [_toponym(position, toponym) for position, toponym in enumerate(document["toponyms"])]
        self._session.add(row)
        self._session.flush()
        return row

    def delete(self, article_id: str) -> bool:
        """Delete an article with all that hangs on it; False when there was none."""
        done = self._session.execute(delete(ArticleRow).where(ArticleRow.id == article_id))
        return cast("CursorResult[Any]", done).rowcount > 0


def _hints(article: Article) -> JSON | None:
    hints = article.hints
    if not hints.countries and hints.bbox is None:
        return None
    return {"countries": list(hints.countries), "bbox": list(hints.bbox) if hints.bbox else None}


def _toponym(position: int, toponym: JSON) -> ToponymRow:
    return ToponymRow(
        position=position,
        start_char=toponym["start"],
        end_char=toponym["end"],
        text=toponym["text"],
        kind=toponym["kind"],
        role=toponym["role"],
        place_id=toponym["place"]["id"] if toponym["place"] else None,
        confidence=toponym["confidence"],
    )
