"""`python -m training.roles`: trains the role model on our own reports; --folds 5 measures it by cross-validation first."""

import argparse
import gzip
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from app.places import load_places
from app.recognition.dateline import find_datelines
from app.recognition.grams import grams_of
from app.recognition.recogniser import Stretch, mentions_of
from app.recognition.role_features import first_and_count, mention_features
from app.recognition.role_model import ASSOCIATIVE, event_words
from app.recognition.tokens import split_sentences
from app.recognition.toponyms import lookup_grams, rule_mentions
from training.reports import Report, all_reports

MODEL = Path("app/recognition/models/roles.tsv.gz")


def rows_of(report: Report, places) -> list[tuple[list[str], str]]:
    """Features and role of each annotated name."""
    text = report.text
    sentences = split_sentences(text)
    grams = {s.index: list(grams_of(s)) for s in sentences}
    found = lookup_grams(text, grams, places)
    rules = rule_mentions(text, sentences, grams, found)
    stretches, roles = [], []
    for mark in report.marks:
        for sentence in sentences:
            inside = [i for i, t in enumerate(sentence.tokens) if t.start < mark.end and mark.start < t.end]
            if inside:
                stretches.append(Stretch(sentence, inside[0], inside[-1], 1.0))
                roles.append(mark.role)
                break
    mentions = mentions_of(stretches, text, found, rules, places)
    datelines = find_datelines(text, sentences)
    verbs, named = event_words(), first_and_count(mentions)
    return [
        (mention_features(mentions, number, datelines, verbs, len(sentences), named), role)
        for number, role in enumerate(roles)
    ]


def fit(features: Sequence[Sequence[str]], roles: Sequence[str], c: float):
    vectors = CountVectorizer(analyzer=lambda row: set(row), min_df=3)
    matrix = vectors.fit_transform(features)
    model = LogisticRegression(C=c, max_iter=400)
    model.fit(matrix, roles)
    return vectors, model


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--c", type=float, default=0.1)
    options.add_argument("--out", type=Path, default=MODEL)
    chosen = options.parse_args()
    places = load_places()
    features, roles, groups = [], [], []
    for number, report in enumerate(all_reports()):
        for row, role in rows_of(report, places):
            features.append(row)
            roles.append(role)
            groups.append(number)
    labels = np.array(roles)
    print(len(roles), Counter(roles).most_common())
    if chosen.folds:
        told = np.empty(len(labels), dtype=object)
        for train, test in GroupKFold(chosen.folds).split(features, labels, groups):
            vectors, model = fit([features[i] for i in train], labels[train], chosen.c)
            told[test] = model.predict(vectors.transform([features[i] for i in test]))

        def kinds(roles):
            return np.array([role in ASSOCIATIVE for role in roles])

        print("role", (told == labels).mean(), "kind", (kinds(told) == kinds(labels)).mean())
        for role in sorted(set(roles)):
            mask = labels == role
            print(
                f"  {role:20} {mask.sum():5} right {(told[mask] == role).mean():.3f}",
                Counter(told[mask]).most_common(4),
            )
    vectors, model = fit(features, labels, chosen.c)
    names = vectors.get_feature_names_out()
    lines = ["\t".join(["feature", *model.classes_])]
    bias = model.intercept_
    for index in sorted(range(len(names)), key=lambda i: names[i]):
        weights = model.coef_[:, index] + (bias if names[index] == "bias" else 0)
        if np.abs(weights).max() >= 0.02:
            lines.append(
                "\t".join(
                    [
                        names[index].replace("\t", " "),
                        *(f"{w:.3f}".replace("-0.000", "0").replace("0.000", "0") for w in weights),
                    ]
                )
            )
    chosen.out.parent.mkdir(exist_ok=True)
    with chosen.out.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    print(len(lines) - 1, "features", chosen.out.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
