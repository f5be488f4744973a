"""`dateline geoparse --explain`: each event in the words of the text that support it, and why it is so."""

import re
import sys
from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from app.cli.table import event_date, event_place, open_console, tolls
from app.domain.documents import Document
from app.domain.events import Event

MARKS = {"trigger": "bold red", "place": "bold green", "date": "bold blue", "status": "bold magenta"}
"""What is marked in the text, and how a terminal shows it."""
_BEYOND = 200
"""A place or a date that stands farther from the clause is told, not shown."""
_QUOTED = re.compile(r"'([^']+)'")


def print_explained(document: Document, text: str, heading: str | None = None) -> None:
    """A paragraph for each event: the clause with trigger, place, date and status marked, then the reasons."""
    terminal, console = sys.stdout.isatty(), open_console()
    if heading:
        console.print(f"== {heading}")
    for number, event in enumerate(document.events, 1):
        if number > 1:
            console.print()
        head = f"{number}. {event.status} {event.kind} ({event.event_type} / {event.sub_event_type})"
        console.print(f"{head}, confidence {event.confidence:.2f}")
        console.print(Padding(_marked(text, event, styled=terminal), (0, 0, 0, 3), expand=False))
        for name, words in _told(event):
            console.print(f"   {name:<9} {words}")
    if not document.events:
        console.print("No events.")


def _spans(text: str, event: Event) -> dict[tuple[int, int], str]:
    """(start, end) -> what is marked there; a trigger wins over what it overlaps, then the place, then the date."""
    start, end = event.evidence.start, event.evidence.end
    wanted = [(event.trigger.start, event.trigger.end, "trigger")]
    if event.place and event.place.start is not None and event.place.end is not None:
        wanted.append((event.place.start, event.place.end, "place"))
    if event.date and event.date.start_char is not None and event.date.end_char is not None:
        wanted.append((event.date.start_char, event.date.end_char, "date"))
    for reason in event.reasons:
        for word in _QUOTED.findall(reason) if reason.startswith(("governed", "followed")) else ():
            at = text.lower().find(word.lower(), max(0, start - _BEYOND), end)
            if at >= 0:
                wanted.append((at, at + len(word), "status"))
    kept: dict[tuple[int, int], str] = {}
    for first, last, name in wanted:
        near = start - _BEYOND <= first and last <= end + _BEYOND
        if near and all(last <= a or b <= first for a, b in kept):
            kept[first, last] = name
    return kept


def _marked(text: str, event: Event, *, styled: bool) -> Text:
    spans = _spans(text, event)
    start = min(event.evidence.start, *(first for first, _ in spans))
    end = max(event.evidence.end, *(last for _, last in spans))
    out, at = Text(), start
    for (first, last), name in sorted(spans.items()):
        out.append(_line(text[at:first]))
        out.append(_line(text[first:last]) if styled else f"[{_line(text[first:last])}|{name}]", MARKS[name])
        at = last
    out.append(_line(text[at:end]))
    return out


def _line(text: str) -> str:
    """The text on one line."""
    return re.sub(r"\s+", " ", text)


def _told(event: Event) -> Iterator[tuple[str, str]]:
    """Name and value of what the event says, empty fields left out."""
    yield "place", event_place(event.place, event.alternative_places)
    if event.date:
        origin = {"text": "told in the clause", "carried": "told before", "document": "the article's own day"}
        yield "date", f"{event_date(event.date)} ({origin[event.date.source]}, confidence {event.date.confidence:.2f})"
    if event.actors:
        yield "actors", "; ".join(f"{actor.name} ({actor.role}, {actor.inter})" for actor in event.actors)
    if event.fatalities or event.injured:
        yield "toll", tolls(event.fatalities, event.injured)
    if event.attribution:
        yield "source", event.attribution.source
    yield "because", "; ".join(event.reasons)
