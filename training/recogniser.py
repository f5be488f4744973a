"""`python -m training.recogniser --corpora DIR`: trains the fast recogniser, a linear-chain CRF over our features.

Labels are B, I, O: the first token of a place name, a further one, any other. Demonyms and place words inside names of
organisations count as names; which role they have is the business of the role model. Corpora that leave these two out
get them from the rules. Deterministic: no random numbers but those of fixed seeds.
"""

import argparse
import gzip
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pycrfsuite

from app.places import load_places
from app.recognition.features import remember, sentence_features
from app.recognition.grams import grams_of
from app.recognition.linear import EXTRA
from app.recognition.tokens import Sentence, split_sentences
from app.recognition.toponyms import lookup_grams, rule_mentions
from app.settings import Settings
from training.corpora import Example, own, public
from training.generate import generated

MODEL = Path("app/recognition/models/fast.tsv.gz")
TRAINED_ON = ("wikigold", "uner")
"""GUM, tweets and reports with swapped names were tried and made it worse on other texts; re3d is kept to measure with."""
Row = tuple[list[list[str]], list[str]]


def labels_of(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> list[str]:
    """B, I or O for each token."""
    out = []
    for token in sentence.tokens:
        inside = [s for s in spans if s[0] < token.end and token.start < s[1]]
        if not inside:
            out.append("O")
        else:
            start, _ = inside[0]
            first = token.start <= start or not any(
                start < t.end and t.start < token.start for t in sentence.tokens if t.end <= token.start
            )
            out.append("B" if first else "I")
    return out


def rows_of(example: Example, places) -> list[Row]:
    """Features and labels of each sentence of a text."""
    text = example.text
    sentences = split_sentences(text)
    grams = {s.index: list(grams_of(s)) for s in sentences}
    found = lookup_grams(text, grams, places)
    rules = rule_mentions(text, sentences, grams, found)
    memory = remember(sentences, text, found, rules)
    by_sentence: dict[int, list] = {}
    for mention in rules:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    out = []
    for sentence in sentences:
        here = by_sentence.get(sentence.index, [])
        spans = [s for s in example.spans if s[0] < sentence.end and sentence.start < s[1]]
        if not example.complete:
            spans += [
                (m.start, m.end)
                for m in here
                if m.role in {"demonym", "name_part"} and not any(a < m.end and m.start < b for a, b in spans)
            ]
        features = sentence_features(sentence, text, grams[sentence.index], found, here, memory)
        out.append((features, labels_of(sentence, sorted(spans))))
    return out


def train(rows: Iterable[Row], path: Path, iterations: int = 120, c1: float = 0.3, c2: float = 0.3) -> None:
    """Train a CRF and write it as CRFsuite does."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in rows:
        if features:
            trainer.append(features, labels)
    trainer.select("lbfgs")
    trainer.set_params(
        {"c1": c1, "c2": c2, "max_iterations": iterations, "feature.minfreq": 8, "feature.possible_transitions": True}
    )
    trainer.train(str(path))


def export(crf: Path, out: Path) -> int:
    """The weights as a gzipped table: feature, weights of B, I, O; transitions as `B>I`. Returns the number of lines."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(crf))
    info = tagger.info()
    table: dict[str, dict[str, float]] = {}
    for (feature, label), weight in info.state_features.items():
        if abs(weight) >= 0.005:
            table.setdefault(feature, {})[label] = weight
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        lines = ["feature\tB\tI\tO"]
        for a in "BIO":
            weights = [info.transitions.get((a, b), -20.0) for b in "BIO"]
            lines.append("\t".join([f"{EXTRA}{a}", *(f"{w:.3f}" for w in weights)]))
        for feature in sorted(table):
            lines.append("\t".join([feature, *(f"{table[feature].get(b, 0.0):.3f}" for b in "BIO")]))
        packed.write(("\n".join(lines) + "\n").encode())
    return len(table)


def main() -> int:
    """Build the rows, train, export."""
    options = argparse.ArgumentParser(description="Train the fast recogniser.")
    options.add_argument("--corpora", type=Path, required=True)
    options.add_argument("--out", type=Path, default=MODEL)
    options.add_argument("--iterations", type=int, default=120)
    chosen = options.parse_args()
    places = load_places()
    examples = [*own(), *generated(Settings().data_dir / "gazetteer.sqlite"), *public(chosen.corpora, TRAINED_ON)]
    print(Counter(e.corpus for e in examples))
    start = time.time()
    rows = [row for e in examples for row in rows_of(e, places)]
    print(f"{len(rows)} sentences, {sum(len(r[1]) for r in rows)} tokens, {time.time() - start:.0f} s")
    crf = chosen.out.with_suffix(".crf")
    crf.parent.mkdir(parents=True, exist_ok=True)
    train(rows, crf, chosen.iterations)
    print(f"{export(crf, chosen.out)} features in {chosen.out}, {time.time() - start:.0f} s")
    crf.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
