"""Texts of the corpora as the encoder is trained on them: sub-words, case shapes, labels; windows of a length."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.places import PlaceIndex
from app.recognition.encoder import CAPITAL, CONTINUED, LOWER, MIXED, UPPER, WINDOW, lay_out
from app.recognition.grams import grams_of
from app.recognition.mentions import Mention
from app.recognition.tokens import split_sentences
from app.recognition.toponyms import lookup_grams, rule_mentions
from training.corpora import Example, own, public
from training.generate import generated
from training.recogniser import labels_of
from training.swap import swapped

IGNORED = -100
"""Label of sub-words that say nothing: those behind a token's first, and names of which a corpus says too little."""
LABELS = {"O": 0, "B": 1, "I": 2}
SILENT = {"re3d", "gum"}
"""Corpora that leave out countries that act, as organisations: what the rules take for a country is not trained on."""
TRAINED_ON = ("wikigold", "uner", "gum", "idrisi")
"""Public corpora that are trained on."""
GENERATED = 700
"""Texts from templates: few enough that their wording is not learnt by heart."""
KEPT_EMPTY = {"own": 1.0, "swapped": 0.5, "generated": 1.0}
"""Share of the windows without a name that is trained on; 0.5 of the other corpora."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text in sub-words."""

    id: str
    corpus: str
    pieces: list[int]
    shapes: list[int]
    labels: list[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """One window of a document, at most WINDOW sub-words; style 0 is ours, 1 that of public corpora."""

    ids: list[int]
    shapes: list[int]
    labels: list[int]
    style: int


def _filled(example: Example, mentions: Sequence[Mention]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of the names, with demonyms and parts of names by the rules where a corpus lacks them; spans to ignore."""
    spans, ignored = list(example.spans), []
    if not example.complete:
        for m in mentions:
            if any(a < m.end and m.start < b for a, b in spans):
                continue
            if m.role in {"demonym", "name_part"}:
                spans.append((m.start, m.end))
            elif example.corpus in SILENT and m.candidates and m.candidates[0].place.is_country:
                ignored.append((m.start, m.end))
    return sorted(spans), ignored


def document_of(example: Example, places: PlaceIndex, encode: Callable[[str], Sequence[int]]) -> Document:
    """The text with labels on the first sub-word of each token."""
    text = example.text
    sentences = split_sentences(text)
    mentions: Sequence[Mention] = ()
    if not example.complete:
        grams = {s.index: list(grams_of(s)) for s in sentences}
        mentions = rule_mentions(text, sentences, grams, lookup_grams(text, grams, places))
    spans, ignored = _filled(example, mentions)
    layout = lay_out(sentences, encode)
    labels = [IGNORED] * len(layout.pieces)
    for sentence, firsts in zip(sentences, layout.firsts, strict=True):
        here = [s for s in spans if s[0] < sentence.end and sentence.start < s[1]]
        for token, first, label in zip(sentence.tokens, firsts, labels_of(sentence, here), strict=True):
            if not any(a <= token.start and token.end <= b for a, b in ignored):
                labels[first] = LABELS[label]
    return Document(example.id, example.corpus, layout.pieces, layout.shapes, labels)


def is_held_out(example_id: str) -> bool:
    """One report in ten, with its copies, by its name."""
    report = example_id.split("-swap")[0]
    return int(hashlib.sha256(report.encode()).hexdigest(), 16) % 10 == 0


def examples(corpora: Path, gazetteer: Path, places: PlaceIndex, *, hold_out: bool) -> Iterator[Example]:
    """Everything that is trained on; with `hold_out` without one report in ten."""
    for example in [*own(), *swapped(places), *generated(gazetteer, GENERATED), *public(corpora, TRAINED_ON)]:
        if not (hold_out and example.corpus in {"own", "swapped"} and is_held_out(example.id)):
            yield example


def held_out(corpora: Path) -> Iterator[Example]:
    """What there is for development: one report in ten and re3d."""
    yield from (e for e in own() if is_held_out(e.id))
    yield from public(corpora, ["re3d"])


def _disguised(shapes: list[int], labels: list[int], chance: random.Random) -> list[int]:
    """One window in eight loses its case: all small, all capitals, or a capital on each word."""
    draw = chance.random()
    if draw > 0.125:
        return shapes
    if draw < 0.05:
        change = {CAPITAL: LOWER, UPPER: LOWER, CONTINUED: LOWER, MIXED: LOWER}
    elif draw < 0.09:
        change = {CAPITAL: UPPER, LOWER: UPPER, CONTINUED: UPPER, MIXED: UPPER}
    else:
        title = {True: CAPITAL, False: CONTINUED}
        return [title[label != IGNORED] if s == LOWER else s for s, label in zip(shapes, labels, strict=True)]
    return [change.get(s, s) for s in shapes]


def windows(documents: Sequence[Document], seed: int) -> list[Piece]:
    """One epoch: documents cut anew, each at another place, without overlap; windows without names thinned out."""
    chance = random.Random(seed)  # noqa: S311
    out = []
    for document in documents:
        size, style = len(document.pieces), int(document.corpus not in KEPT_EMPTY)
        start = 0
        end = size if size <= WINDOW else chance.randint(WINDOW // 2, WINDOW)
        while start < size:
            labels = document.labels[start:end]
            if any(label > 0 for label in labels) or chance.random() < KEPT_EMPTY.get(document.corpus, 0.5):
                shapes = _disguised(document.shapes[start:end], labels, chance)
                out.append(Piece(document.pieces[start:end], shapes, labels, style))
            start, end = end, min(size, end + WINDOW)
    return out


def batches(pieces: Sequence[Piece], size: int, seed: int) -> list[list[Piece]]:
    """Windows of like length together, `size` sub-words a batch, batches in random order."""
    chance = random.Random(seed)  # noqa: S311
    ordered = sorted(pieces, key=lambda p: len(p.ids) + chance.random() * 8)
    out: list[list[Piece]] = [[]]
    for piece in ordered:
        if out[-1] and (len(out[-1]) + 1) * (len(piece.ids) + 2) > size:
            out.append([])
        out[-1].append(piece)
    chance.shuffle(out)
    return out
