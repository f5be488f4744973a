"""`python -m training.confidence`: learns how likely an event is right, out of fold, and writes confidence.yaml.

The weights come from our annotated reports, each coded with a trigger model that never saw it (event_scores.py); an
event is right where kind or sub-event type, place and day are. Our test articles read more like a newspaper than these
reports; how many of their events are right gives the offset, one number.
"""

import math
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import brentq
from scipy.special import expit
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from app.coding import events as coding
from app.coding.confidence import evidence
from app.pipeline import geoparse
from app.places import load_places
from app.recognition import trigger_model
from app.recognition.linear import load_linear
from bench.accuracy.events import count_events
from bench.accuracy.gold import load_gold
from bench.accuracy.measure import to_article
from training.event_scores import _read, fold_models, matched
from training.events import all_told

OUT = Path("app/coding/data/confidence.yaml")
ARTICLES = Path("bench/accuracy/own_articles.jsonl")
FOLDS, C, RARE = 4, 0.1, 8
TODAY = date(2026, 11, 23)
HEAD = """# How much each thing that a draft of an event shows speaks for (above 0) or against it: app/coding/confidence.py.
# Written by `python -m training.confidence`: weights learnt on {told} events of our reports, {right:.0%} of them right, each coded
# with a trigger model that never saw its report; the offset set on {articles} events of our test articles.
"""


def told_events(places) -> tuple[list[list[str]], list[bool]]:
    """What each event of the reports shows, and whether it is right."""
    models = fold_models(places, FOLDS)
    seen: list[list[str]] = []
    coding.confidence_of = lambda draft: seen.append(evidence(draft)) or 0.5
    rows: list[list[str]] = []
    right: list[bool] = []
    for report, told in all_told():
        seen.clear()
        trigger_model.load_linear = lambda name, model=models[report.id]: model
        document = _read(report, places)
        hits = {e.id for _, e in matched(document, told, strict=True) if e.place is not None and e.date is not None}
        rows += [list(row) for row in seen]
        right += [event.id in hits for event in document.events]
    trigger_model.load_linear = load_linear
    return rows, right


def article_events(places, score) -> tuple[list[float], list[bool]]:
    """The sum of weights of each event of the test articles, and whether it is right."""
    coding.confidence_of = lambda draft: 1.0 / (1.0 + math.exp(-score(evidence(draft))))
    sums, right = [], []
    for article in load_gold(ARTICLES).articles:
        document = geoparse(to_article(article, places), places, today=TODAY)
        for confidence, good in count_events(article, document.events)[1]:
            sums.append(math.log(confidence / (1.0 - confidence)))
            right.append(good)
    return sums, right


def main() -> int:
    places = load_places()
    rows, right = told_events(places)
    vectors = CountVectorizer(analyzer=lambda row: row, min_df=RARE)
    model = LogisticRegression(C=C, max_iter=1000, fit_intercept=False).fit(vectors.fit_transform(rows), right)
    weights = {
        name: round(float(w), 3) for name, w in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    }

    def score(row: Sequence[str]) -> float:
        return sum(weights.get(name, 0.0) for name in row)

    sums, good = article_events(places, score)
    offset = brentq(lambda more: float(np.mean(expit(np.array(sums) + more)) - np.mean(good)), -5, 5)
    print(
        f"{len(rows)} events, {np.mean(right):.3f} right; {len(sums)} of articles, {np.mean(good):.3f} right; {offset=:.3f}"
    )
    kept = {name: weight for name, weight in weights.items() if weight}
    data = {"offset": round(offset, 3), "weights": dict(sorted(kept.items()))}
    head = HEAD.format(told=len(rows), right=np.mean(right), articles=len(sums))
    OUT.write_text(head + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
