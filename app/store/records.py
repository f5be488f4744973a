"""What goes between repositories and services beside the rows themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from shapely.geometry.base import BaseGeometry as Geometry


@dataclass(frozen=True, slots=True)
class Region:
    """A country or a first-level unit to which events belong, by the codes and names that their places carry; or else a
    polygon in which they lie."""

    country: str | None = None
    admin1: str | None = None
    admin1_code: str | None = None
    """ISO 3166-2; where it is given it decides alone."""
    outline: Geometry | None = None
    """Where it is given it decides alone: the store chooses by its box, the service by the outline itself."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where an event stands in a sorted list: the value sorted by (day, confidence; None: undated) and its `seq`."""

    key: date | float | None
    seq: int


@dataclass(frozen=True, slots=True)
class Point:
    """Where an event lies (degrees), and whether it stands behind the position asked about."""

    seq: int
    lat: float
    lon: float
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Sighting:
    """An event as one article reports it, with what is needed to ask whether another article reports the same one."""

    event_id: str
    incident_id: str | None
    """None before it is stored."""
    kind: str
    event_type: str
    sub_event_type: str
    status: str
    start: date | None
    end: date | None
    lat: float | None
    lon: float | None
    radius_km: float

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Self:
        """From a wire event that is not stored yet."""
        when, where = body["date"] or {}, body["place"] or {}
        return cls(
            event_id=body["id"],
            incident_id=None,
            kind=body["kind"],
            event_type=body["event_type"],
            sub_event_type=body["sub_event_type"],
            status=body["status"],
            start=date.fromisoformat(when["start"]) if when.get("start") else None,
            end=date.fromisoformat(when["end"]) if when.get("end") else None,
            lat=where.get("lat"),
            lon=where.get("lon"),
            radius_km=where.get("radius_km", 0.0),
        )


@dataclass(frozen=True, slots=True)
class JobPart:
    """Some lines of a job, as `services.lines` packs them."""

    first_line: int
    """Number of the first one in the whole body, counted from 1."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a job has come."""

    line: int
    """The last line that is settled."""
    created: int
    duplicates: int
    rejected: int
    errors: tuple[Mapping[str, Any], ...]
    """`line` and `detail` of the first lines that were rejected."""
