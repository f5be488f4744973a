"""Places told from a border: "13 km north of the border with Jordan", "near the Turkish border", "20 km inside Syria".

The border is the part of the one outline that touches the other country's; the country is that which the story plays
in. Without outlines nothing better is known than the country itself, and the radius says so.
"""

import re
from typing import Final
from weakref import WeakKeyDictionary

import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from app.domain.events import Relation
from app.domain.places import Place, PlaceIndex
from app.resolution.relations.directions import NOUN, bearing_of
from app.resolution.relations.distances import Distance, read_distance
from app.resolution.relations.masked import COUNTRY, DEMONYM, Masked
from app.resolution.relations.phrases import DATA, either
from app.resolution.relations.scene import Scene
from app.resolution.relations.shapes import FlatMap, disc, step
from app.resolution.relations.spots import Anchor, Spot, derived, point, rounded_up, spot_in

_LAND: Final = f"[{COUNTRY[1:-1]}{DEMONYM[1:-1]}]"
_W: Final = DATA["borders"]
_NOUN: Final = rf"{either(_W['noun'])}(?: {either(_W['wider'])})?(?! {either(_W['things'])}\b)"
_BEFORE: Final = (
    rf"(?:{NOUN} |{either(_W['adjective'])} |\d[\d,.]{{0,6}}-(?:km|kilometre|kilometer|mile)(?:-long)? ){{0,2}}"
)
BORDERS: Final = re.compile(
    rf"(?<!\w)(?:(?:the )?(?P<owner>{_LAND})(?:'s?)? {_BEFORE}{_NOUN} (?:with|of) (?:neighbou?ring )?(?:the )?"
    rf"(?P<a>{_LAND})"
    rf"|(?:the |its |their )?{_BEFORE}{_NOUN} between (?:the )?(?P<b>{_LAND}) and (?:the )?(?P<c>{_LAND})"
    rf"|(?:the |its |their )?{_BEFORE}{_NOUN} (?:with|of) (?:neighbou?ring )?(?:the )?(?P<d>{_LAND})"
    rf"|(?:the )?(?P<e>{_LAND})(?: ?[-/] ?| and |-to-)(?P<f>{_LAND}) {_BEFORE}{_NOUN}"
    rf"|(?:the )?(?P<g>{_LAND})(?:'s?)? {_BEFORE}{_NOUN})(?!\w)"
)
"""A border as a whole phrase, in a masked sentence."""
_WORD: Final = re.compile("border|frontier")
_BESIDE_KM: Final = 15.0
"""How far from a border "near" it goes."""
_USUAL_KM: Final = 40.0
"""How far north of a border "north of the border" goes."""
_OUTLINE_KM: Final = 3.0
"""The shipped outlines are simplified; they may be off by this much."""
_NEIGHBOURS: Final = 0.06
"""Degrees within which two outlines are one border."""
_VIEW_KM: Final = 60.0
"""A town named before counts as standing at the border up to this distance from it..."""
_STRETCH_KM: Final = 40.0
"""... and then the event lies on the stretch of this length to either side of it."""
_LINES: Final[WeakKeyDictionary[PlaceIndex, dict[tuple[str, str], BaseGeometry]]] = WeakKeyDictionary()
"""Lines worked out before, by gazetteer and the ids of the two countries."""
_MOST_LINES: Final = 64


def read_border(masked: Masked, match: re.Match[str]) -> Anchor | None:
    """The border that a match of BORDERS tells; None where it names no country."""
    signs = [match[group] for group in ("a", "d", "g", "b", "e") if match[group]]
    first = masked.anchor(signs[0])
    other_sign = match["owner"] or match["c"] or match["f"]
    other = masked.anchor(other_sign) if other_sign else None
    if first is None or (other and other.place.id == first.place.id):
        return None
    # The span begins at the noun: a country's own name must not pass for the place of an event.
    noun = _WORD.search(match.group())
    start = masked.starts[match.start() + (noun.start() if noun else 0)]
    return Anchor(first.place, start, masked.end_of(match.end()), None, other.place if other else None, is_border=True)


def _line(scene: Scene, country: Place, own: Place | None) -> BaseGeometry | None:
    """The border in degrees: what two countries share, else the whole outline of the one; None without outlines."""
    if scene.places is None:
        return None
    known, key = _LINES.setdefault(scene.places, {}), (country.id, own.id if own else "")
    if key in known:
        return known[key]
    outline = scene.outline(country)
    if outline is None or outline.is_empty:
        return None
    line, beside = outline.boundary, scene.outline(own) if own else None
    if beside is not None:
        shared = shapely.clip_by_rect(line, *shapely.buffer(shapely.box(*beside.bounds), 0.1).bounds)
        shared = shared.intersection(beside.simplify(_NEIGHBOURS / 3).buffer(_NEIGHBOURS, quad_segs=2))
        line = shared if shared.length > 0 else line
    if len(known) >= _MOST_LINES:
        known.clear()
    known[key] = line
    return line


def _by_country(scene: Scene, anchor: Anchor, own: Place | None, relation: Relation, name: str, km: float) -> Spot:
    """Nothing but the country is known: its point, with a radius that holds it and what lies beside the border."""
    country = own or anchor.place
    radius = rounded_up(country.radius_km + (0 if own else km + _BESIDE_KM))
    place = derived(
        country, f"border:{anchor.place.id}:{own.id if own else ''}", name, country.lat, country.lon, radius
    )
    return Spot(
        place, 3, 6, radius, relation, point(country.lat, country.lon), anchor.start, anchor.end, anchor.resolved
    )  # fmt: skip


def _stretch(scene: Scene, flat: FlatMap, line: BaseGeometry, offset: int, km: float) -> BaseGeometry | None:
    """The surroundings of the town named last, where that stands at the border; else None: all of the line is meant."""
    town = scene.last_place(offset, frozenset({"P", "S"}))
    if town is None:
        return None
    at = flat.at(town)
    away = float(line.distance(shapely.Point(at)))
    return translate(disc(max(_STRETCH_KM, away + km + _BESIDE_KM)), *at) if away <= _VIEW_KM + km else None


def _zone(line: BaseGeometry, distance: Distance | None, bearing: float | None, near: bool) -> BaseGeometry:
    """What the words leave open, in kilometres: a band beside the line or a line moved off it."""
    line = line.simplify(1.0)
    if near or (distance is None and bearing is None):
        return line.buffer(_BESIDE_KM)
    if distance is None:
        band = line.buffer(_USUAL_KM)
        return band.intersection(translate(band, *step(bearing or 0.0, _USUAL_KM)))
    slack = max(_OUTLINE_KM, 0.3 * distance.km + distance.off_km)
    if bearing is None:
        return line.buffer(distance.km + slack)
    return translate(line, *step(bearing, distance.km)).buffer(slack)


def from_border(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "near the border with X", "13 km north of the border with X", "along the A-B border"."""
    groups = match.groupdict()
    distance = read_distance(match) if groups.get("number") else None
    if groups.get("number") and distance is None:
        return None
    bearing = bearing_of(groups["direction"]) if groups.get("direction") else None
    near = "near" in groups or not (distance or bearing is not None)
    return _spot(scene, match, anchor, distance, bearing, near=near, inside=None)


def inside(scene: Scene, match: re.Match[str], anchor: Anchor) -> Spot | None:
    """ "20 km inside Syria": so far behind the border that the story looks from."""
    distance = read_distance(match)
    return _spot(scene, match, anchor, distance, None, near=False, inside=anchor.place) if distance else None


def _spot(
    scene: Scene,
    match: re.Match[str],
    anchor: Anchor,
    distance: Distance | None,
    bearing: float | None,
    *,
    near: bool,
    inside: Place | None,
) -> Spot | None:
    country, km = anchor.place, distance.km if distance else 0.0
    own = anchor.other or scene.own_country(country, anchor.start)
    anchors = (country, anchor.other) if anchor.other else (country,)
    relation = Relation("near" if near else "offset", anchors, distance.km if distance else None, bearing)
    name, line = scene.said(match), _line(scene, country, own)
    if line is None:
        return _by_country(scene, anchor, inside or own, relation, name, km)
    west, south, east, north = line.bounds
    flat = FlatMap((south + north) / 2, (west + east) / 2)
    flat_line = flat.to_km(line)
    zone = _zone(flat_line, distance, bearing, near)
    land = inside or (None if anchor.other else own)
    held = scene.outline(land) if land else None
    for clip in (
        flat.to_km(held).buffer(_OUTLINE_KM) if held is not None else None,
        _stretch(scene, flat, flat_line, anchor.start, km),
    ):
        clipped = zone.intersection(clip) if clip is not None else zone
        zone = zone if clipped.is_empty else clipped
    area = flat.area(zone)
    if area is None:
        return _by_country(scene, anchor, inside or own, relation, name, km)
    home = Anchor(inside or own or country, anchor.start, anchor.end, anchor.resolved)
    label = f"border:{country.id}:{own.id if own else ''}:{km:g}km:{'' if bearing is None else f'{bearing:g}'}"
    return spot_in(area, home, relation, label, name, (2 if area.radius_km <= 50 else 3, 5))
