"""The encoder of the `accurate` tier: how it lays texts out, which names it believes, what it says when missing."""

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import NotReady
from app.recognition import encoder as module
from app.recognition.encoder import (
    CAPITAL,
    CONTINUED,
    DIGIT,
    END,
    LOWER,
    MARK,
    MIXED,
    NONE,
    UNKNOWN,
    UPPER,
    WINDOW,
    Encoder,
    Layout,
    lay_out,
    shape_of,
    windows_of,
)
from app.recognition.tokens import split_sentences, tokenize


@pytest.mark.parametrize(("word", "shape"), [
    ("village", LOWER), ("Aleppo", CAPITAL), ("UN", UPPER), ("A", CAPITAL), ("McAllen", MIXED), ("Dara'a", CAPITAL),
    ("13", DIGIT), (",", MARK), ("'s", MARK), ("حلب", MIXED), ("U.S.", UPPER),
])  # fmt: skip
def test_shape(word: str, shape: int) -> None:
    assert shape_of(tokenize(word)[0]) == shape


def test_layout() -> None:
    """Two paragraphs, parted by END; each token's first sub-word is known; an empty cut is UNKNOWN."""
    cuts = {"Shells": [10], "hit": [11], "Idlib": [12, 13], ".": [14], "Quiet": []}
    layout = lay_out(split_sentences("Shells hit Idlib.\nQuiet."), cuts.__getitem__)
    assert layout.pieces == [10, 11, 12, 13, 14, END, UNKNOWN, 14]
    assert layout.shapes == [CAPITAL, LOWER, CAPITAL, CONTINUED, MARK, NONE, CAPITAL, MARK]
    assert layout.firsts == [[0, 1, 2, 4], [6, 7]]
    assert layout.ends == [5, 8]


@given(st.lists(st.integers(1, 400), max_size=60))
def test_windows_part_the_text(lengths: list[int]) -> None:
    """Cores follow each other without gap or overlap, each inside its window; windows of one text are of one length."""
    ends = [sum(lengths[: n + 1]) for n in range(len(lengths))]
    size = ends[-1] if ends else 0
    windows = windows_of(Layout([7] * size, [LOWER] * size, [], ends))
    assert [w.core_start for w in windows] == [0, *[w.core_end for w in windows[:-1]]][: len(windows)]
    assert (windows[-1].core_end if windows else 0) == size
    assert all(0 <= w.start <= w.core_start < w.core_end <= w.end <= size for w in windows)
    assert len({w.end - w.start for w in windows}) <= 1
    assert all(w.end - w.start <= WINDOW for w in windows)


def test_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(NotReady, match=r"dateline\[accurate\]"):
        Encoder()


def test_model_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    _needs_extra()
    monkeypatch.setattr(module, "MODEL", "nowhere.onnx")
    with pytest.raises(NotReady, match=r"nowhere\.onnx"):
        Encoder()


def _needs_extra() -> None:
    for name in ("onnxruntime", "tokenizers"):
        pytest.importorskip(name, reason="the extra `accurate` is not installed: pip install 'dateline[accurate]'")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    _needs_extra()
    return Encoder()


def _names(encoder: Encoder, text: str) -> list[str]:
    """Runs of tokens whose likeliest label is B or I."""
    sentences, out = split_sentences(text), []
    for sentence, scores in zip(sentences, encoder.scores(text, sentences), strict=True):
        for token, (b, i, o) in zip(sentence.tokens, scores, strict=True):
            if i > max(b, o) and out:
                out[-1] = (out[-1][0], token.end)
            elif max(b, i) > o:
                out.append((token.start, token.end))
    return [text[a:b] for a, b in out]


@pytest.mark.parametrize(("text", "names"), [
    # settlements and their province; small letters of the generic word stay outside
    ("Shells hit the town of Busra al-Sham in Daraa province on Wednesday.", ["Busra al-Sham", "Daraa"]),
    # no person, no month, no weapon; a demonym is a name
    ("General Ahmed Hassan said in May that Russian jets had bombed Kafr Nabl.", ["Russian", "Kafr Nabl"]),
    # however the apostrophe is typed
    ("Rebels in Dara’a shelled the border crossing.", ["Dara’a"]),
    ("Rebels in Dara'a shelled the border crossing.", ["Dara'a"]),
    # a place that acts, a place in small letters of a headline without capitals
    ("Moscow said it would withdraw from Kherson.", ["Moscow", "Kherson"]),
    ("CLASHES IN GOMA AS M23 REBELS ADVANCE", ["GOMA"]),
    # nothing at all
    ("The striker scored twice and was taken off late in the game.", []),
    ("", []),
])  # fmt: skip
def test_names(encoder: Encoder, text: str, names: list[str]) -> None:
    assert _names(encoder, text) == names


def test_scores_are_logarithms(encoder: Encoder) -> None:
    """One row a token of each sentence, probabilities add up to 1; long texts and short ones alike."""
    text = "Fighting in Aleppo went on. " * 80
    sentences = split_sentences(text)
    scores = encoder.scores(text, sentences)
    assert [len(rows) for rows in scores] == [len(s.tokens) for s in sentences]
    assert all(math.isclose(sum(map(math.exp, row)), 1.0, abs_tol=1e-4) for rows in scores for row in rows)
    assert all(rows[2][0] > math.log(0.5) for rows in scores)


def test_same_bytes_again(encoder: Encoder) -> None:
    text = "Police in Jos, Plateau State, fired tear gas. " * 12
    sentences = split_sentences(text)
    assert encoder.scores(text, sentences) == encoder.scores(text, sentences)


@pytest.mark.parametrize("text", ["\n\n", "٣٤ حلب", "🙂" * 300, "x" * 5000, "İzmir ʿAin ﷺ\u0301"])
def test_odd_texts(encoder: Encoder, text: str) -> None:
    sentences = split_sentences(text)
    assert [len(rows) for rows in encoder.scores(text, sentences)] == [len(s.tokens) for s in sentences]
