"""From an article to a document: recognition, resolution, coding, in a row. Every door of Dateline calls `geoparse`."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from app.coding.document_date import document_date, speaking_day
from app.coding.events import code_events
from app.coding.reading import Reading
from app.domain.documents import Article, Document, Provenance
from app.domain.events import Event
from app.domain.places import Candidate, Place, PlaceIndex
from app.domain.toponyms import Role
from app.recognition.dateline import find_datelines
from app.recognition.dates import find_dates
from app.recognition.language import detect_language
from app.recognition.outlets import outlet_country
from app.recognition.roles import assign_roles
from app.recognition.sources import find_speaker
from app.recognition.tokens import split_sentences
from app.recognition.toponyms import find_mentions
from app.resolution.focus import country_shares, focus, headline_spot, region_spot
from app.resolution.resolve import Resolved, resolve, toponym

PIPELINE_VERSION = "0.1.0"
MODEL = "rules-1"
"""Name of the recogniser: gazetteer names with rules of capitals and context."""


class _NoPlaces:
    """A gazetteer without a place."""

    version, sources = "none", ()

    def lookup(self, mentions: Iterable[str]) -> Mapping[str, Sequence[Candidate]]:
        return {}

    def country(self, code: str) -> Place | None:
        return None

    def admin1(self, country: str, name: str) -> Place | None:
        return None


def warm_up() -> None:
    """Read every lexicon, so that the first article waits no longer than the next one."""
    text = "Troops shelled the town of Saida on Tuesday, killing at least two people, the army said."
    geoparse(Article(text, published=date(2018, 7, 5)), _NoPlaces())


def _roles(events: Sequence[Event], resolved: Sequence[Resolved]) -> dict[int, Role]:
    """Roles that only coding knows, by start offset: event places, their landmarks, the regions that hold them."""
    roles: dict[int, Role] = {}
    literal = {r.start: r for r in resolved if r.mention.kind == "literal" and r.place}
    starts = list(literal)
    for event in events:
        for where in filter(None, (event.place, *event.alternative_places)):
            hangs = where.relation is not None and where.relation.type in {"offset", "between"}
            anchors = {anchor.id for anchor in where.relation.anchors} if where.relation and hangs else set()
            if hangs:
                first, last = bisect_left(starts, event.evidence.start), bisect_left(starts, event.evidence.end)
                for start in starts[first:last]:
                    place = literal[start].place
                    if place and place.id in anchors:
                        roles.setdefault(start, "reference_landmark")
            elif where.start in literal:
                roles[where.start] = "event_place"
    homes = {
        (r.place.country, r.place.admin1)
        for start, r in literal.items()
        if r.place and roles.get(start) == "event_place"
    }
    for start, item in literal.items():
        if start in roles or item.mention.role != "mention" or not item.place or not item.place.is_admin:
            continue
        if any(c == item.place.country and (item.place.is_country or a == item.place.admin1) for c, a in homes):
            roles[start] = "containing_region"
    return roles


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
    outlet = outlet_country(article.source, article.url)
    resolved, headlines = resolve(mentions, titles, places, article.hints, outlet)

    reading = Reading(
        text=text,
        sentences=sentences,
        resolved=resolved,
        expressions=[e for e in expressions if not any(line.start <= e.start < line.end for line in datelines)],
        date=when,
        anchor=speaking_day(when, datelines),
        countries=country_shares(resolved),
        region=region_spot(resolved, places),
        headline=headline_spot(headlines),
        speaker=find_speaker(text, sentences, article.title),
        dateline=next((r for r in resolved if r.mention.role == "dateline"), None),
    )
    events = code_events(reading, PIPELINE_VERSION)
    roles = _roles(events, resolved)
    return Document(
        when,
        article.language or detect_language(text),
        focus(resolved),
        tuple(toponym(item, roles) for item in resolved),
        events,
        Provenance(PIPELINE_VERSION, MODEL, places.version, tuple(places.sources)),
    )
