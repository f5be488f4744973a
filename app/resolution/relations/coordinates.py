"""Coordinates written in the text (coordinate_patterns.py) as spots, as exact as their last digit."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from mgrs import MGRS
from mgrs.core import MGRSError

from app.domain.events import Relation
from app.domain.places import Place
from app.recognition.tokens import Sentence
from app.resolution.geo import quick_km
from app.resolution.relations import coordinate_patterns as patterns
from app.resolution.relations.spots import Spot, point, rounded_up
from app.resolution.resolve import Resolved

_DEGREE_KM: Final = 111.32
_LEAST_KM: Final = 0.5
"""Nobody measures an event closer than that."""
_SAME_COUNTRY_KM: Final = 300.0
_SAME_UNIT_KM: Final = 25.0
_WINDOW: Final = 30
_CONVERTER: Final = MGRS()

Reading = tuple[float, float, float]
"""Latitude, longitude (degrees), kilometres to the corner of what the last digit leaves open."""


def _half(step_lat: float, step_lon: float, lat: float) -> float:
    """Kilometres to the corner of a rectangle of so many degrees around a point."""
    return math.hypot(step_lat / 2, step_lon / 2 * math.cos(math.radians(lat))) * _DEGREE_KM


def _step(digits: str) -> float:
    """Degrees that the last digit of a number is worth."""
    return 10.0 ** -len(digits.partition(".")[2])


def _is_negative(letter: str | None) -> bool:
    return bool(letter) and letter[0].lower() in "sw" if letter else False


def _decimal(match: re.Match[str]) -> Reading | None:
    groups = match.groupdict()
    whole = "." not in match["lat"] and "." not in match["lon"]
    if whole and "deg" in groups and not groups["deg"]:
        return None  # "5 N, 6 E" are no coordinates
    lat, lon = float(match["lat"]), float(match["lon"])
    lat = -abs(lat) if _is_negative(groups.get("ns")) else lat
    lon = -abs(lon) if _is_negative(groups.get("ew")) else lon
    return lat, lon, _half(_step(match["lat"]), _step(match["lon"]), lat)


def _bare(match: re.Match[str]) -> Reading | None:
    left = match.string[max(0, match.start() - _WINDOW) : match.start()]
    digits = min(len(match[name].partition(".")[2]) for name in ("lat", "lon"))
    apart = match.string[match.end("lat") : match.start("lon")].strip()
    if patterns.MONEY.search(left) or not ((digits >= 4 and apart) or patterns.CUE.search(left)):
        return None
    return _decimal(match)


def _sexagesimal(match: re.Match[str]) -> Reading | None:
    values, steps = [], []
    for name in ("lat", "lon"):
        degrees, minutes, seconds = match[f"{name}d"], match[f"{name}m"], match[f"{name}s"]
        if float(minutes) >= 60 or float(seconds or 0) >= 60:
            return None
        values.append(float(degrees) + float(minutes) / 60 + float(seconds or 0) / 3600)
        steps.append(_step(seconds) / 3600 if seconds else _step(minutes) / 60)
    lat = -values[0] if _is_negative(match["ns"]) else values[0]
    lon = -values[1] if _is_negative(match["ew"]) else values[1]
    return lat, lon, _half(steps[0], steps[1], lat)


def _mgrs(match: re.Match[str]) -> Reading | None:
    grid = match["grid"].replace(" ", "")
    digits = len(grid) // 2
    if digits < 4 and not patterns.GRID_CUE.search(match.string[max(0, match.start() - _WINDOW) : match.start()]):
        return None  # "12 SAB 123 456" is also a number plate
    # The reference names the south-west corner of a square; its middle is half a side further on.
    east, north = (f"{half}5".ljust(5, "0")[:5] for half in (grid[:digits], grid[digits:]))
    try:
        lat, lon = _CONVERTER.toLatLon(f"{match['zone']}{match['band']}{match['square']}{east}{north}")
    except (MGRSError, ValueError):
        return None
    return float(lat), float(lon), 10.0 ** (5 - digits) / 1000 * 0.71


_SHAPES: Final = (
    (patterns.SEXAGESIMAL, _sexagesimal),
    (patterns.SEXAGESIMAL_BEHIND, _sexagesimal),
    (patterns.COMPACT, _sexagesimal),
    (patterns.DECIMAL, _decimal),
    (patterns.DECIMAL_BEHIND, _decimal),
    (patterns.NAMED, _decimal),
    (patterns.BARE, _bare),
    (patterns.GRID, _mgrs),
)


def _spot(start: int, end: int, words: str, reading: Reading, named: Sequence[Place]) -> Spot:
    lat, lon, radius = round(reading[0], 6), round(reading[1], 6), rounded_up(max(_LEAST_KM, reading[2]))
    place = Place(
        id=f"coordinates:{lat},{lon}", name=" ".join(words.split()), country=None, admin1=None, admin2=None,
        admin1_code=None, lat=lat, lon=lon, feature_class=None, feature_code=None, population=0, radius_km=radius,
    )  # fmt: skip
    # Whose land it is says the place named beside it, if that lies near.
    nearest = min(named, key=lambda other: quick_km(place, other), default=None)
    if nearest is not None and quick_km(place, nearest) <= max(_SAME_COUNTRY_KM, nearest.radius_km):
        unit = quick_km(place, nearest) <= _SAME_UNIT_KM
        place = Place(
            id=place.id, name=place.name, country=nearest.country, admin1=nearest.admin1 if unit else None, admin2=None,
            admin1_code=nearest.admin1_code if unit else None, lat=lat, lon=lon, feature_class=None, feature_code=None,
            population=0, radius_km=radius,
        )  # fmt: skip
    geo, where = (1, 1) if radius <= 5 else (2, 2) if radius <= 25 else (3, 5)
    return Spot(place, geo, where, radius, Relation("coordinates", (), None, None), point(lat, lon), start, end, None)


def coordinates_in(text: str, sentence: Sentence, here: Sequence[Resolved]) -> Iterator[Spot]:
    """Spots of all coordinates that the sentence tells, in reading order."""
    words = text[sentence.start : sentence.end]
    if not patterns.ANY.search(words):
        return
    words = words.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-")
    named = [item.place for item in here if item.place]
    found: list[tuple[int, int, Reading]] = []
    for pattern, read in _SHAPES:
        for match in pattern.finditer(words):
            if any(start < match.end() and match.start() < end for start, end, _ in found):
                continue
            reading = read(match)
            if reading and abs(reading[0]) <= 90 and abs(reading[1]) <= 180:
                found.append((match.start(), match.end(), reading))
    for start, end, reading in sorted(found):
        at = sentence.start + start
        yield _spot(at, sentence.start + end, text[at : sentence.start + end], reading, named)
