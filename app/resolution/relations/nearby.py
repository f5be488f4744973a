"""Places told as close to another: "near X", "across the river from X", "along the Litani", "on the road to X"."""

import re
from dataclasses import replace

from app.domain.events import Relation
from app.domain.places import Place
from app.resolution.geo import quick_km
from app.resolution.relations.phrases import NEAR_KM
from app.resolution.relations.scene import Scene
from app.resolution.relations.shapes import Area, FlatMap, geojson
from app.resolution.relations.spots import Anchor, Spot, rounded_up, spot_of

_USUAL_KM = 10.0
_OTHER_BANK_KM = 6.0
LARGE_TOWN = 100_000
"""People of a town by which the whole surroundings are called."""
_SEATS = {"PPLC", "PPLA"}
_WIDER = 1.6
"""... farther than those of a village: in public corpora half as far again and more."""
_ROAD_KM = 40.0
"""How far from the town it leads to a road is still called by it."""
_ROAD_FROM_HERE_KM = 150.0
_WATER_KM = 5.0


def near_within(anchor: Anchor, reach_km: float, others: tuple[Place, ...] = (), least_where: int = 2) -> Spot:
    """The anchor itself, known to its own radius and `reach_km` more (ACLED and UCDP code it at the anchor)."""
    base = spot_of(anchor.place, anchor.resolved)
    radius = rounded_up(base.radius_km + reach_km)
    return replace(
        base,
        geo_precision=max(2, base.geo_precision),
        where_prec=max(least_where, base.where_prec, 5 if radius > 50 and not base.place.is_admin else 2),
        radius_km=radius,
        relation=Relation("near", (anchor.place, *others), None, None),
        start=anchor.start,
        end=anchor.end,
    )


def near(_scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "near X", "on the outskirts of X": by the table of phrases."""
    if anchor.place.is_country:
        return None
    km, place = NEAR_KM.get(match.groupdict().get("near") or "", _USUAL_KM), anchor.place
    return near_within(anchor, km * (_WIDER if place.feature_code in _SEATS or place.population >= LARGE_TOWN else 1))


def bank(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "across the river from X": on the other side of a water that is not wide."""
    river = scene.anchor(match, "river")
    if anchor.place.is_country:
        return None
    return near_within(anchor, _OTHER_BANK_KM, (river.place,) if river else ())


def along(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "along the Litani", "on the banks of the Dnipro": somewhere on a river; None for what is no water."""
    place = anchor.place
    if place.feature_class not in {"H", "R", "T"}:
        return None
    spot = near_within(anchor, _WATER_KM, least_where=5)
    outline = scene.outline(place)
    if outline is None:
        return spot
    area: Area | None = FlatMap(place.lat, place.lon).area(FlatMap(place.lat, place.lon).to_km(outline), (0.0, 0.0))
    return replace(spot, geometry=geojson(outline), radius_km=rounded_up(area.radius_km + _WATER_KM)) if area else spot


def road(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "on the road to X": one end is known. The other is the town that the story is in, where that is not far off;
    the event then lies nearer to it."""
    place = anchor.place
    if place.is_country:
        return None
    start, _ = scene.masked.span(match)
    here = scene.last_place(start, frozenset({"P"}), but=place)
    if here is None or here.country != place.country or quick_km(here, place) > _ROAD_FROM_HERE_KM:
        return near_within(anchor, _ROAD_KM, least_where=5)
    spot = near_within(replace(anchor, place=here, resolved=None), min(_ROAD_KM, quick_km(here, place)), least_where=5)
    return replace(spot, relation=Relation("near", (here, place), None, None))
