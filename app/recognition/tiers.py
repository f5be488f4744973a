"""The two tiers of recognition (DATELINE_RECOGNISER) and the vote of the accurate one."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from app.recognition.encoder import Encoder, Scores
from app.recognition.tagger import Belief

Tier = Literal["fast", "accurate"]
MODELS: dict[Tier, str] = {"fast": "crf-1", "accurate": "crf-1+minilm-1"}
"""Names of the models, as an answer's provenance gives them."""
LEAST: dict[Tier, float] = {"fast": 0.5, "accurate": 0.65}
"""A stretch is taken for a name from this belief on."""


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The encoder of the accurate tier, read on first use. Raises NotReady where the extra is not installed."""
    return Encoder()


def vote(crf: Sequence[Belief], encoder: Sequence[Scores]) -> list[Belief]:
    """The mean of both models' log-probabilities, token by token, summing to one again."""
    out: list[Belief] = []
    for (b, i, o), (eb, ei, eo) in zip(crf, encoder, strict=True):
        both = [math.sqrt(max(p, 1e-9)) * math.exp(log / 2) for p, log in ((b, eb), (i, ei), (o, eo))]
        total = sum(both)
        out.append((both[0] / total, both[1] / total, both[2] / total))
    return out
