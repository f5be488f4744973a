"""Conflict events as the contract speaks of them (API.md, section Event)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.domain.dates import EventDate
from app.domain.places import Place
from app.domain.spans import Span

Status = Literal["occurred", "claimed", "denied", "planned"]
ActorRole = Literal["initiator", "target", "party"]
Inter = Literal[
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
]  # fmt: skip
RelationType = Literal["offset", "near", "between", "part", "coordinates"]
GeoJSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Relation:
    """How the event's place hangs on other places: "13 km north of X", "near X", "between X and Y"."""

    type: RelationType
    anchors: tuple[Place, ...]
    distance_km: float | None = None
    bearing: float | None = None
    """Degrees clockwise from north, from the first anchor to the place."""


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event happened, with how exactly the text says so."""

    place: Place
    geo_precision: int
    """ACLED: 1 named town, 2 small area or near a town, 3 region."""
    where_prec: int
    """UCDP: 1 exact, 2 within about 25 km, 3 ADM2, 4 ADM1, 5 linear or fuzzy, 6 country, 7 international."""
    radius_km: float
    """The true place lies within this distance of the point."""
    relation: Relation | None
    geometry: GeoJSON
    start: int | None
    end: int | None
    """The mention that gave the place; None when it was carried over."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts in or suffers an event."""

    name: str
    role: ActorRole
    inter: Inter
    country: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Toll:
    """How many were killed or hurt. `best` or `high` is None where the text leaves it open."""

    low: int | None
    best: int | None
    high: int | None
    text: str
    vague: bool
    """True when the number is a convention for a word such as "dozens" (12) or "several" (3)."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so."""

    source: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened (or is claimed, denied or planned) at one place in one span of days."""

    id: str
    kind: str
    """The fine type: a row of ontology.yaml."""
    event_type: str
    sub_event_type: str
    status: Status
    date: EventDate | None
    place: EventPlace | None
    unresolved_place: Span | None
    """The name that places the event where the gazetteer lacks it; `place` is then the area around it, or None."""
    alternative_places: tuple[EventPlace, ...]
    actors: tuple[Actor, ...]
    fatalities: Toll | None
    injured: Toll | None
    attribution: Attribution | None
    trigger: Span
    evidence: Span
    confidence: float
    background: bool
    codes: Mapping[str, Any]
    """`acled`, `ucdp` and `plover` blocks as plain JSON values."""
    reasons: tuple[str, ...] = ()
