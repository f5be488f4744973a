"""`python -m training.encoder_vote --corpora DIR --scorer DIR`: the fast model and the encoder apart and together.

On GeoWebNews and LGL alone, which neither was trained on. Together means the weighted mean of their log-probabilities,
or of their probabilities; names are found from these as the service finds them, the document's memory included.
"""

import argparse
import gzip
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from app.domain.places import PlaceIndex
from app.places import load_places
from app.recognition import recogniser
from app.recognition.encoder import Encoder, Scores
from app.recognition.features import place_features, remember
from app.recognition.grams import grams_of
from app.recognition.mentions import Mention
from app.recognition.tagger import Belief, beliefs, token_scores
from app.recognition.tokens import Sentence, split_sentences
from app.recognition.toponyms import lookup_grams, rule_mentions

SETS = ("geowebnews_a", "lgl")
FLOOR = 1e-6
LEASTS = (0.5, 0.8, 0.95)
"""Beliefs from which on a stretch is taken for a name; the service asks for the same (LEAST)."""
Vote = Callable[[Belief, Scores], Sequence[float]]


def fast_beliefs(
    text: str, sentences: Sequence[Sentence], places: PlaceIndex
) -> tuple[list[list[Belief]], Mapping[int, list[Mention]]]:
    """What the fast model believes, by sentence and token, and what the rules found, by sentence."""
    grams = {s.index: list(grams_of(s)) for s in sentences}
    found = lookup_grams(text, grams, places)
    rules = rule_mentions(text, sentences, grams, found)
    here: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in rules:
        here[mention.sentence.index].append(mention)
    memory = remember(sentences, text, found, rules)
    out = []
    for sentence in sentences:
        features = place_features(sentence, text, grams[sentence.index], found, here[sentence.index], memory)
        out.append(beliefs(token_scores(sentence.tokens, features)))
    return out, here


def mean_of_logs(weight: float) -> Vote:
    """`weight`: how much the encoder counts."""

    def vote(fast: Belief, accurate: Scores) -> list[float]:
        pairs = zip(fast, accurate, strict=True)
        mixed = [max(p, FLOOR) ** (1 - weight) * max(math.exp(log), FLOOR) ** weight for p, log in pairs]
        return [p / sum(mixed) for p in mixed]

    return vote


VOTES: dict[str, Vote] = {
    "fast": lambda fast, _: fast,
    "encoder": lambda _, accurate: [math.exp(log) for log in accurate],
    **{f"logs {weight}": mean_of_logs(weight) for weight in (0.3, 0.5, 0.7)},
    "mean 0.5": lambda fast, accurate: [(p + math.exp(log)) / 2 for p, log in zip(fast, accurate, strict=True)],
}


def main() -> int:
    """Print a line for each set and vote."""
    options = argparse.ArgumentParser(description="Score the two recognisers apart and together.")
    options.add_argument("--corpora", type=Path, required=True)
    options.add_argument("--scorer", type=Path, required=True, help="the folder that holds score_toponyms.py")
    options.add_argument("--model", type=Path, help="another ONNX file")
    chosen = options.parse_args()
    sys.path.insert(0, str(chosen.scorer))
    from score_toponyms import score

    encoder, places = Encoder(model=chosen.model.read_bytes() if chosen.model else None), load_places()
    for name in SETS:
        with gzip.open(chosen.corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as lines:
            rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
        read = []
        for row in rows:
            sentences = split_sentences(row["text"])
            fast, rules = fast_beliefs(row["text"], sentences, places)
            read.append((row["id"], row["text"], sentences, rules, fast, encoder.scores(row["text"], sentences)))
        for least, (label, vote) in product(LEASTS, VOTES.items()):
            predictions = []
            for row_id, text, sentences, rules, fast, accurate in read:
                voted: Any = {
                    s.index: [tuple(vote(*pair)) for pair in zip(f, a, strict=True)]
                    for s, f, a in zip(sentences, fast, accurate, strict=True)
                }
                spans = [
                    (s.tokens[0].start, s.tokens[-1].end)
                    for s in recogniser._again(sentences, text, voted, rules, least)
                ]
                found = [{"start": start, "end": end, "lat": None, "lon": None} for start, end in spans]
                predictions.append({"id": row_id, "toponyms": found})
            exact, overlap = (score(rows, predictions)[f"recognition_{how}"] for how in ("exact", "overlap"))
            print(f"{name:13} {label:9} {least}", exact, overlap, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
