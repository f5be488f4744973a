"""From an article to a document: recognition, resolution, coding, in a row. Every door of Dateline calls `geoparse`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from shapely.geometry.base import BaseGeometry

from app.coding.document_date import document_date, speaking_day
from app.coding.events import code_events
from app.coding.reading import Reading
from app.coding.restore import restored
from app.coding.roles import final_roles
from app.domain.documents import Article, Document, Provenance
from app.domain.places import Candidate, Place, PlaceIndex
from app.recognition.actors import actor_countries
from app.recognition.casing import as_printed
from app.recognition.cleaning import clean as clean_text
from app.recognition.dateline import dateline_at, find_datelines
from app.recognition.dates import find_dates
from app.recognition.language import detect_language
from app.recognition.outlets import outlet_country
from app.recognition.passages import passages, spoken_languages
from app.recognition.recogniser import find_mentions
from app.recognition.role_model import assign_roles
from app.recognition.sources import find_speaker
from app.recognition.tiers import MODELS, Tier
from app.recognition.tokens import split_sentences
from app.resolution.focus import country_shares, focus, headline_spot, region_spot
from app.resolution.resolve import resolve, toponym

PIPELINE_VERSION = "0.1.0"


class _NoPlaces:
    """A gazetteer without a place."""

    version, sources = "none", ()

    def lookup(self, mentions: Iterable[str]) -> Mapping[str, Sequence[Candidate]]:
        return {}

    def similar(self, name: str, country: str) -> Sequence[Candidate]:
        return ()

    def country(self, code: str) -> Place | None:
        return None

    def admin1(self, country: str, name: str) -> Place | None:
        return None

    def outline(self, place: Place) -> BaseGeometry | None:
        return None


def warm_up(recogniser: Tier = "fast") -> None:
    """Read every lexicon, so that the first article waits no longer than the next one."""
    text = "Troops shelled the town of Saida on Tuesday, killing at least two people, the army said."
    geoparse(Article(text, published=date(2018, 7, 5)), _NoPlaces(), recogniser=recogniser)


def geoparse(article: Article, places: PlaceIndex, *, today: date | None = None, recogniser: Tier = "fast") -> Document:
    """Dated, located, typed events of one article, with every toponym. Pure: nothing is stored, nothing fetched.

    `today` bounds the year that a dateline without one may mean; it defaults to the present day (UTC). `recogniser` is
    the tier that finds place names. Raises NotReady where the accurate one is not installed.
    """
    today = today or datetime.now(UTC).date()
    clean = clean_text(article.text)
    if clean is None:
        return _read(article, places, today, recogniser)
    return restored(_read(replace(article, text=clean.text), places, today, recogniser), clean)


def _read(article: Article, places: PlaceIndex, today: date, recogniser: Tier) -> Document:
    """The document of an article whose text is clean."""
    text = article.text
    sentences = as_printed(split_sentences(text), text, places)
    datelines = find_datelines(text, sentences)
    expressions = [e for s in sentences for e in find_dates(text, s.start, s.end)]
    starts = {e.start for e in expressions}
    expressions += [line.date for line in datelines if line.date and line.date.start not in starts]
    expressions.sort(key=lambda e: e.start)
    when = document_date(article.published, text, datelines, expressions, today)

    spoken = passages(sentences, text)
    mentions = assign_roles(find_mentions(text, sentences, places, recogniser, spoken), datelines, len(sentences))
    title = article.title or ""
    title_sentences = as_printed(split_sentences(title), title, places)
    titles = find_mentions(title, title_sentences, places, recogniser) if title else []
    titles = assign_roles(titles, [], len(title_sentences))
    outlet = outlet_country(article.source, article.url)
    resolved, headlines = resolve(mentions, titles, places, article.hints, outlet, actor_countries(sentences))

    reading = Reading(
        text=text,
        sentences=sentences,
        resolved=resolved,
        expressions=[e for e in expressions if dateline_at(datelines, e.start) is None],
        datelines=datelines,
        date=when,
        anchor=speaking_day(when, datelines),
        countries=country_shares(resolved),
        region=region_spot(resolved, places),
        headline=headline_spot(headlines),
        speaker=find_speaker(text, sentences, article.title),
        dateline=next((r for r in resolved if r.mention.role == "dateline"), None),
        places=places,
    )
    events = code_events(reading, PIPELINE_VERSION)
    roles = final_roles(events, resolved)
    language = article.language or detect_language(text)
    others = spoken_languages(sentences, text, spoken) - {(language or "").partition("-")[0].lower()}
    return Document(
        when,
        language,
        focus(resolved),
        tuple(toponym(item, roles) for item in resolved),
        events,
        Provenance(PIPELINE_VERSION, MODELS[recogniser], places.version, tuple(places.sources)),
        None if language is None else "given" if article.language else "detected",
        tuple(sorted(others)),
    )
