"""Parts of places: "northern Syria", "the eastern countryside of Daraa", "X's southern suburbs", "central Damascus"."""

import re
from typing import Final

from shapely.geometry.base import BaseGeometry

from app.domain.events import Relation
from app.domain.places import Place
from app.resolution.relations.directions import bearing_of, mean_bearing
from app.resolution.relations.phrases import EXTENT_KM
from app.resolution.relations.scene import Scene
from app.resolution.relations.shapes import FlatMap, disc, middle, outline_or_disc, ring, sector, side, step
from app.resolution.relations.spots import Anchor, Spot, precision_of, spot_in

_HALF: Final = 0.45
"""Share of a place's extent at which its northern part begins: short of the middle, as writers are generous."""
_FAR: Final = 0.65
_CORE: Final = 0.6
"""Share of a town's radius that its centre takes."""
_BELT_ANGLE: Final = 60.0
_OPEN_LAND: Final = frozenset({"countryside", "hinterland"})
_UNIT_KM: Final = 40.0
"""Kilometres beyond a province's seat to which "northern Aleppo" may mean the province of that name."""
_BELT_OF: Final = {"rural": "countryside", "greater": "suburbs"}


def _words(match: re.Match[str], *names: str) -> str:
    groups = match.groupdict()
    return next((groups[name].strip() for name in names if groups.get(name)), "")


def _of_town(radius: float, bearings: list[float], how: str, belt: str) -> BaseGeometry:
    """A part of a town, or of the belt around it, with the town at the origin."""
    if belt:
        outer = radius + EXTENT_KM[belt]
        if not bearings:
            return ring(0.5 * radius, outer)
        pieces = [sector(bearing, 0.5 * radius, outer, _BELT_ANGLE) for bearing in bearings]
        return pieces[0].union(pieces[-1])
    if bearings:
        return side(disc(radius), bearings, _HALF)
    return disc(radius * _CORE) if how == "central" else disc(radius)


def _pin(shape: BaseGeometry, radius: float, bearings: list[float], belt: str) -> tuple[float, float]:
    """The likeliest point: suburbs and edges begin inside the circle that holds the town, the country beyond it."""
    bearing = mean_bearing(bearings[0], bearings[-1]) if bearings else None
    if bearing is None:
        return 0.0, 0.0
    if not belt:
        return shape.centroid.x, shape.centroid.y
    inside, beyond = (1.0, 0.25) if belt in _OPEN_LAND else (0.6, 0.1)
    return step(bearing, inside * radius + beyond * EXTENT_KM[belt])


def _is_namesake_of_unit(place: Place) -> bool:
    """A seat whose province bears its name: Aleppo, Idlib, Homs."""
    return place.feature_code == "PPLA" and place.admin1 == place.name


def _of_unit(scene: Scene, place: Place, flat: FlatMap, bearings: list[float], belt: str) -> BaseGeometry | None:
    """What of the province "northern Aleppo" or "the countryside of Aleppo" may mean beside the town; None for nothing.

    News from Syria says so of villages anywhere in that half of the province.
    """
    if not _is_namesake_of_unit(place):
        return None
    if belt and belt not in _OPEN_LAND:
        return None
    if not belt:
        pieces = [sector(bearing, 0, place.radius_km + _UNIT_KM, _BELT_ANGLE) for bearing in bearings]
        return pieces[0].union(pieces[-1]) if pieces else None
    unit = scene.places.admin1(place.country, place.admin1) if scene.places and place.country and place.admin1 else None
    outline = scene.outline(unit) if unit else None
    if outline is None:
        return None
    shape = flat.to_km(outline)
    return side(shape, bearings, _HALF) if bearings else shape


def _of_area(shape: BaseGeometry, bearings: list[float], how: str) -> BaseGeometry:
    if bearings:
        return side(shape, bearings, _FAR if how == "far" else _HALF)
    return middle(shape) if how == "central" else shape


def _has_parts(place: Place) -> bool:
    """Rivers have banks, not halves; a crossing is too small to have any."""
    return (place.is_settlement or place.is_admin or place.is_area) and not (place.feature_code or "").startswith("STM")


def part(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """The side, the middle or the belt that the words tell: cut from the outline, or from the circle that holds it."""
    place, groups = anchor.place, match.groupdict()
    small = not place.is_admin and not place.is_area
    if not _has_parts(place) or anchor.is_border or (small and groups.get("wide")):
        return None  # "dug in south of the town" is no part of it
    bearings = [bearing_of(groups[name]) for name in ("direction", "direction2") if groups.get(name)]
    how = "central" if groups.get("centre") else _words(match, "how")
    how = {"downtown": "central", "inner": "central"}.get(how, how)
    how = "far" if groups.get("far") else how
    belt = _words(match, "belt") or _BELT_OF.get(how, "")
    flat, whole = outline_or_disc(place, None if small else scene.outline(place))
    pin: tuple[float, float] | None = None
    if small:
        shape = _of_town(max(1.0, place.radius_km), bearings, how, belt)
        pin = _pin(shape, max(1.0, place.radius_km), bearings, belt)
        unit = _of_unit(scene, place, flat, bearings, belt) if belt or bearings else None
        shape = shape.union(unit) if unit is not None else shape
    else:
        shape = _of_area(whole, bearings, how)
    area = flat.area(shape, pin)
    if area is None:
        return None
    bearing = None if not bearings else bearings[0] if len(bearings) == 1 else mean_bearing(*bearings)
    relation = Relation("part", (place,), None, bearing)
    label = "-".join(filter(None, (how, belt, *(f"{degrees:g}" for degrees in bearings)))) or "whole"
    if not small:
        precision = (3, 5)
    elif how == "central" and not belt:
        precision = (1, 1)
    else:
        precision = precision_of(area.radius_km)
    return spot_in(area, anchor, relation, f"part:{place.id}:{label}", scene.said(match), precision)
