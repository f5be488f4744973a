"""The document as plain JSON values, in the exact shape of the wire contract.

The service, the command line and the store all use this one function, so that the same article reads the same
everywhere.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.domain.dates import DocumentDate, EventDate
from app.domain.documents import Document, Focus, Provenance
from app.domain.events import Actor, Attribution, Event, EventPlace, Relation, Toll
from app.domain.places import Place
from app.domain.spans import Span
from app.domain.toponyms import Toponym

JSON = dict[str, Any]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _span(span: Span) -> JSON:
    return {"start": span.start, "end": span.end, "text": span.text}


def place_to_dict(place: Place) -> JSON:
    """A gazetteer record: the contract's Place, with the radius that covers it added."""
    return {
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "admin1_code": place.admin1_code,
        "lat": place.lat,
        "lon": place.lon,
        "feature_class": place.feature_class,
        "feature_code": place.feature_code,
        "population": place.population,
        "wikidata": place.wikidata,
        "extent_km": place.radius_km,
    }


def _relation(relation: Relation | None) -> JSON | None:
    if relation is None:
        return None
    return {
        "type": relation.type,
        "anchors": [place_to_dict(anchor) for anchor in relation.anchors],
        "distance_km": relation.distance_km,
        "bearing": relation.bearing,
    }


def _event_place(where: EventPlace) -> JSON:
    return place_to_dict(where.place) | {
        "geo_precision": where.geo_precision,
        "where_prec": where.where_prec,
        "radius_km": where.radius_km,
        "relation": _relation(where.relation),
        "geometry": dict(where.geometry),
        "start": where.start,
        "end": where.end,
    }


def _event_date(when: EventDate | None) -> JSON | None:
    if when is None:
        return None
    return {
        "start": _day(when.start),
        "end": _day(when.end),
        "granularity": when.granularity,
        "time_precision": when.time_precision,
        "date_prec": when.date_prec,
        "confidence": when.confidence,
        "source": when.source,
        "start_char": when.start_char,
        "end_char": when.end_char,
    }


def _actor(actor: Actor) -> JSON:
    return {
        "name": actor.name,
        "role": actor.role,
        "inter": actor.inter,
        "country": actor.country,
        "start": actor.start,
        "end": actor.end,
    }


def _toll(toll: Toll | None) -> JSON | None:
    if toll is None:
        return None
    return {"low": toll.low, "best": toll.best, "high": toll.high, "text": toll.text, "vague": toll.vague}


def _attribution(said: Attribution | None) -> JSON | None:
    return None if said is None else {"source": said.source, "start": said.start, "end": said.end}


def event_to_dict(event: Event) -> JSON:
    """One event as the contract spells it."""
    return {
        "id": event.id,
        "kind": event.kind,
        "event_type": event.event_type,
        "sub_event_type": event.sub_event_type,
        "status": event.status,
        "date": _event_date(event.date),
        "place": _event_place(event.place) if event.place else None,
        "unresolved_place": _span(event.unresolved_place) if event.unresolved_place else None,
        "alternative_places": [_event_place(where) for where in event.alternative_places],
        "actors": [_actor(actor) for actor in event.actors],
        "fatalities": _toll(event.fatalities),
        "injured": _toll(event.injured),
        "attribution": _attribution(event.attribution),
        "trigger": _span(event.trigger),
        "evidence": _span(event.evidence),
        "confidence": event.confidence,
        "background": event.background,
        "codes": dict(event.codes),
        "reasons": list(event.reasons),
    }


def _toponym(toponym: Toponym) -> JSON:
    return {
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.text,
        "kind": toponym.kind,
        "role": toponym.role,
        "place": place_to_dict(toponym.place) if toponym.place else None,
        "confidence": toponym.confidence,
        "alternatives": [{"place": place_to_dict(other.place), "score": other.score} for other in toponym.alternatives],
        "reasons": list(toponym.reasons),
    }


def _document_date(when: DocumentDate | None) -> JSON | None:
    if when is None:
        return None
    return {
        "start": _day(when.start),
        "end": _day(when.end),
        "granularity": when.granularity,
        "confidence": when.confidence,
        "source": when.source,
        "alternatives": [other.isoformat() for other in when.alternatives],
    }


def _focus(focus: Sequence[Focus]) -> list[JSON]:
    return [{"country": item.country, "admin1": item.admin1, "share": item.share} for item in focus]


def _provenance(provenance: Provenance) -> JSON:
    return {
        "pipeline": provenance.pipeline,
        "model": provenance.model,
        "gazetteer": {"version": provenance.gazetteer_version, "sources": list(provenance.gazetteer_sources)},
    }


def document_to_dict(document: Document) -> JSON:
    """The contract's `Document out` for one article."""
    return {
        "document": {
            "date": _document_date(document.date),
            "language": document.language,
            "language_source": document.language_source,
            "other_languages": list(document.other_languages),
            "focus": _focus(document.focus),
        },
        "toponyms": [_toponym(toponym) for toponym in document.toponyms],
        "events": [event_to_dict(event) for event in document.events],
        "provenance": _provenance(document.provenance),
    }
