"""What goes into the pipeline and what comes out of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from app.domain.dates import DocumentDate
from app.domain.events import Event
from app.domain.toponyms import Toponym

LanguageSource = Literal["given", "detected"]

MAX_TEXT = 200_000
"""Characters of article text that the service reads (API.md)."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller already expects: countries (alpha-2) and a box (west, south, east, north; degrees)."""

    countries: tuple[str, ...] = ()
    bbox: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the caller sends it."""

    text: str
    title: str | None = None
    published: date | None = None
    """The day of publication in the caller's own time zone."""
    source: str | None = None
    url: str | None = None
    external_id: str | None = None
    language: str | None = None
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True)
class Focus:
    """A country and first-level unit that the article is about; `share` of its resolved mentions (0 to 1)."""

    country: str
    admin1: str | None
    share: float


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which code and data made a document."""

    pipeline: str
    model: str
    gazetteer_version: str
    gazetteer_sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """All that Dateline reads out of one article."""

    date: DocumentDate | None
    language: str | None
    focus: tuple[Focus, ...]
    toponyms: tuple[Toponym, ...]
    events: tuple[Event, ...]
    provenance: Provenance
    language_source: LanguageSource | None = None
    """Whether `language` was given with the article or detected; None where it is not known."""
    other_languages: tuple[str, ...] = ()
    """ISO 639-1 codes of passages that were read in another language than English and than `language`."""
