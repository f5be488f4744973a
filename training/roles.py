"""`python -m training.roles`: trains the role model on our own reports; --folds 5 measures it by cross-validation first."""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold

from app.places import load_places
from app.recognition.dateline import find_datelines
from app.recognition.grams import grams_of
from app.recognition.recogniser import Stretch, mentions_of
from app.recognition.role_features import first_and_count, mention_features
from app.recognition.role_model import ASSOCIATIVE, event_words
from app.recognition.tokens import split_sentences
from app.recognition.toponyms import lookup_grams, rule_mentions
from app.settings import Settings
from training.fitting import fit, write
from training.generate import generated_reports
from training.reports import Report, all_reports

MODEL = Path("app/recognition/models/roles.tsv.gz")
GENERATED = 600
GENERATED_WEIGHT = 0.3
"""What a name of a generated text counts: its sentences repeat themselves."""
_GENERAL = {"lo", "wo", "pe"}
GENERAL_NEWS = 0.5
"""What a name counts in news that is not of conflict: a match or a fire has its place, too, and is no event here."""


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


@dataclass(frozen=True, slots=True)
class Rows:
    """Features and role of each name, the number of its text, and what it counts."""

    features: list[list[str]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, report: Report, number: int, weight: float, places) -> None:
        """Take in all names of a text."""
        for row, role in rows_of(report, places):
            self.features.append(row)
            self.roles.append(role)
            self.texts.append(number)
            self.weights.append(weight)


def own_rows(places) -> Rows:
    """The names of our annotated reports."""
    rows = Rows()
    for number, report in enumerate(all_reports()):
        rows.add(report, number, GENERAL_NEWS if report.id.split("-")[0] in _GENERAL else 1.0, places)
    return rows


def generated_rows(places) -> Rows:
    """The names of generated texts."""
    rows = Rows()
    for report in generated_reports(Settings().data_dir / "gazetteer.sqlite", GENERATED):
        rows.add(report, -1, GENERATED_WEIGHT, places)
    return rows


def _cross_validate(own: Rows, more: Rows, folds: int, c: float) -> None:
    labels, told = np.array(own.roles), np.empty(len(own.roles), dtype=object)
    for train, test in GroupKFold(folds).split(own.features, labels, own.texts):
        vectors, model = fit(
            [*(own.features[i] for i in train), *more.features],
            [*labels[train], *more.roles],
            [*(own.weights[i] for i in train), *more.weights],
            c,
        )
        told[test] = model.predict(vectors.transform([own.features[i] for i in test]))

    def kinds(roles):
        return np.array([role in ASSOCIATIVE for role in roles])

    print("role", (told == labels).mean(), "kind", (kinds(told) == kinds(labels)).mean())
    for role in sorted(set(own.roles)):
        mask = labels == role
        print(f"  {role:20} {mask.sum():5} right {(told[mask] == role).mean():.3f}", Counter(told[mask]).most_common(4))


def main() -> int:
    """Train, and measure before where folds are asked for."""
    options = argparse.ArgumentParser()
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--c", type=float, default=0.2)
    options.add_argument("--out", type=Path, default=MODEL)
    chosen = options.parse_args()
    places = load_places()
    own, more = own_rows(places), generated_rows(places)
    print(len(own.roles), Counter(own.roles).most_common(), "generated", len(more.roles))
    if chosen.folds:
        _cross_validate(own, more, chosen.folds, chosen.c)
    write(*fit(own.features + more.features, own.roles + more.roles, own.weights + more.weights, chosen.c), chosen.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
