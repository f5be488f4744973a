"""Ranks the readings of a name: a weighted sum of features, weights in data/ranker.yaml, learnt by training/ranker.py.

Each feature that decided is a reason that a reader understands. "None of these" is a reading like the others.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.datafiles import read_yaml
from app.domain.places import Candidate, Place
from app.recognition.mentions import Mention
from app.resolution.context import Context
from app.resolution.features import Rivals, candidate_features, none_features

REASONS = 5
_TELLING = 0.4
"""A feature that adds less than this is no reason."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """The learnt numbers: weights of features; how often a reading with a given share is right."""

    weights: Mapping[str, float]
    shares: tuple[float, ...]
    rights: tuple[float, ...]

    def confidence(self, share: float) -> float:
        """How often a reading that got this share (0 to 1) is right."""
        if not self.shares:
            return share
        at = bisect_left(self.shares, share)
        if at == 0:
            return self.rights[0]
        if at == len(self.shares):
            return self.rights[-1]
        x0, x1, y0, y1 = self.shares[at - 1], self.shares[at], self.rights[at - 1], self.rights[at]
        return y0 + (y1 - y0) * (share - x0) / (x1 - x0)


@lru_cache(maxsize=1)
def load_ranker() -> Ranker:
    """The ranker that comes with the package."""
    data = read_yaml("app.resolution.data", "ranker.yaml")
    weights = {name: float(weight) for name, weight in data["weights"].items()}
    points = [(float(share), float(right)) for share, right in data["calibration"]]
    return Ranker(weights, tuple(share for share, _ in points), tuple(right for _, right in points))


@dataclass(frozen=True, slots=True)
class Ranked:
    """Readings of a name with the share of belief in each, the best first; `none` is the share of "none of these"."""

    candidates: tuple[Candidate, ...]
    shares: tuple[float, ...]
    none: float
    reasons: tuple[str, ...]
    """Why the first one is the first."""


def _people(place: Place) -> str:
    return f"population {place.population}"


def _reasons(
    features: Sequence[tuple[str, float]], weights: Mapping[str, float], candidate: Candidate
) -> tuple[str, ...]:
    place = candidate.place
    told = sorted(((weights.get(name, 0.0) * value, name) for name, value in features), key=lambda item: -abs(item[0]))
    names = {
        "people (powers of ten)": _people(place),
        "caller expects the country": f"caller expects {place.country}",
        "share of the article": f"article is about {place.country}",
        "names in its country": f"other names lie in {place.country}",
        "names in its unit": f"other names lie in {place.admin1}",
    }
    out = [f"matched {candidate.how} spelling {candidate.matched}"] if candidate.how != "name" else []
    out += [
        names.get(name, name) for gain, name in told if gain >= _TELLING and (name[:5] != "people" or place.population)
    ]
    return tuple(dict.fromkeys(out))[:REASONS]


def rank(mention: Mention, context: Context, ranker: Ranker | None = None) -> Ranked:
    """The readings of a mention that has candidates."""
    ranker = ranker or load_ranker()
    weights = ranker.weights
    voice = context.voice_of.get(mention.text.casefold())
    candidates = _distinct(mention.candidates)
    supports = [context.chorus.of(-1 if voice is None else voice, c.place) for c in candidates]
    rivals = Rivals(candidates, supports)
    features = [
        candidate_features(mention, candidate, context, support, rivals)
        for candidate, support in zip(candidates, supports, strict=True)
    ]
    scores = [sum(weights.get(name, 0.0) * value for name, value in row) for row in features]
    none = sum(weights.get(name, 0.0) * value for name, value in none_features(mention, rivals, context))
    top = max(none, *scores)
    exps = [math.exp(score - top) for score in scores]
    total = sum(exps) + math.exp(none - top)
    order = sorted(
        range(len(candidates)), key=lambda i: (-scores[i], -candidates[i].place.population, candidates[i].place.id)
    )
    best = order[0]
    return Ranked(
        tuple(candidates[i] for i in order),
        tuple(exps[i] / total for i in order),
        math.exp(none - top) / total,
        _reasons(features[best], weights, candidates[best]) + (("only candidate",) if len(candidates) == 1 else ()),
    )


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Each place once, by the first spelling that met it."""
    return list({c.place.id: c for c in reversed(candidates)}.values())[::-1]
