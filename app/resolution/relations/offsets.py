"""Places told by distance and direction from another: "13 km north of X", "10 km from X", "south-east of the town"."""

import re
from dataclasses import replace
from typing import Final

from app.domain.events import Relation
from app.resolution.geo import destination
from app.resolution.relations.directions import bearing_of, mean_bearing
from app.resolution.relations.distances import Distance, read_distance
from app.resolution.relations.nearby import LARGE_TOWN, near_within
from app.resolution.relations.parts import part
from app.resolution.relations.scene import Scene
from app.resolution.relations.shapes import FlatMap, disc, ring, sector, step
from app.resolution.relations.spots import Anchor, Spot, derived, point, precision_of, rounded_up, spot_in

_REACH_KM: Final = {"PPLC": 90.0, "PPLA": 50.0}
_LARGE_TOWN_KM: Final = 50.0
_USUAL_REACH_KM: Final = 25.0
"""How far beyond a place "north of it" goes. The larger the place, the farther: Samarra is "north of Baghdad". Of the
towns told so in public corpora (same country, within 250 km and 60 degrees of the told course, else taken for wrongly
resolved), 21 of 24 lie within 91 km of a capital's edge and 27 of 31 within 51 km of that of a province's seat; for all
others 25 km, where UCDP stops saying "near". Corpora: Event Location, re3d, GUM, WikiGold, UCDP."""
_HOW: Final = {"just": 0.4, "immediately": 0.2, "directly": 1.0, "slightly": 0.4, "far": 2.0, "well": 1.5, "deep": 1.5}
_LIKELY: Final = 0.1
"""Share of the reach at which the point is put. A town that needs such words lies far off, but an event placed by them
has no such town: ACLED and UCDP code it at the place itself."""
_ALONG_RIVER_KM: Final = 40.0


def _at(anchor: Anchor, distance: Distance, bearing: float, name: str) -> Spot:
    place = anchor.place
    lat, lon = destination(place, distance.km, bearing)
    radius = rounded_up(distance.radius_with_course(place.radius_km))
    geo, where = precision_of(radius)
    made = derived(place, f"offset:{place.id}:{distance.km:g}km:{bearing:g}", name, lat, lon, radius)
    relation = Relation("offset", (place,), distance.km, bearing)
    return Spot(made, geo, where, radius, relation, point(lat, lon), anchor.start, anchor.end, anchor.resolved)


def offset(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "13 km north of X": a point. From a country or a province nobody knows where to count."""
    distance = read_distance(match)
    if distance is None or anchor.place.is_country:
        return None
    return _at(anchor, distance, bearing_of(match["direction"]), scene.said(match, "number"))


def distance_only(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "10 km from X": anywhere on a ring around X, which stays the point; the town is what ACLED and UCDP code."""
    distance, place = read_distance(match), anchor.place
    if distance is None or place.is_country:
        return None
    qualifier = (match["qualifier"] or "") + match.group()[:7]
    slack = distance.off_km + 0.15 * distance.km + min(place.radius_km, distance.km)
    inner = 0.0 if "within" in qualifier or "less" in qualifier else max(0.0, distance.km - slack)
    flat, outer = FlatMap(place.lat, place.lon), max(2.0, distance.km + slack)
    area = flat.area(ring(inner, outer) if inner > 0.2 * outer else disc(outer), (0.0, 0.0))
    if area is None:
        return None
    relation = Relation("offset", (place,), distance.km, None)
    return spot_in(area, anchor, relation, f"offset:{place.id}:{distance.km:g}km", scene.said(match, "number"))


def direction_only(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "north of X": the quarter of the surroundings that lies there; the nearer, the likelier."""
    place = anchor.place
    if place.is_country:
        return None
    if place.is_admin:
        return part(scene, match, anchor)  # "south of Homs province" is said of its south
    bearings = [bearing_of(match[group]) for group in ("direction", "direction2") if match[group]]
    bearing = bearings[0] if len(bearings) == 1 else mean_bearing(*bearings)
    if bearing is None:
        return None
    relation = Relation("offset", (place,), None, bearing)
    if place.feature_class == "H" and place.is_area:
        return replace(near_within(anchor, _ALONG_RIVER_KM, least_where=5), relation=relation)
    usual = _LARGE_TOWN_KM if place.population >= LARGE_TOWN else _USUAL_REACH_KM
    reach = _REACH_KM.get(place.feature_code or "", usual) * _HOW.get(match["how"] or "", 1.0)
    radius = place.radius_km
    zone = sector(bearing, radius * 0.5, radius + reach, 45.0 if len(bearings) == 1 else 67.5)
    area = FlatMap(place.lat, place.lon).area(zone, step(bearing, radius + _LIKELY * reach))
    if area is None:
        return None
    return spot_in(area, anchor, relation, f"offset:{place.id}:{bearing:g}", scene.said(match))


def from_last(scene: Scene, match: re.Match[str]) -> Spot | None:
    """ "12 km to the south": counted from the town named last."""
    start, end = scene.masked.span(match)
    place, distance = scene.last_place(start, frozenset({"P"})), read_distance(match)
    if place is None or distance is None:
        return None
    return _at(
        Anchor(place, start, end, None),
        distance,
        bearing_of(match["direction"]),
        f"{scene.said(match, 'number')} of {place.name}",
    )
