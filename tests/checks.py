"""Checks that several tests make of a document."""

from app.domain.documents import Document


def _letters(text: str) -> str:
    """The text without blanks and invisible characters: names of actors and sources come without them."""
    return "".join(filter(str.isalnum, text))


def assert_offsets(text: str, document: Document) -> None:
    """Every span that the document points to is the text between its offsets, counted in code points."""
    for toponym in document.toponyms:
        assert text[toponym.start : toponym.end] == toponym.text
    for event in document.events:
        for span in filter(None, (event.trigger, event.evidence, event.unresolved_place)):
            assert span.start < span.end
            assert text[span.start : span.end] == span.text
        assert event.evidence.contains(event.trigger.start, event.trigger.end)
        spans = [
            (event.date.start_char, event.date.end_char) if event.date else (None, None),
            *((where.start, where.end) for where in (event.place, *event.alternative_places) if where),
            *((actor.start, actor.end) for actor in event.actors),
            (event.attribution.start, event.attribution.end) if event.attribution else (None, None),
        ]
        for start, end in spans:
            assert (start is None) == (end is None)
            assert start is None or end is None or 0 <= start < end <= len(text)
        for actor in event.actors:
            assert actor.start is None or _letters(text[actor.start : actor.end or 0]) == _letters(actor.name)
        if event.attribution and event.attribution.start is not None:
            said = text[event.attribution.start : event.attribution.end]
            assert _letters(said) == _letters(event.attribution.source)
