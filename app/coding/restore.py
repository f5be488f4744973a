"""A document of clean text, led back to the text that the caller sent: every span, and the words in it."""

from dataclasses import replace

from app.domain.documents import Document
from app.domain.events import Event, EventPlace
from app.domain.spans import Span
from app.recognition.cleaning import CleanText


def _span(span: Span, clean: CleanText) -> Span:
    start, end = clean.span(span.start, span.end)
    return Span(start, end, clean.sent[start:end])


def _ends(start: int | None, end: int | None, clean: CleanText) -> tuple[int | None, int | None]:
    return (None, None) if start is None or end is None else clean.span(start, end)


def _place(where: EventPlace, clean: CleanText) -> EventPlace:
    start, end = _ends(where.start, where.end, clean)
    return replace(where, start=start, end=end)


def _event(event: Event, clean: CleanText) -> Event:
    date = event.date
    if date is not None:
        start, end = _ends(date.start_char, date.end_char, clean)
        date = replace(date, start_char=start, end_char=end)
    actors = []
    for actor in event.actors:
        start, end = _ends(actor.start, actor.end, clean)
        actors.append(replace(actor, start=start, end=end))
    said = event.attribution
    if said is not None:
        start, end = _ends(said.start, said.end, clean)
        said = replace(said, start=start, end=end)
    return replace(
        event,
        date=date,
        place=_place(event.place, clean) if event.place else None,
        unresolved_place=_span(event.unresolved_place, clean) if event.unresolved_place else None,
        alternative_places=tuple(_place(where, clean) for where in event.alternative_places),
        actors=tuple(actors),
        attribution=said,
        trigger=_span(event.trigger, clean),
        evidence=_span(event.evidence, clean),
    )


def restored(document: Document, clean: CleanText) -> Document:
    """The document with offsets into the text that was sent; names of actors and sources stay clean."""
    toponyms = []
    for toponym in document.toponyms:
        start, end = clean.span(toponym.start, toponym.end)
        toponyms.append(replace(toponym, start=start, end=end, text=clean.sent[start:end]))
    return replace(document, toponyms=tuple(toponyms), events=tuple(_event(e, clean) for e in document.events))
