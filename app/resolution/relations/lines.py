"""Places between two others: "between A and B", "the A-B road", "halfway between"."""

import re
from typing import Final

from app.domain.events import Relation
from app.resolution.geo import HasPoint, geodesic_km
from app.resolution.relations.phrases import DEALINGS
from app.resolution.relations.scene import Scene
from app.resolution.relations.spots import Anchor, Spot, derived, precision_of, rounded_up

_LONGEST_KM: Final = 600.0
_DETOUR: Final = 0.1
"""Roads leave the straight line: share of the whole by which they may."""
_HALFWAY: Final = 0.2
"""How far from the middle, as a share of the whole, "halfway" may be."""
_NO_GROUND: Final = re.compile(rf"\b(?:{'|'.join(sorted(DEALINGS))})(?: [\w-]+){{0,2}} $")
_LEFT: Final = 60


def _on_line(a: HasPoint, b: HasPoint, share: float) -> list[float]:
    """[longitude, latitude] at a share of a short line, right across the antimeridian too."""
    if share in (0.0, 1.0):
        return [a.lon, a.lat] if share == 0 else [b.lon, b.lat]
    apart = (b.lon - a.lon + 180) % 360 - 180
    lon = (a.lon + share * apart + 180) % 360 - 180
    return [round(lon, 5), round(a.lat + share * (b.lat - a.lat), 5)]


def _is_parties(scene: Scene, match: re.Match[str], a: Anchor, b: Anchor) -> bool:
    """ "talks between Damascus and Amman", "the deal between A and B": names that stand for those who deal."""
    left = scene.masked.words[max(0, match.start() - _LEFT) : match.start()]
    return bool(_NO_GROUND.search(left)) or a.place.is_country or b.place.is_country


def between(scene: Scene, match: re.Match[str], first: Anchor) -> Spot | None:
    """A line from one to the other, with the middle for a point."""
    second = scene.anchor(match, "b")
    if second is None or first.is_border or second.is_border or _is_parties(scene, match, first, second):
        return None
    a, b = first.place, second.place
    gap = geodesic_km(a, b)
    if gap < 0.1 or gap > _LONGEST_KM:
        return None
    half = "half" in match.groupdict() and match["half"] is not None
    lon, lat = _on_line(a, b, 0.5)
    reach = _HALFWAY if half else 0.5
    radius = rounded_up((reach + _DETOUR / 2) * gap + 1 + (0 if half else min(5.0, max(a.radius_km, b.radius_km))))
    geo, where = precision_of(radius)
    name = f"{'halfway ' if half else ''}between {a.name} and {b.name}"
    place = derived(a, f"between:{a.id}:{b.id}", name, lat, lon, radius)
    line = {"type": "LineString", "coordinates": [_on_line(a, b, 0.5 - reach), _on_line(a, b, 0.5 + reach)]}
    relation = Relation("between", (a, b), round(gap, 1), None)
    last = max(first, second, key=lambda anchor: anchor.end)
    return Spot(
        place, geo, where if half else 5, radius, relation, line, first.start, last.end, first.resolved
    )  # fmt: skip
