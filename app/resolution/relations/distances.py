"""Distances in words: "some 15 miles", "5-7 km", "a few kilometres", "an hour's drive"."""

import math
import re
from dataclasses import dataclass
from typing import Final

from app.recognition.counts import number_value
from app.resolution.relations.phrases import DATA

FARTHEST_KM: Final = 500.0
"""Nobody tells a place by a landmark farther away."""
_USUAL_SPREAD: Final = 0.1
"""Told distances are round: ten stands for nine to eleven."""
_DRIVE_SPREAD: Final = 0.5
_COURSE: Final = 0.4
"""One of eight winds is told for all within 22.5 degrees, and tan(22.5 degrees) is 0.4."""
_LEAST_KM: Final = 2.0
_VAGUE: Final = {words: (float(pair[0]), float(pair[1])) for words, pair in DATA["vague"].items()}
_KM: Final = {unit: float(km) for unit, km in DATA["units"].items()}
_SPEEDS: Final = {mode: float(speed) for mode, speed in DATA["speeds"].items()}
_OPEN: Final = {words: float(share) for words, share in DATA["open_qualifiers"].items()}
_HOURS: Final = {"minute": 1 / 60, "hour": 1.0, "day": 8.0}


@dataclass(frozen=True, slots=True)
class Distance:
    """Kilometres, and how many it may be off."""

    km: float
    off_km: float

    def radius_with_course(self, anchor_radius_km: float) -> float:
        """Radius around the point that lies so far in a told direction: what distance and direction leave open, and
        that nobody knows whether the writer counted from the anchor's centre or its edge."""
        return max(_LEAST_KM, math.hypot(self.off_km, _COURSE * self.km) + min(anchor_radius_km, self.km) + 1)


def _number(words: str) -> tuple[float, float] | None:
    """(value, share by which it may be off); None where it is no number."""
    if words in _VAGUE:
        return _VAGUE[words]
    value = number_value(words)
    if value is None and words:  # "twenty-five"
        parts = [number_value(part) for part in re.split("[- ]", words)]
        value = None if None in parts else sum(part or 0.0 for part in parts)
    return None if value is None else (value, _USUAL_SPREAD)


def read_distance(match: re.Match[str]) -> Distance | None:
    """The distance told by the groups of {distance} or {drive}; None for nothing and for what is too far."""
    groups = match.groupdict()
    first, upper = _number(groups["number"]), _number(groups["upper"]) if groups["upper"] else None
    if first is None:
        return None
    if groups.get("time"):
        mode = groups["mode"]
        factor = _HOURS[groups["time"]] * _SPEEDS[mode]
    else:
        factor = _KM[groups["unit"]]
    value, share = first
    off = value * share
    if upper:
        value, off = (value + upper[0]) / 2, abs(upper[0] - value) / 2 + off
    if groups.get("time"):
        off = max(off, _DRIVE_SPREAD * value)
    qualifier = (groups["qualifier"] or "").strip()
    off = max([off, *(value * share for words, share in _OPEN.items() if qualifier.endswith(words))])
    km = round(value * factor, 2)
    return Distance(km, off * factor) if 0 < km <= FARTHEST_KM else None
