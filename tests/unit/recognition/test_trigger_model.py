"""Words that name an event beside those of the lexicon."""

import pytest

from app.places import Gazetteer
from app.recognition import trigger_model
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
    assert {f"st={one}" for one in known_stems()} & model.rows.keys()
    assert {"shell", "protest"} <= known_stems()
    assert not {"town", "people", "two"} & known_stems()


@pytest.mark.parametrize(("text", "kind"), [
    # no pattern of triggers.yaml reads these
    ("A bridge on the trail to Saraqib was mined.", "landmine"),
    ("Rebels grabbed the garrison of Roe.", "territory_capture"),
])  # fmt: skip
def test_told_by_words_that_the_lexicon_lacks(
    places: Gazetteer, text: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [event.kind for event in read(text, places).events] == [kind]
    monkeypatch.setattr(trigger_model, "LEAST_ADDED", 1.1)
    assert read(text, places).events == ()


@pytest.mark.parametrize("text", [
    "The league champions emptied the stands of their rivals on Friday.",
    "Shares of the lender were hammered in Lagos on Friday.",
    "The town hall will close at noon on Friday.",
    "She poured the coffee and told the story again.",
])  # fmt: skip
def test_nothing_told(places: Gazetteer, text: str) -> None:
    assert read(text, places).events == ()
