"""A linear-chain CRF over the features of features.py: how likely each token begins, continues or is no place name.

The weights are a table (models/fast.tsv.gz: feature, weights of B, I, O), made by training/recogniser.py. Linear in
the number of tokens.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

from app.recognition.features import word_features, words_beside
from app.recognition.linear import EXTRA, Linear, load_linear
from app.recognition.tokens import Token

Belief = tuple[float, float, float]
"""Probabilities of B (begins a name), I (continues it), O (no part of a name)."""
_SURE = 8.0
"""A token whose O outweighs B and I by so much (log scale) is O whatever stands beside it; chains end there."""
_NEVER = -20.0
_LEAST = 1e-9


def _log_sum(a: float, b: float, c: float) -> float:
    top = max(a, b, c)
    return top + math.log(math.exp(a - top) + math.exp(b - top) + math.exp(c - top))


def _chain(scores: Sequence[Sequence[float]], moves: Sequence[Belief], *, inside: bool, goes_on: bool) -> list[Belief]:
    """Marginals of a stretch between two tokens that are O for sure (or the sentence's ends), by forward-backward."""
    (bb, bi, bo), (ib, ii, io), (ob, oi, oo) = moves
    forward: list[Belief] = []
    for number, (b, i, o) in enumerate(scores):
        if number == 0:
            forward.append((b + (ob if inside else 0.0), i + (oi if inside else _NEVER), o + (oo if inside else 0.0)))
            continue
        pb, pi, po = forward[-1]
        forward.append(
            (
                b + _log_sum(pb + bb, pi + ib, po + ob),
                i + _log_sum(pb + bi, pi + ii, po + oi),
                o + _log_sum(pb + bo, pi + io, po + oo),
            )
        )
    out: list[Belief] = []
    backward = (bo, io, oo) if goes_on else (0.0, 0.0, 0.0)
    for number in range(len(scores) - 1, -1, -1):
        fb, fi, fo = forward[number]
        total = _log_sum(fb + backward[0], fi + backward[1], fo + backward[2])
        out.append(
            (math.exp(fb + backward[0] - total), math.exp(fi + backward[1] - total), math.exp(fo + backward[2] - total))
        )
        b, i, o = scores[number]
        nb, ni, no = b + backward[0], i + backward[1], o + backward[2]
        backward = (
            _log_sum(bb + nb, bi + ni, bo + no),
            _log_sum(ib + nb, ii + ni, io + no),
            _log_sum(ob + nb, oi + ni, oo + no),
        )
    out.reverse()
    return out


def _moves(model: Linear) -> tuple[Belief, Belief, Belief]:
    (b, i, o) = (model.extra[f"{EXTRA}{label}"] for label in "BIO")
    return (b[0], b[1], b[2]), (i[0], i[1], i[2]), (o[0], o[1], o[2])


@lru_cache(maxsize=50_000)
def _word_weights(word: str) -> tuple[Belief, ...]:
    """What the word alone says for B, I and O, a row for each place that it may stand in (word_features)."""
    return tuple((b, i, o) for b, i, o in load_linear("fast").scores(word_features(word)))


def token_scores(tokens: Sequence[Token], features: Sequence[Sequence[str]]) -> list[Belief | None]:
    """Weights for B, I, O of each token by its features and the words beside it; None for one without features."""
    out: list[Belief | None] = []
    for index, (b, i, o) in enumerate(load_linear("fast").scores(features)):
        if not features[index]:
            out.append(None)
            continue
        for word, row in words_beside(tokens, index):
            more = _word_weights(word)[row]
            b, i, o = b + more[0], i + more[1], o + more[2]
        out.append((b, i, o))
    return out


def beliefs(scores: Sequence[Belief | None]) -> list[Belief]:
    """Probabilities of B, I, O for each token of one sentence; one without a score is no part of a name."""
    moves = _moves(load_linear("fast"))
    open_ = [score is not None and score[2] - max(score[0], score[1]) <= _SURE for score in scores]
    out: list[Belief] = []
    position, size = 0, len(scores)
    while position < size:
        if not open_[position]:
            out.append((_LEAST, _LEAST, 1.0))
            position += 1
            continue
        end = position
        while end < size and open_[end]:
            end += 1
        chain = [score for score in scores[position:end] if score is not None]
        out += _chain(chain, moves, inside=position > 0, goes_on=end < size)
        position = end
    return out
