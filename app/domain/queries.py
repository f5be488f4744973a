"""Questions to the store as value types. Each parses its own parameter and fails with a sentence to act on."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from app.domain.events import Status
from app.errors import BadInput

Sort = Literal["date", "-date", "-confidence"]

MAX_LIMIT = 1000


def _numbers(raw: str, count: int, field: str, example: str) -> list[float]:
    parts = raw.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(math.isfinite(number) for number in numbers):
        raise BadInput(
            f"{field} must be {count} numbers separated by commas, for example {field}={example}.", field=field
        )
    return numbers


def _check_position(lon: float, lat: float, field: str) -> None:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput(f"{field}: longitudes lie between -180 and 180 and latitudes between -90 and 90.", field=field)


def position(raw: str, field: str) -> tuple[float, float]:
    """Parse `lon,lat` in WGS 84 degrees; raises BadInput."""
    lon, lat = _numbers(raw, 2, field, "36.10,32.62")
    _check_position(lon, lat, field)
    return lon, lat


@dataclass(frozen=True, slots=True)
class Bbox:
    """A box in WGS 84 degrees. `west` > `east` means that it crosses the antimeridian (RFC 7946, 5.2)."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def from_param(cls, raw: str, field: str = "bbox") -> Self:
        """Parse `west,south,east,north`; raises BadInput."""
        west, south, east, north = _numbers(raw, 4, field, "35.5,32.3,37.0,33.5")
        _check_position(west, south, field)
        _check_position(east, north, field)
        if south > north:
            raise BadInput(
                f"{field}: the second number (south) must not be larger than the fourth (north).", field=field
            )
        return cls(west, south, east, north)

    @property
    def parts(self) -> tuple[tuple[float, float, float, float], ...]:
        """The one or two plain boxes (west <= east) that make up this one."""
        if self.west <= self.east:
            return ((self.west, self.south, self.east, self.north),)
        return ((self.west, self.south, 180.0, self.north), (-180.0, self.south, self.east, self.north))


@dataclass(frozen=True, slots=True)
class Near:
    """Within `radius_km` (geodesic) of a point."""

    lon: float
    lat: float
    radius_km: float

    @classmethod
    def from_params(cls, raw: str, radius_km: float | None) -> Self:
        """Parse `near=lon,lat` and `radius_km`; raises BadInput."""
        lon, lat = position(raw, "near")
        if radius_km is None:
            raise BadInput("near needs radius_km as well, for example radius_km=25.", field="radius_km")
        if not (math.isfinite(radius_km) and 0 < radius_km <= 2000):
            raise BadInput("radius_km must lie above 0 and not over 2000.", field="radius_km")
        return cls(lon, lat, radius_km)


@dataclass(frozen=True, slots=True)
class EventQuery:
    """What `GET /v1/events` asks. Tuples mean "one of these"; an event matches when all named parts match.

    An event matches `from_day`..`to_day` (both inclusive) when its interval overlaps; an open end reaches on forever.
    """

    bbox: Bbox | None = None
    near: Near | None = None
    region: str | None = None
    country: tuple[str, ...] = ()
    admin1: str | None = None
    """A unit's name or its ISO 3166-2 code."""
    from_day: date | None = None
    to_day: date | None = None
    event_type: tuple[str, ...] = ()
    sub_event_type: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    source: str | None = None
    actor: str | None = None
    min_confidence: float | None = None
    max_radius_km: float | None = None
    sort: Sort = "-date"
    limit: int = 100
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """What `GET /v1/places` asks of the gazetteer."""

    q: str
    country: tuple[str, ...] = ()
    admin1: str | None = None
    feature: tuple[str, ...] = ()
    """GeoNames feature classes or codes: `P`, `PSTB`."""
    near: tuple[float, float] | None = None
    """(lon, lat) in degrees: of places that match equally well the nearest comes first."""
    limit: int = 10
