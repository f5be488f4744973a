"""From an article to a document: recognition, resolution, coding, in a row. Every door of Dateline calls `geoparse`."""

from datetime import UTC, date, datetime

from app.coding.document_date import document_date
from app.coding.events import Reading, code_events
from app.domain.documents import Article, Document, Provenance
from app.domain.places import PlaceIndex
from app.domain.toponyms import Role
from app.recognition.dateline import find_datelines
from app.recognition.dates import find_dates
from app.recognition.language import detect_language
from app.recognition.outlets import outlet_country
from app.recognition.roles import assign_roles
from app.recognition.tokens import split_sentences
from app.recognition.toponyms import find_mentions
from app.resolution.focus import country_shares, focus, region_spot
from app.resolution.resolve import resolve, toponym

PIPELINE_VERSION = "0.1.0"
MODEL = "rules-1"
"""Name of the recogniser: gazetteer names with rules of capitals and context."""


def geoparse(article: Article, places: PlaceIndex, *, today: date | None = None) -> Document:
    """Dated, located, typed events of one article, with every toponym. Pure: nothing is stored, nothing fetched.

    `today` bounds the year that a dateline without one may mean; it defaults to the present day (UTC).
    """
    text = article.text
    sentences = split_sentences(text)
    datelines = find_datelines(text, sentences)
    expressions = [e for s in sentences for e in find_dates(text, s.start, s.end)]
    expressions += [line.date for line in datelines if line.date and line.date not in expressions]
    expressions.sort(key=lambda e: e.start)
    when = document_date(article.published, text, datelines, expressions, today or datetime.now(UTC).date())

    mentions = assign_roles(find_mentions(text, sentences, places), datelines)
    title = article.title or ""
    titles = find_mentions(title, split_sentences(title), places) if title else []
    resolved = resolve(mentions, titles, places, article.hints, outlet_country(article.source, article.url))

    line = next((r for r in resolved if r.mention.role == "dateline"), None)
    reading = Reading(
        text, sentences, [r.mention for r in resolved], resolved, expressions, when, country_shares(resolved),
        region_spot(resolved, places), line,
    )  # fmt: skip
    events = code_events(reading, PIPELINE_VERSION)

    placed = {place.start for e in events for place in (e.place, *e.alternative_places) if place and place.start is not None}
    roles: dict[int, Role] = {r.start: "event_place" for r in resolved if r.start in placed and r.mention.kind == "literal"}
    for item in resolved:
        if item.mention.kind == "literal" and item.start not in roles and item.mention.role == "mention" and item.place:
            holds = item.place.is_country or item.place.feature_code == "ADM1"
            if holds and any(r.place and r.place.country == item.place.country and r.start in roles for r in resolved):
                roles[item.start] = "containing_region"
    return Document(
        when,
        article.language or detect_language(text),
        focus(resolved),
        tuple(toponym(item, roles) for item in resolved),
        events,
        Provenance(PIPELINE_VERSION, MODEL, places.version, tuple(places.sources)),
    )
