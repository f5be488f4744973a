"""The compass rose in words: "north-east", "south-southwestern", "NNW"."""

import re
from typing import Final

_WINDS: Final = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
)  # fmt: skip
_WORDS: Final = {"N": "north", "E": "east", "S": "south", "W": "west"}
_BEARINGS: Final = {
    name: 22.5 * number
    for number, wind in enumerate(_WINDS)
    for name in (wind.lower(), "".join(_WORDS[letter] for letter in wind))
}
_JUNK: Final = re.compile(r"[- ]|(?:ern(?:most)?|erly)$")

_SPELLED: Final = "|".join(
    "[- ]?".join(_WORDS[letter] for letter in wind) for wind in sorted(_WINDS, key=lambda w: -len(w))
)
NOUN: Final = rf"(?:(?:{_SPELLED})(?:ern(?:most)?|erly)?)\b"
"""A direction in words, in small letters."""
SHORT: Final = rf"(?:{'|'.join(sorted(_WINDS, key=lambda w: -len(w))).lower()})\b"
"""A wind's letters, only ever beside a distance: "10 km NE of"."""


def bearing_of(direction: str) -> float:
    """Degrees clockwise from north: "south-western" -> 225."""
    return _BEARINGS[_JUNK.sub("", direction.lower())]


def mean_bearing(first: float, second: float) -> float | None:
    """The direction between two: "northern and eastern" -> 45; None for opposite ones."""
    apart = (second - first) % 360
    if apart == 180:
        return None
    return (first + (apart / 2 if apart < 180 else apart / 2 + 180)) % 360
