"""Parts of places: "northern Syria", "the eastern countryside of Daraa", "X's southern suburbs", "central Damascus"."""

import re
from typing import Final

from shapely.geometry.base import BaseGeometry

from app.domain.events import Relation
from app.domain.places import Place
from app.resolution.relations.directions import bearing_of, mean_bearing
from app.resolution.relations.phrases import EXTENT_KM
from app.resolution.relations.scene import Scene
from app.resolution.relations.shapes import disc, middle, outline_or_disc, ring, sector, side
from app.resolution.relations.spots import Anchor, Spot, spot_in

_HALF: Final = 0.45
"""Share of a place's extent at which its northern part begins: short of the middle, as writers are generous."""
_FAR: Final = 0.65
_CORE: Final = 0.6
"""Share of a town's radius that its centre takes."""
_BELT_ANGLE: Final = 60.0
_BELT_OF: Final = {"rural": "countryside", "greater": "suburbs"}


def _words(match: re.Match[str], *names: str) -> str:
    groups = match.groupdict()
    return next((groups[name].strip().lower() for name in names if groups.get(name)), "")


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
    shape = _of_town(max(1.0, place.radius_km), bearings, how, belt) if small else _of_area(whole, bearings, how)
    area = flat.area(shape, (0.0, 0.0) if small and not bearings else None)
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
        precision = (2, 2 if area.radius_km <= 25 else 5)
    return spot_in(area, anchor, relation, f"part:{place.id}:{label}", scene.said(match), precision)
