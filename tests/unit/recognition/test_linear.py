"""The tables of weights: every line of a model counts in the service."""

import gzip
from importlib.resources import files

import pytest

from app.recognition.linear import EXTRA, load_linear


@pytest.mark.parametrize(("name", "extra"), [("fast", 3), ("roles", 0), ("triggers", 0)])
def test_every_line_is_loaded(name: str, extra: int) -> None:
    """A feature may begin with any sign (">said" is a word to the right): only the CRF's moves are no features."""
    packed = files("app.recognition.models").joinpath(f"{name}.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()[1:]
    model = load_linear(name)
    assert len(model.extra) == extra
    assert len(model.rows) == len(lines) - extra
    assert len(model.table) == len(model.rows) + 1
    assert not any(feature.startswith(EXTRA) for feature in model.rows)


def test_words_to_the_right_count() -> None:
    assert any(feature.startswith(">") for feature in load_linear("roles").rows)
    assert any(feature.startswith(">") for feature in load_linear("triggers").rows)


def test_shares_are_probabilities() -> None:
    model = load_linear("roles")
    (shares,) = model.shares([["bias", ">said"]])
    (scores,) = model.scores([["bias", ">said"]])
    assert sum(shares) == pytest.approx(1.0, abs=1e-5)
    assert shares.index(max(shares)) == scores.index(max(scores))
    assert model.shares([]) == model.scores([]) == []
