"""Whole articles of our own: NAME.txt is read, and what NAME.expected.json asks for must come out.

A new article needs no Python: put the pair of files beside these. Events that a reader could do
without are marked `optional`; each list in an expectation names every answer that is right.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from geopy.distance import geodesic

from app.domain.documents import Article, Document
from app.domain.events import Event
from app.pipeline import geoparse
from app.places import Gazetteer
from tests.checks import assert_offsets

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)
CASES: dict[str, dict[str, Any]] = {
    path.stem: json.loads((HERE / f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    for path in sorted(HERE.glob("*.txt"))
}
REQUIRED = [
    (f"{name}-{number}-{asked['kind'][0]}-{asked['place_id_or_name'][0]}", name, asked)
    for name, case in CASES.items()
    for number, asked in enumerate(case["events"])
    if not asked.get("optional")
]
NAMES = list(CASES)


def _required(field: str | None = None) -> list[Any]:
    return [pytest.param(name, asked, id=label) for label, name, asked in REQUIRED if field is None or field in asked]


def _text(name: str) -> str:
    return (HERE / f"{name}.txt").read_bytes().decode("utf-8")  # bytes, so that line ends stay as they are


@pytest.fixture(scope="module")
def documents(places: Gazetteer) -> dict[str, Document]:
    """Each article read once."""

    def read(name: str) -> Document:
        published = CASES[name]["published"]
        day = date.fromisoformat(published) if published else None
        return geoparse(Article(_text(name), published=day), places, today=TODAY)

    return {name: read(name) for name in CASES}


def _is_near(event: Event, asked: dict[str, Any]) -> bool:
    point = (asked["lat"], asked["lon"])
    spots = [where.place for where in (event.place, *event.alternative_places) if where]
    return any(geodesic((spot.lat, spot.lon), point).km <= asked["tolerance_km"] for spot in spots)


def _faults(event: Event, asked: dict[str, Any]) -> list[str]:
    """What keeps the event from being the one asked for; nothing when it is."""
    faults = [f"{field} {getattr(event, field)}" for field in ("kind", "sub_event_type", "status")
              if getattr(event, field) not in asked[field]]  # fmt: skip
    when = event.date
    if when is None:
        faults.append("no date")
    elif (when.end or date.max).isoformat() < asked["start"] or (when.start or date.min).isoformat() > asked["end"]:
        faults.append(f"date {when.start} to {when.end}")
    if not _is_near(event, asked):
        faults.append(f"place {event.place.place.name if event.place else None}")
    if asked["must_contain"] not in event.evidence.text:
        faults.append(f"evidence {event.evidence.text!r}")
    return faults


def _told(document: Document, asked: dict[str, Any]) -> list[Event]:
    """Events of the asked kind at the asked place, whatever else is wrong with them."""
    return [e for e in document.events if e.kind in asked["kind"] and _is_near(e, asked)]


@pytest.mark.parametrize(("name", "asked"), _required())
def test_event_comes_out(documents: dict[str, Document], name: str, asked: dict[str, Any]) -> None:
    tried = {f"{e.kind} '{e.trigger.text}' at {e.trigger.start}": _faults(e, asked) for e in documents[name].events}
    assert [] in tried.values(), "\n".join(f"{event}: {'; '.join(faults)}" for event, faults in tried.items())


@pytest.mark.parametrize(("name", "asked"), _required("fatalities"))
def test_fatalities(documents: dict[str, Document], name: str, asked: dict[str, Any]) -> None:
    tolls = [e.fatalities for e in _told(documents[name], asked)]
    wanted = asked["fatalities"]
    assert (wanted["low"], wanted["best"], wanted["high"]) in [(t.low, t.best, t.high) for t in tolls if t]


@pytest.mark.parametrize(("name", "asked"), _required("injured"))
def test_injured(documents: dict[str, Document], name: str, asked: dict[str, Any]) -> None:
    tolls = [e.injured for e in _told(documents[name], asked)]
    # "more than thirty" is 31 in our convention and 30 in the plain reading
    assert [t for t in tolls if t and t.low is not None and 0 <= t.low - asked["injured"] <= 1]


@pytest.mark.parametrize(("name", "asked"), _required("relation"))
def test_relation(documents: dict[str, Document], name: str, asked: dict[str, Any]) -> None:
    wanted = asked["relation"]
    relations = [e.place.relation for e in _told(documents[name], asked) if e.place and e.place.relation]
    assert (wanted["type"], [wanted["anchor"]], wanted["distance_km"], wanted["bearing"]) in [
        (r.type, [anchor.name for anchor in r.anchors], r.distance_km, r.bearing) for r in relations
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_event_where_none_happened(documents: dict[str, Document], places: Gazetteer, name: str) -> None:
    """Datelines, capitals that speak, landmarks and the seats of monitors are no event places."""
    namesakes = places.lookup(CASES[name]["no_event_at"])
    assert set(namesakes) == set(CASES[name]["no_event_at"])
    forbidden = {candidate.place.id for found in namesakes.values() for candidate in found if candidate.how == "name"}
    forbidden |= {found[0].place.id for found in namesakes.values()}
    lands = {found[0].place.country for found in namesakes.values() if found[0].place.is_country}
    real = [e.place.place for e in documents[name].events if e.place and e.status in {"occurred", "claimed"}]
    assert not [place for place in real if place.id in forbidden or place.country in lands]


@pytest.mark.parametrize("name", NAMES)
def test_document_date(documents: dict[str, Document], name: str) -> None:
    when = documents[name].date
    assert when is not None
    assert when.start.isoformat() == when.end.isoformat() == CASES[name]["document_date"]


@pytest.mark.parametrize("name", NAMES)
def test_offsets(documents: dict[str, Document], name: str) -> None:
    assert_offsets(_text(name), documents[name])
