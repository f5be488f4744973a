"""A small encoder (BERT, 6 layers) over the document: how likely each token begins, continues or is no place name.

The model of the `accurate` tier is models/accurate.onnx, made by training/encoder.py, which lays texts out by the
functions of this file, so that both see the same. It reads the text alone, no gazetteer, and knows English only. Needs
the extra `accurate`; nothing of it is imported before the first use.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np

from app.errors import NotReady
from app.recognition.tokens import Sentence, Token

MODEL, TOKENIZER = "accurate.onnx", "accurate.tokenizer.json"
WINDOW = 254
"""Most sub-words that the model sees at once, without its marks of beginning and end: it was trained on so many."""
CORE = 214
"""Sub-words of a window whose scores are taken, on average at most; those around them are context alone."""
CONTEXT = 20
"""Sub-words of context on either side of a core."""
_SLACK = 10
"""A window's core may end so many sub-words early or late, where a sentence ends."""
BATCH = 16
"""Windows in one call: memory stays within bounds however long the text is."""
UNKNOWN, BEGIN, END = 1, 2, 3
"""Numbers of [UNK], [CLS] and [SEP] in the vocabulary."""
NONE, LOWER, CAPITAL, UPPER, CONTINUED, DIGIT, MARK, MIXED = range(8)
"""Case shapes: the vocabulary has small letters only, the shape tells the model what the text had."""
Scores = tuple[float, float, float]
"""Natural logarithms of the probabilities of B (begins a name), I (continues it), O (no part of a name)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as the model reads it. `firsts` holds, by sentence, the position of each token's first sub-word; `ends`
    the position behind each sentence.
    """

    pieces: list[int]
    shapes: list[int]
    firsts: list[list[int]]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class Window:
    """Sub-words [start, end) go in, scores of [core_start, core_end) are taken out."""

    start: int
    core_start: int
    core_end: int
    end: int


def shape_of(token: Token) -> int:
    """The case shape of a token's first sub-word."""
    if token.is_number:
        return DIGIT
    if not token.is_word:
        return MARK
    word = token.text
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITAL
    if word[0].isupper() and word[1:].islower():
        return CAPITAL
    return MIXED


def rest_shape(shape: int) -> int:
    """The case shape of a token's further sub-words."""
    return CONTINUED if shape == CAPITAL else shape


def lay_out(sentences: Sequence[Sentence], encode: Callable[[str], Sequence[int]]) -> Layout:
    """The sub-words of a text; `encode` cuts one word. Paragraphs are parted by an END."""
    pieces: list[int] = []
    shapes: list[int] = []
    firsts: list[list[int]] = []
    ends: list[int] = []
    for number, sentence in enumerate(sentences):
        if number and sentence.paragraph != sentences[number - 1].paragraph:
            pieces.append(END)
            shapes.append(NONE)
        here = []
        for token in sentence.tokens:
            cut, shape = encode(token.text) or (UNKNOWN,), shape_of(token)
            here.append(len(pieces))
            pieces += cut
            shapes += [shape, *[rest_shape(shape)] * (len(cut) - 1)]
        firsts.append(here)
        ends.append(len(pieces))
    return Layout(pieces, shapes, firsts, ends)


def windows_of(layout: Layout) -> list[Window]:
    """Windows whose cores part the text evenly, at ends of sentences where one is near; each has context around it."""
    size = len(layout.pieces)
    if size <= WINDOW:
        return [Window(0, 0, size, size)] if size else []
    count = math.ceil(size / CORE)
    cuts = [0]
    for number in range(1, count):
        wanted = round(size * number / count)
        near = min(layout.ends, key=lambda end: abs(end - wanted))
        cuts.append(near if abs(near - wanted) <= _SLACK and near > cuts[-1] else wanted)
    cuts.append(size)
    width = min(WINDOW, size, max(end - start for start, end in pairwise(cuts)) + 2 * CONTEXT)
    out = []
    for core_start, core_end in pairwise(cuts):
        start = min(max(0, core_start - (width - (core_end - core_start)) // 2), size - width)
        out.append(Window(start, core_start, core_end, start + width))
    return out


def _file(name: str) -> bytes:
    path = files("app.recognition.models").joinpath(name)
    if not path.is_file():
        raise NotReady(
            f"The file {name} of the accurate recogniser is missing in app/recognition/models; docs/models.md says how "
            "it is made. Or set DATELINE_RECOGNISER=fast."
        )
    return path.read_bytes()


def _imported() -> tuple[Any, Any]:
    try:
        import onnxruntime
        import tokenizers
    except ImportError as missing:
        raise NotReady(
            "The accurate recogniser needs two more packages: make install ACCURATE=1, or pip install "
            "'dateline[accurate]'. Or set DATELINE_RECOGNISER=fast."
        ) from missing
    return onnxruntime, tokenizers


class Encoder:
    """The model, loaded. Safe to share between threads."""

    def __init__(self, *, threads: int = 1, model: bytes | None = None) -> None:
        """`model`: the bytes of another ONNX file than the one that comes with the package.

        Raises NotReady where the extra or a file is missing.
        """
        onnxruntime, tokenizers = _imported()
        tokenizer = tokenizers.Tokenizer.from_str(_file(TOKENIZER).decode("utf-8"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model or _file(MODEL), options, providers=["CPUExecutionProvider"])

        @lru_cache(maxsize=50_000)
        def encode(word: str) -> tuple[int, ...]:
            return tuple(tokenizer.encode(word, add_special_tokens=False).ids)

        self._encode = encode

    def scores(self, text: str, sentences: Sequence[Sentence]) -> list[list[Scores]]:
        """For each token of each sentence the logarithms of the probabilities of B, I and O.

        `text` is what the sentences were split from; the tokens hold all that is read of it.
        """
        del text
        layout = lay_out(sentences, self._encode)
        table = np.zeros((len(layout.pieces), 3), dtype=np.float32)
        windows = windows_of(layout)
        for number in range(0, len(windows), BATCH):
            self._fill(table, layout, windows[number : number + BATCH])
        rows: list[Scores] = [(b, i, o) for o, b, i in table.tolist()]
        return [[rows[first] for first in here] for here in layout.firsts]

    def _fill(self, table: np.ndarray, layout: Layout, windows: Sequence[Window]) -> None:
        """Put the scores of the windows' cores into their rows. Windows of one text are of one length."""
        ids = [[BEGIN, *layout.pieces[w.start : w.end], END] for w in windows]
        shapes = [[NONE, *layout.shapes[w.start : w.end], NONE] for w in windows]
        inputs = {"ids": np.array(ids, dtype=np.int64), "shapes": np.array(shapes, dtype=np.int64)}
        answer = self._session.run(["scores"], inputs)[0]
        for window, rows in zip(windows, answer, strict=True):
            at = 1 + window.core_start - window.start
            table[window.core_start : window.core_end] = rows[at : at + window.core_end - window.core_start]
