"""Distances on the globe. Quick great-circle kilometres for ranking; geodesics by geopy where a figure is answered."""

import math
from typing import Protocol

from geopy.distance import geodesic
from geopy.point import Point

EARTH_KM = 6371.0088


class HasPoint(Protocol):
    """Anything with WGS 84 coordinates in degrees."""

    @property
    def lat(self) -> float:
        """Latitude."""

    @property
    def lon(self) -> float:
        """Longitude."""


def quick_km(a: HasPoint, b: HasPoint) -> float:
    """Great-circle distance in kilometres; within 0.6 % of the geodesic."""
    p1, p2 = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def geodesic_km(a: HasPoint, b: HasPoint) -> float:
    """Geodesic distance in kilometres on WGS 84."""
    return float(geodesic((a.lat, a.lon), (b.lat, b.lon)).kilometers)


def destination(origin: HasPoint, distance_km: float, bearing: float) -> tuple[float, float]:
    """(lat, lon) of the point `distance_km` from `origin` towards `bearing` (degrees clockwise from north)."""
    point = geodesic(kilometers=distance_km).destination(Point(origin.lat, origin.lon), bearing)
    return round(point.latitude, 5), round(point.longitude, 5)
