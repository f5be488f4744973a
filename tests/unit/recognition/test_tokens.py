"""Where words and sentences begin and end, counted in code points of the text that the caller sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.tokens import MAX_SENTENCE, split_sentences, tokenize


@pytest.mark.parametrize(("text", "words"), [
    # an apostrophe inside a name holds it together, however it is typed; a possessive is a word of its own
    ("Dara'a", ["Dara'a"]),
    ("Dara’a al-Balad", ["Dara’a", "al", "-", "Balad"]),
    ("Darʿā", ["Darʿā"]),
    ("Syria's army", ["Syria", "'s", "army"]),
    ("Syria’s army", ["Syria", "’s", "army"]),
    ("militants' ranks", ["militants", "'", "ranks"]),
    # hyphens split, so that "Abuja-Kaduna" is two names and "13-km" a number and a unit
    ("Deir ez-Zor", ["Deir", "ez", "-", "Zor"]),
    ("a 13-km front", ["a", "13", "-", "km", "front"]),
    # numbers keep their separators; ordinals are numbers
    ("1,500 men, 3.5 km", ["1,500", "men", ",", "3.5", "km"]),
    ("the 14th", ["the", "14th"]),
    ("M23 rebels", ["M23", "rebels"]),
    # initials with full stops are one word
    ("the U.S. envoy", ["the", "U.S.", "envoy"]),
    # marks of other scripts stay with their letters
    ("D\u0323ar\u02bfa\u0304", ["D\u0323ar\u02bfa\u0304"]),
    ("دَرعا", ["دَرعا"]),
    ("Київ", ["Київ"]),
    # emoji are marks, not letters
    ("🚨Aleppo🚨", ["🚨", "Aleppo", "🚨"]),
    ("", []),
])  # fmt: skip
def test_tokens(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == words


@pytest.mark.parametrize(("text", "sentences"), [
    ("It fell. It burned.", ["It fell.", "It burned."]),
    # the full stop of an abbreviation or an initial ends nothing
    ("Gen. Omar and Lt. Col. Sani met.", ["Gen. Omar and Lt. Col. Sani met."]),
    ("The U.S. and the U.N. agreed.", ["The U.S. and the U.N. agreed."]),
    ("J. Smith spoke.", ["J. Smith spoke."]),
    ("It hit at 5 p.m. on Monday.", ["It hit at 5 p.m. on Monday."]),
    # a number with a decimal point is one number
    ("A road of 3.5 km. Then sand.", ["A road of 3.5 km. Then sand."]),
    # quotation marks and brackets behind the full stop belong to the sentence
    ("“We left.” They stayed.", ["“We left.”", "They stayed."]),
    ("They left (at last.) They stayed.", ["They left (at last.)", "They stayed."]),
    # question and exclamation marks, Arabic and Urdu marks, an ellipsis
    ("Who fired? Nobody knows! Wait… Quiet.", ["Who fired?", "Nobody knows!", "Wait…", "Quiet."]),
    ("سقطت قذيفة؟ نعم۔ انتهى", ["سقطت قذيفة؟", "نعم۔", "انتهى"]),
    # a line break always ends a sentence, in the manner of each system; bullets are no words
    ("Aleppo\nHoms\r\nHama\rIdlib", ["Aleppo", "Homs", "Hama", "Idlib"]),
    ("- Shells fell.\n• A mine went off.\n1. They left.", ["Shells fell.", "A mine went off.", "They left."]),
    # nothing to read
    ("", []),
    (" \r\n\t \n", []),
])  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    found = split_sentences(text)
    assert [text[s.start : s.end] for s in found] == sentences
    assert [s.index for s in found] == list(range(len(found)))


def test_paragraphs_are_numbered() -> None:
    found = split_sentences("One. Two.\n\nThree.\r\nFour.")
    assert [sentence.paragraph for sentence in found] == [0, 0, 1, 2]


@pytest.mark.parametrize("text", ["in Aleppo and Homs and " * 400, "x" * 5000, "(" * 5000, "- " * 3000])
def test_long_sentences_are_cut(text: str) -> None:
    """What never ends is no prose; the rules that look at a whole sentence must not meet 200,000 characters."""
    found = split_sentences(text)
    assert all(sentence.end - sentence.start <= MAX_SENTENCE for sentence in found)
    assert "".join("".join(text[s.start : s.end].split()) for s in found) in "".join(text.split())
    words = {token.text for sentence in found for token in sentence.tokens}
    assert (
        words <= {token.text for token in tokenize(text)} or " " not in text
    )  # cut at a white space where there is one


def test_cut_loses_nothing() -> None:
    text = "in Aleppo and Homs and " * 400
    tokens = [token for sentence in split_sentences(text) for token in sentence.tokens]
    assert tokens == tokenize(text)


@given(st.text(alphabet=st.characters(), max_size=300))
def test_offsets_of_any_text(text: str) -> None:
    sentences = split_sentences(text)
    ends = [0, *(sentence.end for sentence in sentences)]
    for before, sentence in zip(ends, sentences, strict=False):
        assert before <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
        for token in sentence.tokens:
            assert sentence.start <= token.start < token.end <= sentence.end
            assert text[token.start : token.end] == token.text


def test_tokens_between_offsets() -> None:
    text = "Shells fell on Homs."
    (sentence,) = split_sentences(text)
    assert [t.text for t in sentence.between(7, 14)] == ["fell", "on"]
    assert [t.text for t in sentence.between(8, 13)] == []
