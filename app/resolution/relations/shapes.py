"""Areas that words describe: sectors, rings, sides and middles of an outline, bands along a border.

All is worked out on a flat map in kilometres around a centre, good to a few percent below 1000 km and 70 degrees.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from app.domain.events import GeoJSON
from app.domain.places import Place
from app.resolution.geo import EARTH_KM, HasPoint

_DEGREE_KM = 111.2
_LEAST_COSINE = 0.05
_DETAIL = 0.008
"""Corners that move an outline by less than this share of its size are left out: a radius needs no coast line."""
_SLACK = 1.01
"""The flat map is off by up to a percent."""


@dataclass(frozen=True, slots=True)
class Area:
    """A geometry with the point that stands for it and the radius of the circle around the point that holds it."""

    lat: float
    lon: float
    radius_km: float
    geometry: GeoJSON


@dataclass(frozen=True, slots=True)
class FlatMap:
    """Kilometres east and north of a centre."""

    lat: float
    lon: float

    @property
    def _scale(self) -> list[float]:
        return [_DEGREE_KM * max(_LEAST_COSINE, math.cos(math.radians(self.lat))), _DEGREE_KM]

    def to_km(self, shape: BaseGeometry) -> BaseGeometry:
        """Degrees to kilometres."""
        return shapely.transform(shape, lambda at: (at - [self.lon, self.lat]) * self._scale)

    def to_degrees(self, shape: BaseGeometry) -> BaseGeometry:
        """Kilometres to degrees."""
        return shapely.transform(shape, lambda at: at / self._scale + [self.lon, self.lat])

    def at(self, place: HasPoint) -> tuple[float, float]:
        """Kilometres east and north of the centre at which a place lies."""
        east, north = self._scale
        return (place.lon - self.lon) * east, (place.lat - self.lat) * north

    def area(self, shape: BaseGeometry, centre: tuple[float, float] | None = None) -> Area | None:
        """The area that a shape in kilometres covers; None when nothing is left of it or it leaves the globe's map."""
        if shape.is_empty:
            return None
        size = max(shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1])
        shape = shape.simplify(_DETAIL * size)
        middle = shapely.Point(centre) if centre else shape.centroid
        if centre is None and shape.area > 0 and not shape.contains(middle):
            middle = shape.representative_point()
        ground = self.to_degrees(shape)
        west, south, east, north = ground.bounds
        if west < -180 or east > 180 or south < -90 or north > 90:
            return None
        (x, y) = shapely.get_coordinates(self.to_degrees(middle))[0]
        lat, lon = round(float(y), 5), round(float(x), 5)
        radius = math.ceil(10 * _SLACK * _farthest_km(lat, lon, shapely.get_coordinates(ground))) / 10
        return Area(lat, lon, max(0.5, radius), geojson(ground))


def _farthest_km(lat: float, lon: float, corners: NDArray[np.float64]) -> float:
    """Great-circle kilometres from a point to the farthest of the corners (lon, lat)."""
    p1, p2 = math.radians(lat), np.radians(corners[:, 1])
    h = np.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * np.cos(p2) * np.sin(np.radians(corners[:, 0] - lon) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1))).max())


def _listed(coordinates: Any) -> Any:
    return [_listed(item) for item in coordinates] if isinstance(coordinates, list | tuple) else coordinates


def geojson(shape: BaseGeometry) -> GeoJSON:
    """A shape in degrees as GeoJSON, rings right-handed (RFC 7946), four decimals (11 m)."""
    shape = shapely.orient_polygons(shapely.set_precision(shape, 0.0001), exterior_cw=False)
    plain = shapely.geometry.mapping(shape)
    return {"type": plain["type"], "coordinates": _listed(plain["coordinates"])}


def step(bearing: float, km: float = 1.0) -> tuple[float, float]:
    """Kilometres east and north of a way of `km` towards a bearing."""
    return km * math.sin(math.radians(bearing)), km * math.cos(math.radians(bearing))


def sector(bearing: float, inner_km: float, outer_km: float, half_angle: float = 45.0) -> BaseGeometry:
    """The piece of a ring around the origin within `half_angle` degrees of a bearing."""
    angles = np.linspace(bearing - half_angle, bearing + half_angle, 13)
    outer = [step(float(angle), outer_km) for angle in angles]
    inner = [step(float(angle), inner_km) for angle in angles[::-1]] if inner_km > 0 else [(0.0, 0.0)]
    return shapely.Polygon([*outer, *inner])


def ring(inner_km: float, outer_km: float) -> BaseGeometry:
    """What lies between two distances from the origin."""
    return shapely.Point(0, 0).buffer(outer_km).difference(shapely.Point(0, 0).buffer(inner_km))


def disc(radius_km: float) -> BaseGeometry:
    """All within a distance of the origin."""
    return shapely.Point(0, 0).buffer(radius_km)


def _beyond(shape: BaseGeometry, bearing: float, share: float) -> BaseGeometry:
    """A half-plane that begins at `share` of the shape's extent towards a bearing."""
    (ux, uy), corners = step(bearing), shapely.get_coordinates(shape)
    reach = corners[:, 0] * ux + corners[:, 1] * uy
    first, last = float(reach.min()), float(reach.max())
    start, wide = first + share * (last - first), float(np.abs(corners).max()) * 2 + 10
    left, right = (-uy * wide, ux * wide), (uy * wide, -ux * wide)
    far = last + 1
    return shapely.Polygon(
        [
            (start * ux + left[0], start * uy + left[1]),
            (far * ux + left[0], far * uy + left[1]),
            (far * ux + right[0], far * uy + right[1]),
            (start * ux + right[0], start * uy + right[1]),
        ]
    )


def side(shape: BaseGeometry, bearings: Sequence[float], share: float) -> BaseGeometry:
    """What of a shape lies beyond `share` of its extent towards any of the bearings."""
    return shapely.union_all([shape.intersection(_beyond(shape, bearing, share)) for bearing in bearings])


def middle(shape: BaseGeometry) -> BaseGeometry:
    """The middle half of a shape, north to south and west to east."""
    west, south, east, north = shape.bounds
    wide, high = (east - west) / 4, (north - south) / 4
    return shape.intersection(shapely.box(west + wide, south + high, east - wide, north - high))


def outline_or_disc(place: Place, outline: BaseGeometry | None) -> tuple[FlatMap, BaseGeometry]:
    """The outline of a place on a flat map around it, or the circle that its radius makes."""
    if outline is None or outline.is_empty:
        return FlatMap(place.lat, place.lon), disc(max(1.0, place.radius_km))
    west, south, east, north = outline.bounds
    flat = FlatMap((south + north) / 2, (west + east) / 2)
    return flat, flat.to_km(outline)
