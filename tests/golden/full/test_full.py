"""Short articles of our own, one for each kind of event and each trap, with the whole answer that is right.

Each NAME.json was written by `python -m tests.golden.full.shown` and then read field by field.
"""

import json
from pathlib import Path

import pytest

from app.domain.ontology import KINDS
from app.places import Gazetteer
from tests.golden.full.shown import article_of, shown

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_answer(places: Gazetteer, name: str) -> None:
    assert shown(article_of(HERE / f"{name}.txt"), places) == json.loads((HERE / f"{name}.json").read_text("utf-8"))


def test_every_kind_has_its_article() -> None:
    told = {
        event["kind"] for name in NAMES for event in json.loads((HERE / f"{name}.json").read_text("utf-8"))["events"]
    }
    assert told == set(KINDS)
