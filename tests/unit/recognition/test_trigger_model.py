"""Words that name an event beside those of the lexicon: sentences that no pattern reads, and words that tell nothing."""

import pytest

from app.places import Gazetteer
from app.recognition.linear import load_linear
from app.recognition.trigger_features import known_stems, stem
from app.recognition.trigger_model import NOTHING
from tests.steps import read


@pytest.mark.parametrize(("word", "expected"), [
    ("shelled", "shell"), ("shells", "shell"), ("shelling", "shell"), ("raped", "rap"), ("fled", "fled"),
    ("robberies", "robbery"), ("carried", "carry"), ("stopped", "stop"), ("is", "is"), ("ring", "ring"),
])  # fmt: skip
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_model_and_stems_belong_together() -> None:
    model = load_linear("triggers")
    assert NOTHING in model.labels
    assert {"shell", "protest"} & known_stems()
    assert not {"town", "people", "two"} & known_stems()
