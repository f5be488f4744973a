"""Gold files: JSONL, gzipped or not, one article a line with what is right in it.

Articles with full gold carry toponyms with `kind` and `role`, and coded `events`; a corpus of toponyms carries spans,
most of them with a point, and `other_spans` that are neither right nor wrong. Field names: EVAL/README.md.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

Row = Mapping[str, Any]
Point = tuple[float, float]
"""Latitude and longitude, degrees."""

SENT: Final = ("title", "source", "language")
"""Besides text and day of publication, all that the pipeline is told."""


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A place name in the text. `kind`, `role`, `feature` and `country` are None where the gold does not say."""

    start: int
    end: int
    point: Point | None = None
    kind: str | None = None
    role: str | None = None
    feature: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event that a coder would list; `optional` ones are neither missed nor counted."""

    event_type: str
    sub_event_type: str
    kind: str | None = None
    alternative_types: tuple[tuple[str, str], ...] = ()
    """Other (event type, sub-event type) pairs that are right as well."""
    statuses: tuple[str, ...] = ("occurred",)
    """The status, then others that are right as well."""
    start: date | None = None
    end: date | None = None
    granularity: str | None = None
    points: tuple[Point, ...] = ()
    """The place, then others that are right as well."""
    tolerance_km: float = 0.0
    evidence: tuple[int, int] | None = None
    optional: bool = False
    country: str | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article. `neutral` spans are neither right nor wrong; `events` is None where events were not coded."""

    id: str
    text: str = field(repr=False)  # held-out texts must not turn up in a traceback
    sent: Row = field(repr=False)
    """The article as the service is sent it."""
    toponyms: tuple[GoldToponym, ...] = ()
    neutral: tuple[GoldToponym, ...] = ()
    events: tuple[GoldEvent, ...] | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """A whole file. `sha256` is that of the content, unpacked, so that another edition of the file is noticed."""

    path: Path
    sha256: str
    articles: tuple[GoldArticle, ...]
    has_roles: bool
    """True when toponyms say what they stand for: recognition is then counted over literal ones."""


def _point(row: Row) -> Point | None:
    lat, lon = row.get("lat"), row.get("lon")
    return None if lat is None or lon is None else (float(lat), float(lon))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _toponym(row: Row) -> GoldToponym:
    names = ("kind", "role", "feature", "country")
    return GoldToponym(row["start"], row["end"], _point(row), **{name: row.get(name) for name in names})


def _event(row: Row) -> GoldEvent:
    place = row.get("location") or {}
    points = (_point(each) for each in (place, *(place.get("alternatives") or ())))
    evidence = row.get("evidence")
    return GoldEvent(
        event_type=row["event_type"],
        sub_event_type=row["sub_event_type"],
        kind=row.get("kind"),
        alternative_types=tuple((kind, sub) for kind, sub in row.get("alt_types") or ()),
        statuses=(row["status"], *(row.get("alt_status") or ())),
        start=_day(row.get("date_start")),
        end=_day(row.get("date_end")),
        granularity=row.get("date_granularity"),
        points=tuple(point for point in points if point),
        tolerance_km=place.get("tolerance_km") or 0.0,
        evidence=(evidence["start"], evidence["end"]) if evidence else None,
        optional=bool(row.get("optional")),
        country=place.get("country"),
    )


def _sent(row: Row) -> dict[str, str]:
    sent = {name: row[name] for name in SENT if isinstance(row.get(name), str)}
    published = row.get("published") or row.get("source_date") or row.get("date")
    if isinstance(published, str):
        sent["published_at"] = published
    return {"text": row["text"], **sent}


def _article(row: Row, *, coded: bool) -> GoldArticle:
    marked = row.get("toponyms") or ()
    # "The town" is a place without a name: re3d marks it, and nobody is asked to find it.
    descriptive = [each for each in marked if each.get("fine") == "descriptive"]
    return GoldArticle(
        id=str(row["id"]),
        text=row["text"],
        sent=_sent(row),
        toponyms=tuple(_toponym(each) for each in marked if each not in descriptive),
        neutral=tuple(_toponym(each) for each in (*(row.get("other_spans") or ()), *descriptive)),
        events=tuple(_event(each) for each in row.get("events") or ()) if coded else None,
    )


def load_gold(path: Path) -> Gold:
    """Read a file. Raises OSError, or ValueError with file and line for what is no gold."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    rows: list[Row] = []
    for number, line in enumerate(content.split(b"\n"), 1):  # not splitlines: a text may hold U+2028
        try:
            rows += [json.loads(line)] if line.strip() else []
        except ValueError as error:
            raise ValueError(f"{path}, line {number} is not JSON: {error}") from None
    try:
        coded = any("event_type" in event for row in rows for event in row.get("events") or ())
        articles = tuple(_article(row, coded=coded) for row in rows)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is no gold file: {error!r}") from None
    if len({article.id for article in articles}) < len(articles) or not articles:
        raise ValueError(f"{path} holds no article, or two with the same id")
    return Gold(
        path,
        hashlib.sha256(content).hexdigest(),
        articles,
        has_roles=any(each.kind for article in articles for each in article.toponyms),
    )
