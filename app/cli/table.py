"""A document as tables for the eye."""

import sys

from rich import box
from rich.console import Console
from rich.table import Table

from app.domain.dates import DocumentDate, EventDate
from app.domain.documents import Document
from app.domain.events import Event, EventPlace, Toll
from app.domain.places import Place
from app.domain.toponyms import Toponym

SHOWN_EVIDENCE = 72
"""Characters of the evidence that a row shows."""

_PIPE_WIDTH = 2_000
"""Wider than any row: who reads from a pipe cuts lines himself."""

_STYLES = {"claimed": "yellow", "denied": "red", "planned": "cyan"}


def open_console() -> Console:
    """Standard output, as wide as any row where it is a pipe."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False)


def print_tables(document: Document, heading: str | None = None) -> None:
    """The document's date, a row an event, then a row a toponym. Plain lines without frames when not on a terminal."""
    terminal, console = sys.stdout.isatty(), open_console()
    if heading:
        console.rule(heading, align="left") if terminal else console.print(f"== {heading}")
    console.print(f"Date of the article: {_document_date(document.date)}")
    for table in (_events(document.events), _toponyms(document.toponyms)):
        if not terminal:
            table.box = None
            table.pad_edge = False
        if table.row_count:
            console.print()
            console.print(table)
    if not document.events:
        console.print("No events.")


def _table(*columns: str) -> Table:
    table = Table(*columns, box=box.SIMPLE_HEAD)
    for column in table.columns:
        column.overflow = "fold"
    return table


def _events(events: tuple[Event, ...]) -> Table:
    table = _table("status", "kind", "date", "place", "actors", "toll", "evidence")
    for event in events:
        table.add_row(
            event.status,
            event.kind,
            event_date(event.date),
            event_place(event.place, event.alternative_places),
            "; ".join(f"{actor.name} ({actor.role})" for actor in event.actors) or "-",
            tolls(event.fatalities, event.injured),
            _shortened(event.evidence.text),
            style=_STYLES.get(event.status),
        )
    return table


def _toponyms(toponyms: tuple[Toponym, ...]) -> Table:
    table = _table("toponym", "at", "role", "place", "confidence")
    for toponym in toponyms:
        table.add_row(
            _shortened(toponym.text),
            f"{toponym.start}-{toponym.end}",
            toponym.role,
            _place(toponym.place) if toponym.place else "unresolved",
            f"{toponym.confidence:.2f}",
            style="dim" if toponym.kind == "associative" else None,
        )
    return table


def _document_date(when: DocumentDate | None) -> str:
    if when is None:
        return "unknown"
    days = f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"
    others = f", or {', '.join(map(str, when.alternatives))}" if when.alternatives else ""
    return f"{days}{others} ({when.source}, confidence {when.confidence:.2f})"


def event_date(when: EventDate | None) -> str:
    """The days of an event."""
    if when is None:
        return "-"
    if when.start == when.end:
        return str(when.start)
    if when.start is None:
        return f"until {when.end}"
    return f"since {when.start}" if when.end is None else f"{when.start} to {when.end}"


def _place(place: Place) -> str:
    parts = [place.name, place.admin1 if place.admin1 != place.name else None, place.country]
    return ", ".join(part for part in parts if part)


def event_place(where: EventPlace | None, others: tuple[EventPlace, ...]) -> str:
    """The place with its alternatives, how exact and within which radius."""
    if where is None:
        return "-"
    names = " or ".join(_place(option.place) for option in (where, *others))
    return f"{names} [precision {where.geo_precision}, {where.radius_km:g} km]"


def _toll(toll: Toll | None, what: str) -> str | None:
    if toll is None:
        return None
    if toll.best is not None:
        number = str(toll.best)
    elif toll.low is not None and toll.high is not None:
        number = f"{toll.low}-{toll.high}"
    else:
        number = f"{toll.low}+" if toll.low is not None else toll.text
    return f"{number} {what}{' (vague)' if toll.vague else ''}"


def tolls(killed: Toll | None, hurt: Toll | None) -> str:
    """ "2 killed, 5+ hurt"."""
    return ", ".join(toll for toll in (_toll(killed, "killed"), _toll(hurt, "hurt")) if toll) or "-"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_EVIDENCE else line[: SHOWN_EVIDENCE - 1].rstrip() + "…"
