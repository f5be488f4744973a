"""`python -m training.encoder_scores --corpora DIR --scorer DIR`: precision, recall and F1 of the encoder alone.

Sets: one report in ten of ours (held out by `training.encoder --hold-out`), re3d, and, as a measurement only,
GeoWebNews and LGL. A span is a run of tokens that the model believes in; no gazetteer, no rules, no memory of the text.
"""

import argparse
import gzip
import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.recognition.encoder import Encoder, Scores
from app.recognition.tokens import Sentence, split_sentences
from app.recognition.words import words
from training.encoder_data import held_out

Reader = Callable[[str, Sequence[Sentence]], list[list[Scores]]]


def spans_of(sentence: Sentence, scores: Sequence[Scores], least: float = 0.5) -> Iterator[tuple[int, int]]:
    """Names: each begins where O is less likely than 1 - least and goes on while I is the likeliest."""
    tokens, index = sentence.tokens, 0
    while index < len(tokens):
        if 1.0 - math.exp(scores[index][2]) < least or not tokens[index].is_word:
            index += 1
            continue
        last = index
        while last + 1 < len(tokens) and scores[last + 1][1] >= max(scores[last + 1][0], scores[last + 1][2]):
            last += 1
        end = last
        while end > index and not tokens[end].is_word:
            end -= 1
        yield tokens[index].start, tokens[end].end
        index = last + 1


def predicted(row_id: str, text: str, read: Reader, *, demonyms: bool) -> dict[str, Any]:
    """A prediction as the scorer reads it."""
    sentences = split_sentences(text)
    found = [
        s for sentence, scores in zip(sentences, read(text, sentences), strict=True) for s in spans_of(sentence, scores)
    ]
    if not demonyms:
        found = [s for s in found if text[s[0] : s[1]].lower() not in words().demonyms]
    return {"id": row_id, "toponyms": [{"start": a, "end": b, "lat": None, "lon": None} for a, b in found]}


def gold_sets(corpora: Path) -> Iterator[tuple[str, list[dict[str, Any]], bool]]:
    """Name, gold rows, and whether demonyms are marked."""
    kept = list(held_out(corpora))
    for name in ("own", "re3d"):
        rows = [
            {"id": e.id, "text": e.text, "toponyms": [{"start": a, "end": b} for a, b in e.spans]}
            for e in kept if e.corpus == name
        ]  # fmt: skip
        yield name, rows, name == "own"
    for name in ("geowebnews_a", "lgl"):
        with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as lines:
            yield name, [json.loads(line) for line in lines], True


def report(read: Reader, corpora: Path, score: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """The scorer's figures on each set; one line each is printed."""
    out = {}
    for name, rows, demonyms in gold_sets(corpora):
        start = time.process_time()
        predictions = [predicted(row["id"], row["text"], read, demonyms=demonyms) for row in rows]
        took = time.process_time() - start
        figures = score(rows, predictions)
        out[name] = {key: figures[f"recognition_{key}"] for key in ("exact", "overlap")}
        count = sum(len(row["text"].split()) for row in rows)
        out[name]["ms_per_400_words"] = round(took * 1000 * 400 / count, 1)
        print(f"{name:13}", *(f"{k} {v}" for k, v in out[name].items()), flush=True)
    return out


def main() -> int:
    """Score the model that comes with the package, or another one."""
    options = argparse.ArgumentParser(description="Score the accurate recogniser's model.")
    options.add_argument("--corpora", type=Path, required=True)
    options.add_argument("--scorer", type=Path, required=True, help="the folder that holds score_toponyms.py")
    options.add_argument("--model", type=Path, help="another ONNX file")
    chosen = options.parse_args()
    sys.path.insert(0, str(chosen.scorer))
    from score_toponyms import score

    encoder = Encoder(model=chosen.model.read_bytes() if chosen.model else None)
    report(encoder.scores, chosen.corpora, score)
    return 0


if __name__ == "__main__":
    sys.exit(main())
