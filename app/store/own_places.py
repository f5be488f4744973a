"""Queries about places that users added."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from app.store.models import OwnPlaceRow

State = tuple[int, int]


class OwnPlaceTable:
    """The users' own places that one transaction sees."""

    def __init__(self, session: Session) -> None:
        """Of this session."""
        self._session = session

    def state(self) -> State:
        """What tells one state of the table from another: how many places there are, and the number of the last."""
        count, last = self._session.execute(select(func.count(), func.max(OwnPlaceRow.seq))).one()
        return count, last or 0

    def all(self) -> Sequence[OwnPlaceRow]:
        """All places in the order of their adding."""
        return self._session.scalars(select(OwnPlaceRow).order_by(OwnPlaceRow.seq)).all()

    def is_stored(self, place_id: str) -> bool:
        """There is a place with this id."""
        found = self._session.scalar(select(OwnPlaceRow.seq).where(OwnPlaceRow.id == place_id))
        return found is not None

    def add(self, place_id: str, place: dict[str, Any], spellings: list[str], now: datetime) -> None:
        """Store a place."""
        self._session.add(OwnPlaceRow(id=place_id, place=place, spellings=spellings, created_at=now))
        self._session.flush()

    def delete(self, place_id: str) -> bool:
        """Delete a place; False when there was none."""
        done = self._session.execute(delete(OwnPlaceRow).where(OwnPlaceRow.id == place_id))
        return cast("CursorResult[Any]", done).rowcount > 0
