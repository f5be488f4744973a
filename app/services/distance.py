"""Distances on the WGS 84 ellipsoid, and the box that holds all that lies within one."""

import math

from geopy.distance import geodesic

from app.domain.queries import Bbox

_EARTH_KM = 6371.009
_SLACK = 0.01
"""The sphere's distance is off by less than 0.6 % of the ellipsoid's; we allow 1 %."""


def geodesic_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres along the ellipsoid (Karney's method, by geopy)."""
    return float(geodesic((lat, lon), (other_lat, other_lon)).km)


def within_km(lat: float, lon: float, other_lat: float, other_lon: float, radius_km: float) -> bool:
    """True when the geodesic distance is not over `radius_km`.

    The sphere decides what is far from the edge, a hundred times faster; the ellipsoid decides the rest.
    """
    rough = _sphere_km(lat, lon, other_lat, other_lon)
    if rough > radius_km * (1 + _SLACK):
        return False
    return rough < radius_km * (1 - _SLACK) or geodesic_km(lat, lon, other_lat, other_lon) <= radius_km


def box_around(lat: float, lon: float, radius_km: float) -> Bbox:
    """A box that holds every point within `radius_km`; it spans all longitudes when a pole lies within."""
    angle = radius_km * (1 + _SLACK) / _EARTH_KM
    tall = math.degrees(angle)
    south, north = lat - tall, lat + tall
    if south <= -90 or north >= 90:
        return Bbox(-180.0, max(south, -90.0), 180.0, min(north, 90.0))
    # A circle is widest a little poleward of its centre (Bronstein; Matuschek's "bounding coordinates").
    wide = math.degrees(math.asin(math.sin(angle) / math.cos(math.radians(lat))))
    return Bbox(_turned(lon - wide), south, _turned(lon + wide), north)


def _turned(lon: float) -> float:
    return lon - 360 if lon > 180 else lon + 360 if lon < -180 else lon


def _sphere_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half_lat, half_lon = (other_phi - phi) / 2, math.radians(other_lon - lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_lon) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
