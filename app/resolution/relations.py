"""Places that hang on other places: "13 km north of X", "near X", "between X and Y", "northern X".

Each becomes a point (or a line) with an honest radius and names its anchors. Distances and bearings by geopy.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.events import GeoJSON, Relation
from app.domain.places import Place
from app.recognition.counts import number_value
from app.recognition.tokens import Sentence
from app.resolution.geo import destination, geodesic_km
from app.resolution.resolve import Resolved

_COMPASS = {
    name: 45.0 * number
    for number, name in enumerate(
        ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
    )
}
_DIRECTION = r"(?:(?:north|south)(?:[- ]?(?:east|west))?|east|west)(?:ern)?"
FARTHEST_KM = 500.0
"""Nobody tells a place by a landmark farther away."""
_UNIT_KM = {"k": 1.0, "mi": 1.609344, "me": 0.001}
_OFFSET = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|[a-z]+(?:-[a-z]+)?)\s*-?\s*(?P<unit>kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?)\s+"
    rf"(?:to\s+the\s+|away\s+|further\s+)?(?P<direction>{_DIRECTION})?\s*(?:of|from)\s+(?:the\s+)?"
    r"(?:(?:city|town|village|capital|centre|center|border|port|district|provincial capital|state capital)"
    r"\s+(?:of|with)\s+)?$",
    re.IGNORECASE,
)
_BEARING = re.compile(
    rf"(?:just\s+)?(?P<direction>{_DIRECTION})\s+of\s+(?:the\s+(?:city|town|village|capital)\s+of\s+)?$", re.IGNORECASE
)
_NEAR = re.compile(
    r"\b(?:near|outside|close\s+to|around|just\s+off|not\s+far\s+from|in\s+the\s+vicinity\s+of|on\s+the\s+(?:edge|outskirts)\s+of)\s+"
    r"(?:the\s+)?(?:(?:city|town|village|port|capital|district|settlement|border\s+town|border\s+crossing|airport)s?\s+(?:of\s+|at\s+)?)?$",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"\b(?P<direction>{_DIRECTION})\s+(?:parts?\s+of\s+|areas?\s+of\s+|countryside\s+of\s+|suburbs\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
# "the south of Syria", "the east of Daraa province"
_PART_OF = re.compile(
    rf"\b(?:in|across|throughout|from|to)?\s*the\s+(?P<direction>{_DIRECTION})\s+of\s+(?:the\s+)?$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:(?:towns|villages|cities|districts)\s+of\s+)?$", re.IGNORECASE)
_COORDINATES = re.compile(
    r"(?P<lat>\d{1,2}\.\d+)\s*°?\s*(?P<ns>[NS])\b[\s,;/]*(?P<lon>\d{1,3}\.\d+)\s*°?\s*(?P<ew>[EW])\b"
)
_WAY_FROM = re.compile(r"\b(?:road|highway|motorway|route|track|railway|line)\s+from\s+(?:the\s+)?$", re.IGNORECASE)
_ROAD_TAIL = re.compile(r"^[-–](?:\s?)$")
_ROAD = re.compile(r"\s+(?:road|highway|motorway|route)")
_LEFT = 120
"""Characters before a name in which the words stand that relate it to another place."""
_LONGEST_ASIDE = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the ground as an event can be put on it, with how exactly the words say so."""

    place: Place
    geo_precision: int
    where_prec: int
    radius_km: float
    relation: Relation | None
    geometry: GeoJSON
    start: int | None
    end: int | None
    resolved: Resolved | None
    """The mention that gave it; None for what was carried over or put together."""


def bearing_of(direction: str) -> float:
    """Degrees clockwise from north: "south-western" -> 225."""
    return _COMPASS[re.sub(r"[- ]|ern$", "", direction.lower())]


def point(lat: float, lon: float) -> GeoJSON:
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def spot_of(place: Place, resolved: Resolved | None = None) -> Spot:
    """The place itself. A town is exact; a district, a province or a river is not, and its codes say so."""
    code = place.feature_code or ""
    if place.is_country:
        geo, where = 3, 6
    elif code == "ADM1":
        geo, where = 3, 4
    elif place.is_admin:
        geo, where = 3, 3
    elif place.is_area:
        geo, where = 3, 5
    else:
        geo, where = 1, 1
    start, end = (resolved.start, resolved.end) if resolved else (None, None)
    return Spot(place, geo, where, round(place.radius_km, 1), None, point(place.lat, place.lon), start, end, resolved)


def _derived(anchor: Place, lat: float, lon: float, name: str, place_id: str, radius_km: float) -> Place:
    """A place put together from another: an id of its own, nobody counted in it."""
    return replace(anchor, id=place_id, name=name, lat=lat, lon=lon, population=0, wikidata=None, radius_km=radius_km)


def _offset(anchor: Place, match: re.Match[str], resolved: Resolved, name: str) -> Spot | None:
    number = number_value(match["number"])
    if number is None or not match["direction"]:
        return None
    unit = match["unit"].lower()
    km = round(number * _UNIT_KM["k" if unit[0] == "k" else unit[:2]], 2)
    if km > FARTHEST_KM:
        return None
    bearing = bearing_of(match["direction"])
    lat, lon = destination(anchor, km, bearing)
    relation = Relation("offset", (anchor,), km, bearing)
    radius = round(max(2.0, 0.3 * km + 1.0), 1)
    place = _derived(anchor, lat, lon, name, f"offset:{anchor.id}:{km:g}km:{bearing:g}", radius)
    return Spot(place, 2, 2, radius, relation, point(lat, lon), resolved.start, resolved.end, resolved)


def _part(anchor: Place, direction: str, resolved: Resolved) -> Spot:
    bearing = bearing_of(direction)
    lat, lon = destination(anchor, anchor.radius_km * 0.5, bearing)
    relation = Relation("part", (anchor,), None, bearing)
    radius = round(max(2.0, anchor.radius_km * 0.75), 1)
    small = anchor.is_settlement
    where = 2 if small else 5 if anchor.is_country or anchor.is_area else 4
    place = _derived(anchor, lat, lon, f"{direction} {anchor.name}", f"part:{anchor.id}:{bearing:g}", radius)
    geo = 2 if small else 3
    return Spot(place, geo, where, radius, relation, point(lat, lon), resolved.start, resolved.end, resolved)


def _between(first: Resolved, second: Resolved) -> Spot | None:
    if not first.place or not second.place:
        return None
    a, b = first.place, second.place
    gap = geodesic_km(a, b)
    if gap < 0.1 or gap > 600 or a.is_country or b.is_country:
        return None
    lat, lon = round((a.lat + b.lat) / 2, 5), round((a.lon + b.lon) / 2, 5)
    relation = Relation("between", (a, b), round(gap, 1), None)
    line = {"type": "LineString", "coordinates": [[a.lon, a.lat], [b.lon, b.lat]]}
    radius = round(gap / 2 + 1, 1)
    place = _derived(a, lat, lon, f"between {a.name} and {b.name}", f"between:{a.id}:{b.id}", radius)
    return Spot(place, 2, 5, radius, relation, line, first.start, second.end, first)


def _written(text: str, sentence: Sentence, here: Sequence[Resolved]) -> Iterator[Spot]:
    """Coordinates in the text (decimal degrees): "at 11.03 N, 29.61 E"; as exact as their last digit."""
    for match in _COORDINATES.finditer(text, sentence.start, sentence.end):
        lat = float(match["lat"]) * (1 if match["ns"] == "N" else -1)
        lon = float(match["lon"]) * (1 if match["ew"] == "E" else -1)
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            continue
        near = next((r.place for r in here if r.place), None)
        digits = min(len(match["lat"].split(".")[1]), len(match["lon"].split(".")[1]))
        radius = round(max(0.5, 60.0 / 10**digits), 2)
        place = Place(
            id=f"coordinates:{lat},{lon}",
            name=" ".join(match.group().split()),
            country=near.country if near else None,
            admin1=near.admin1 if near else None,
            admin2=None,
            admin1_code=near.admin1_code if near else None,
            lat=lat,
            lon=lon,
            feature_class=None,
            feature_code=None,
            population=0,
            radius_km=radius,
        )
        relation = Relation("coordinates", (), None, None)
        yield Spot(place, 1, 1, radius, relation, point(lat, lon), match.start(), match.end(), None)


def _names_a_place_before(text: str, start: int, resolved: Sequence[Resolved]) -> bool:
    """ "Dara'a al-Balad, located about 13 km north of the border": the name before the phrase is the place."""
    for other in resolved:
        if other.end <= start and other.place and not other.place.is_country and other.mention.kind == "literal":
            between = text[other.end : start].strip(" ,")
            if len(between) <= _LONGEST_ASIDE and re.fullmatch(
                r"(?:(?:which|that)\s+(?:is|lies)|located|situated|lying|a\s+\w+(?:\s+\w+)?|some|about|around|just|roughly|\s|,)*",
                between,
            ):
                return True
    return False


def spots_in(text: str, sentence: Sentence, resolved: Sequence[Resolved]) -> list[Spot]:
    """Every place of the sentence on which an event may be put: named places, and what the words make of them."""
    here = [r for r in resolved if sentence.start <= r.start < sentence.end and r.mention.kind == "literal" and r.place]
    spots: list[Spot] = list(_written(text, sentence, here))
    joined: set[int] = set()
    for first, second in pairwise(here):
        left, middle = text[max(sentence.start, first.start - _LEFT) : first.start], text[first.end : second.start]
        told_between = _BETWEEN.search(left) and middle.strip() == "and"
        told_way = _WAY_FROM.search(left) and middle.strip() == "to"
        if told_between or told_way or (_ROAD_TAIL.match(middle) and _ROAD.match(text, second.end)):
            spot = _between(first, second)
            if spot:
                spots.append(spot)
                joined |= {first.start, second.start}
    for item in here:
        if item.start in joined or item.place is None:
            continue
        left_start = max(sentence.start, item.start - _LEFT)
        left = text[left_start : item.start]
        offset, bearing, near, part = (
            _OFFSET.search(left),
            _BEARING.search(left),
            _NEAR.search(left),
            (_PART.search(left) or (_PART_OF.search(left) if item.place.is_admin else None)),
        )
        if offset:
            begin = left_start + offset.start()
            spot = _offset(item.place, offset, item, " ".join(text[begin : item.end].split()))
            if spot and not _names_a_place_before(text, begin, here):
                spots.append(spot)
        elif bearing and not item.place.is_country:
            if not _names_a_place_before(text, left_start + bearing.start(), here):
                relation = Relation("offset", (item.place,), None, bearing_of(bearing["direction"]))
                radius = round(item.place.radius_km + 10, 1)
                spots.append(
                    replace(
                        spot_of(item.place, item), geo_precision=2, where_prec=2, radius_km=radius, relation=relation
                    )
                )
        elif item.mention.role == "reference_landmark":
            continue
        elif near and not item.place.is_country:
            base = spot_of(item.place, item)
            relation = Relation("near", (item.place,), None, None)
            spots.append(
                replace(
                    base,
                    geo_precision=max(2, base.geo_precision),
                    where_prec=max(2, base.where_prec),
                    radius_km=round(base.radius_km + 8, 1),
                    relation=relation,
                )
            )
        elif part and (item.place.is_admin or item.place.is_settlement or item.place.is_area):
            spots.append(_part(item.place, part["direction"].lower(), item))
        else:
            spots.append(spot_of(item.place, item))
    return spots
