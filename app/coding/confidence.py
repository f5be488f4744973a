"""How likely an event is right in kind, place and day: a sum of weights, one for each thing that speaks for or against.

The weights stand in confidence.yaml. training/confidence.py learns them on our annotated reports, each coded with a
trigger model that never saw it; our own test articles then give the offset.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.coding.drafts import Draft
from app.datafiles import read_yaml

_PLACED = (
    ("by a preposition", re.compile(r"'[^']+' before it$")),
    ("by 'the town'", re.compile(r"'[^']+' is ")),
    ("by a relation", re.compile(r"told as ")),
    ("by its name, which the gazetteer lacks", re.compile(r".* is not in the gazetteer$")),
)
"""Reasons of coding/places.py that hold words of the text; the others are taken as they are."""


UNPLACED = 0.3
"""What an event without a place or without a day has at most."""


@dataclass(frozen=True, slots=True)
class _Table:
    weights: Mapping[str, float]
    offset: float


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = read_yaml("app.coding.data", "confidence.yaml")
    weights = {name: float(weight) for name, weight in data["weights"].items()}
    return _Table(weights, float(data["offset"]))


def _step(value: float, *limits: float) -> str:
    """ "under 0.5", "from 0.8": in which of the steps the value lies."""
    below = next((limit for limit in limits if value < limit), None)
    return f"from {limits[-1]}" if below is None else f"under {below}"


def _place(draft: Draft) -> Iterator[str]:
    spot = draft.spot
    if spot is None:
        yield "no place"
        return
    reason = next((r for r in draft.reasons[2:] if r != "told twice"), "")
    yield "placed " + next((name for name, pattern in _PLACED if pattern.match(reason)), reason)
    yield f"geo_precision {spot.geo_precision}"
    yield f"choice {_step(draft.place_confidence, 0.4, 0.65, 0.8, 0.9)}"
    if spot.resolved:
        yield f"resolved {_step(spot.resolved.confidence, 0.6, 0.8, 0.9, 0.96)}"
    if draft.others:
        yield "alternatives"


def evidence(draft: Draft) -> list[str]:
    """What speaks for or against the event, each by a name of confidence.yaml."""
    trigger, when = draft.trigger, draft.when
    out = ["always", f"kind {draft.kind}", f"status {draft.status}", *_place(draft)]
    source = "learnt" if trigger.learnt else "listed"
    belief = "unknown" if trigger.belief is None else _step(trigger.belief, 0.1, 0.3, 0.5, 0.7, 0.85)
    out += [f"trigger {source}", f"trigger {source}, belief {belief}"]
    if when is None:
        out.append("no day")
    else:
        out += [f"day {when.source}", f"day {when.source}, {when.granularity}"]
        out.append(f"day {_step(when.confidence, 0.3, 0.5, 0.7, 0.85)}")
    if "told twice" in draft.reasons:
        out.append("told twice")
    if draft.fatalities or draft.injured:
        out.append("toll")
    out.append("actors" if draft.actors else "no actors")
    return out


def confidence_of(draft: Draft) -> float:
    """Between 0 and 1: of events with this figure about that share is right."""
    table = _table()
    total = sum(table.weights.get(name, 0.0) for name in evidence(draft))
    sure = 1.0 / (1.0 + math.exp(-(total + table.offset)))
    return round(min(sure, UNPLACED) if draft.spot is None or draft.when is None else sure, 3)
