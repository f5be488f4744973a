"""Toponyms: mentions of place names, with what they stand for and which place they mean."""

from dataclasses import dataclass
from typing import Literal

from app.domain.places import Place

ToponymKind = Literal["literal", "associative"]
"""`literal`: a place on the ground. `associative`: stands for a government, a people, an organisation, a thing."""

Role = Literal[
    "event_place", "containing_region", "reference_landmark", "origin", "destination", "dateline",
    "reporting_place", "actor", "demonym", "name_part", "mention",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place the mention could mean, with its share of the belief (0 to 1)."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in the text. `place` is None when the gazetteer holds no good answer."""

    start: int
    end: int
    text: str
    kind: ToponymKind
    role: Role
    place: Place | None
    confidence: float
    alternatives: tuple[Alternative, ...] = ()
    reasons: tuple[str, ...] = ()
