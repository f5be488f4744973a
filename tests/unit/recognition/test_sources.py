"""Who says so, and whether that is a side in the conflict."""

import pytest

from app.places import Gazetteer
from app.recognition.sources import find_source, find_speaker
from app.recognition.tokens import split_sentences
from tests.steps import actors_in, mentions_of, sentence_of


@pytest.mark.parametrize(("text", "name", "party"), [
    # 1  according to
    ("According to the army, the town fell.", "army", True),
    ("The town fell, according to residents.", "residents", False),
    # when it was said is no part of who said it
    ("Earlier on Thursday the state agency SANA reported an advance.", "the state agency SANA", True),
    # 2  behind the words
    ("“It fell,” said Hussein Abazeed, a spokesman for militants.", "Hussein Abazeed", True),
    ("The town fell, two residents said.", "two residents", False),
    # 3  before them
    ("SANA reported that the town fell.", "SANA", True),
    ("The mayor told reporters that the town fell.", "mayor", False),
    ("The defence ministry said that the town fell.", "defence ministry", True),
    ("The Syrian Observatory for Human Rights said the town fell.", "Syrian Observatory for Human Rights", False),
    ("The UN said the town fell.", "UN", False),
])  # fmt: skip
def test_source(places: Gazetteer, text: str, name: str, party: bool) -> None:
    source = find_source(text, sentence_of(text), actors_in(text, places), mentions_of(text, places))
    assert source is not None
    assert (source.name, source.party) == (name, party)
    assert source.start is not None
    assert source.end is not None
    assert text[source.start : source.end] == name


@pytest.mark.parametrize("text", [
    "The town fell.",
    "He said the town fell.",  # a pronoun names nobody
    "They reported it.",
])  # fmt: skip
def test_no_source(places: Gazetteer, text: str) -> None:
    assert find_source(text, sentence_of(text), actors_in(text, places), mentions_of(text, places)) is None


def test_admission_is_marked(places: Gazetteer) -> None:
    """What a side says against itself is no mere claim."""
    text = "The army admitted that the town had fallen."
    source = find_source(text, sentence_of(text), actors_in(text, places), mentions_of(text, places))
    assert source is not None
    assert source.admits


@pytest.mark.parametrize(("text", "speaker"), [
    ("Briefing of the Ministry of Defence\nThe army took Homs.", True),
    ("The army took Homs.", False),
    ("A report of the Red Cross\nThe army took Homs.", False),
])  # fmt: skip
def test_speaker_of_the_whole_article(text: str, speaker: bool) -> None:
    found = find_speaker(text, split_sentences(text), None)
    assert (found is not None) == speaker
    if found and found.start is not None and found.end is not None:
        assert text[found.start : found.end] == found.name
