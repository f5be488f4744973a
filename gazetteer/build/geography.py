"""Distances on the sphere, good to half a percent, which is all that radii and nearest places need."""

import math
from collections.abc import Iterable

EARTH_RADIUS_KM = 6371.0


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points given in degrees, in kilometres."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half_lat = math.sin((other_phi - phi) / 2)
    half_lon = math.sin(math.radians(other_lon - lon) / 2)
    chord = half_lat * half_lat + math.cos(phi) * math.cos(other_phi) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def mean_point(points: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    """Weighted mean (lat, lon) of (lat, lon, weight), taken on the sphere so that the antimeridian does no harm."""
    x = y = z = 0.0
    for lat, lon, weight in points:
        phi, theta = math.radians(lat), math.radians(lon)
        x += weight * math.cos(phi) * math.cos(theta)
        y += weight * math.cos(phi) * math.sin(theta)
        z += weight * math.sin(phi)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
