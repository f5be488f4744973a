"""Cursors: where a page of events ended, as an opaque word.

A cursor names a place in the order, so that events stored or deleted in between shift no page.
"""

import base64
import binascii
import hashlib
import math
from dataclasses import replace
from datetime import date

import orjson

from app.domain.queries import EventQuery
from app.errors import BadInput
from app.store.records import Position

_LONGEST = 300
_LARGEST_SEQ = 2**63 - 1


def make_cursor(query: EventQuery, last: Position) -> str:
    """The cursor behind the event at `last`, good for this query with any limit."""
    key = last.key.isoformat() if isinstance(last.key, date) else last.key
    return base64.urlsafe_b64encode(orjson.dumps([key, last.seq, _query_hash(query)])).rstrip(b"=").decode()


def read_cursor(query: EventQuery) -> Position | None:
    """The position of the query's cursor; None without one. Raises BadInput for a broken cursor or another query's."""
    if query.cursor is None:
        return None
    broken = BadInput("cursor is not one that this service gave; take it from `next`, or leave it out.", field="cursor")
    try:
        raw = query.cursor[:_LONGEST].encode("ascii")
        key, seq, query_hash = orjson.loads(base64.urlsafe_b64decode(raw + b"=" * (-len(raw) % 4)))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError, TypeError, ValueError):
        raise broken from None
    if query_hash != _query_hash(query):
        raise BadInput("cursor belongs to another query; repeat that query, or leave the cursor out.", field="cursor")
    if type(seq) is not int or not 0 <= seq <= _LARGEST_SEQ:
        raise broken
    return Position(_key(query, key, broken), seq)


def _key(query: EventQuery, key: object, broken: BadInput) -> date | float | None:
    if query.sort == "-confidence":
        if not isinstance(key, float | int) or isinstance(key, bool) or not math.isfinite(key):
            raise broken
        return float(key)
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key))
    except ValueError:
        raise broken from None


def _query_hash(query: EventQuery) -> str:
    return hashlib.sha256(repr(replace(query, cursor=None, limit=0)).encode("utf-8", "replace")).hexdigest()[:16]
