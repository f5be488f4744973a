"""Drafts to events: second tellings folded in, codes derived, ids made."""

import hashlib
from collections import Counter

from app.coding.codes import codes, event_types
from app.coding.confidence import confidence_of
from app.coding.dates import is_background
from app.coding.drafts import Draft, merged
from app.coding.echoes import place_of_last_time
from app.coding.reading import Reading
from app.coding.walk import Walk
from app.domain.events import Event, EventPlace
from app.domain.spans import Span
from app.resolution.relations import Spot


def _place(spot: Spot) -> EventPlace:
    return EventPlace(
        place=spot.place,
        geo_precision=spot.geo_precision,
        where_prec=spot.where_prec,
        radius_km=spot.radius_km,
        relation=spot.relation,
        geometry=spot.geometry,
        start=spot.start,
        end=spot.end,
    )


def _event_id(text_hash: str, draft: Draft, number: int, version: str) -> str:
    """`number` tells apart the events of one trigger ("captured A and B"); nothing else of the article goes in."""
    key = f"{version}\0{text_hash}\0{draft.trigger.start}\0{draft.kind}\0{number}"
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def _event(reading: Reading, draft: Draft, event_id: str) -> Event:
    country = draft.spot.place.country if draft.spot else None
    types = event_types(draft.kind, draft.actors, draft.fatalities, draft.trigger.text, country)
    return Event(
        id=event_id,
        kind=draft.kind,
        event_type=types[0],
        sub_event_type=types[1],
        status=draft.status,
        date=draft.when,
        place=_place(draft.spot) if draft.spot else None,
        unresolved_place=draft.unlisted,
        alternative_places=tuple(_place(other) for other in draft.others),
        actors=draft.actors,
        fatalities=draft.fatalities,
        injured=draft.injured,
        attribution=draft.attribution,
        trigger=Span(draft.trigger.start, draft.trigger.end, draft.trigger.text),
        evidence=Span(draft.start, draft.end, reading.text[draft.start : draft.end]),
        confidence=confidence_of(draft),
        background=is_background(draft.when, reading.date),
        codes=codes(draft.kind, types, draft.actors, draft.fatalities, draft.when, draft.spot),
        reasons=draft.reasons,
    )


def code_events(reading: Reading, version: str) -> tuple[Event, ...]:
    """The events of the article in reading order. Ids are stable for the same text, span and pipeline version."""
    drafts = merged(place_of_last_time(reading.text, Walk(reading).read_all()))
    text_hash = hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest()
    told: Counter[int] = Counter()
    events = []
    for draft in drafts:
        events.append(_event(reading, draft, _event_id(text_hash, draft, told[draft.trigger.start], version)))
        told[draft.trigger.start] += 1
    return tuple(events)
