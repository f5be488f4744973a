"""Misspelt names: consonant skeletons propose keys, the likeness of their letters decides."""

from collections.abc import Callable, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from app.domain.places import Candidate
from app.places.file import Hit
from app.places.merge import Met, Part, join
from app.places.names import bare_key, name_key
from app.places.skeleton import LEAST, SAME_CONSONANTS, cut_off, neighbours, proposes

_MOST_KEYS: Final = 200
"""So many keys are looked up; they are those of the whole world, of which a country may be asked for."""
_WORTH: Final = 0.9
"""What a misspelling's likeness is worth: it never reaches an exact match."""


def close_places(parts: Sequence[Part], name: str, faced: Callable[[Hit], Hit]) -> list[Candidate]:
    """Places whose name is spelled nearly so. `faced` gives a hit the record that answers for its id."""
    likeness = close_keys(parts, name)
    places: dict[str, Met] = {}
    scores: dict[str, float] = {}
    for number, part in enumerate(parts):
        hits = part.by_keys(likeness)
        later: dict[str, Met] = {}
        for key, alike in sorted(likeness.items(), key=lambda item: -item[1]):
            for hit in hits.get(key, ()):
                later.setdefault(hit.place.id, Met(faced(hit), hit.how, number))
                scores.setdefault(hit.place.id, alike)
        join(places, later.values())
    return [
        Candidate(met.hit.place, met.hit.spelling, "fuzzy", round(_WORTH * scores[place_id] / 100, 3))
        for place_id, met in places.items()
    ]


def close_keys(parts: Sequence[Part], name: str) -> dict[str, float]:
    """Keys that are nearly those of the name, with their likeness (0 to 100)."""
    likeness: dict[str, float] = {}
    for key in dict.fromkeys((name_key(name), bare_key(name))):
        least, bones = cut_off(key), proposes(key)
        if least is None or bones is None:
            continue
        wanted: Sequence[str] = list(dict.fromkeys(near for near in neighbours(bones) if len(near) >= LEAST))
        proposed = list(dict.fromkeys(found for part in parts for found in part.keys_of_skeletons(wanted)))
        for found, alike, _ in process.extract(
            key, proposed, scorer=fuzz.ratio, score_cutoff=SAME_CONSONANTS, limit=_MOST_KEYS
        ):
            # What is short on the other side asks for as much.
            enough = alike >= max(least, cut_off(found) or 101)
            if enough or (proposes(found) == bones and found[0] == key[0]):
                likeness[found] = max(alike, likeness.get(found, 0.0))
    return likeness
