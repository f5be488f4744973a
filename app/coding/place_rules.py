"""places.yaml, parsed: weights and word lists by which the place of an event is chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.datafiles import read_yaml


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """The rules; weights by name in points, word lists in lower case."""

    weights: Mapping[str, float]
    threshold: float
    weak_threshold: float
    at: frozenset[str]
    towards: frozenset[str]
    object_kinds: frozenset[str]
    towards_kinds: frozenset[str]
    leaving_kinds: frozenset[str]
    crowd_kinds: frozenset[str]
    townspeople: frozenset[str]
    """ "residents of X" march in X, where the kind is one of `crowd_kinds`."""
    fill: frozenset[str]
    """Words between where the doers are and what they do: "Police in X have arrested"."""
    anaphora: Mapping[str, frozenset[str]]
    """Noun -> GeoNames feature classes and codes that it can mean."""
    anaphor: re.Pattern[str]
    """ "the town", "that same camp", "there"; the noun is the group of that name."""


@lru_cache(maxsize=1)
def place_rules() -> PlaceRules:
    """The rules, read on first use."""
    data = read_yaml("app.coding.data", "places.yaml")
    nouns = "|".join(data["anaphora"])
    return PlaceRules(
        weights={name: float(weight) for name, weight in data["weights"].items()},
        threshold=float(data["threshold"]),
        weak_threshold=float(data["weak_threshold"]),
        at=frozenset(data["at"]),
        towards=frozenset(data["towards"]),
        object_kinds=frozenset(data["object_kinds"]),
        towards_kinds=frozenset(data["towards_kinds"]),
        leaving_kinds=frozenset(data["leaving_kinds"]),
        crowd_kinds=frozenset(data["crowd_kinds"]),
        townspeople=frozenset(data["townspeople"]),
        fill=frozenset(data["fill"]),
        anaphora={noun: frozenset(features) for noun, features in data["anaphora"].items()},
        anaphor=re.compile(
            r"\b(?:the|that|this|same)\s+(?:same\s+)?(?:(?:small|border|market|port|strategic)\s+)?"
            rf"(?P<noun>{nouns})\b(?!\s+of\b)|\b(?:there|nearby)\b(?!\s+(?:is|are|was|were|has|have|had|will)\b)",
            re.IGNORECASE,
        ),
    )
