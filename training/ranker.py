"""`python -m training.ranker`: learns the ranker's weights from our own reports, and its calibration out of fold.

A reading is right where it lies in the country and first-level unit that the annotation says. The loss is that of a softmax over the
readings and "none of these", summed over the right ones. Names whose unit the gazetteer does not know are left out.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize

from app.domain.documents import Hints
from app.places import load_places
from app.places.names import name_key
from app.recognition.actors import actor_countries
from app.recognition.dateline import find_datelines
from app.recognition.grams import grams_of
from app.recognition.mentions import Mention
from app.recognition.outlets import outlet_country
from app.recognition.recogniser import Stretch, mentions_of
from app.recognition.role_model import assign_roles
from app.recognition.tokens import split_sentences
from app.recognition.toponyms import lookup_grams, rule_mentions
from app.resolution import rank as rank_module
from app.resolution.features import Rivals, candidate_features, none_features
from app.resolution.rank import Ranker, _distinct
from app.resolution.resolve import _with_close_spellings, listen_again
from training.reports import Report, all_reports

OUT = Path("app/resolution/data/ranker.yaml")
RIDGE = 0.5
PRIOR = {
    "caller expects the country": 2.5,
    "in the box that the caller expects": 2.5,
    "the user's own place": 3.0,
    "country of the outlet": 0.7,
    "words ask for such a feature": 2.5,
    "words ask for a landscape, this is a country": -6.0,
    "matched by fuzzy": -1.0,
    "matched by beginning": -1.5,
    "unlike in spelling": -3.0,
    "none of these, put where no namesake lies": 6.0,
}
"""What a weight is taken to be where the reports say nothing of it: they hold no hints, no users' places."""
FOLDS = 5

FIXED = {"listed because news names it": 1.0}
"""Held near this: our table lists many places of our own reports, so what is learnt of it would flatter the table."""


@dataclass
class Case:
    """One name: features of its readings and of "none of these" (last), which of them are right."""

    rows: list[list[tuple[str, float]]]
    right: list[bool]
    report: int


@dataclass
class Prepared:
    mentions: list[Mention]
    wheres: list[str]
    roles: list[str]
    actors: list[str]
    outlet: str | None
    report: int


def prepare(report: Report, number: int, places) -> Prepared:
    text = report.text
    sentences = split_sentences(text)
    grams = {s.index: list(grams_of(s)) for s in sentences}
    found = lookup_grams(text, grams, places)
    rules = rule_mentions(text, sentences, grams, found)
    stretches, wheres, roles = [], [], []
    for mark in report.marks:
        for sentence in sentences:
            inside = [i for i, t in enumerate(sentence.tokens) if t.start < mark.end and mark.start < t.end]
            if inside:
                stretches.append(Stretch(sentence, inside[0], inside[-1], 1.0))
                wheres.append(mark.where)
                roles.append(mark.role)
                break
    mentions = assign_roles(
        mentions_of(stretches, text, found, rules, places), find_datelines(text, sentences), len(sentences)
    )
    return Prepared(
        mentions, wheres, roles, actor_countries(sentences), outlet_country(report.fields.get("outlet"), None), number
    )


def pieces(whole: Prepared) -> list[Prepared]:
    """Each sentence's names alone, as in a headline or a tweet: little is said around them there."""
    numbers = sorted({mention.sentence.index for mention in whole.mentions})
    out = []
    for number in numbers:
        kept = [i for i, mention in enumerate(whole.mentions) if mention.sentence.index == number]
        out.append(
            Prepared(
                [whole.mentions[i] for i in kept],
                [whole.wheres[i] for i in kept],
                [whole.roles[i] for i in kept],
                [],
                None,
                whole.report,
            )
        )
    return out


def is_right(place, where: str, places) -> bool | None:
    """None where the annotation cannot tell."""
    country, _, unit = where.partition("/")
    if where == "-":
        return None if place.feature_class in {"H", "T", "V", "L"} else False
    if place.feature_class in {"H", "T", "V"} or place.feature_code in {"RGN", "AREA"}:
        # Rivers, mountains and regions lie in several units and countries; the table names one of them.
        return True if place.country == country else None
    if place.country != country:
        return False
    if not unit or place.is_country:
        return not unit or None
    if place.admin1 is None:
        return None
    a, b = name_key(unit), name_key(place.admin1)
    if a == b or a in b or b in a:
        return True
    known = places.admin1(country, unit)
    if known is not None:
        return bool(known.admin1 == place.admin1)
    hits = [
        c.place
        for c in places.lookup([unit]).get(unit, ())
        if c.place.country == country and c.place.feature_code == "ADM1"
    ]
    return any(h.admin1 == place.admin1 for h in hits) if hits else None


def _sorted_out(mention, role, candidates, right):
    """A unit and its seat bear one name: where the annotation lets both be right, role and words tell which is meant."""
    units = [i for i, c in enumerate(candidates) if right[i] and c.place.is_admin and not c.place.is_country]
    towns = [i for i, c in enumerate(candidates) if right[i] and c.place.is_settlement]
    if not units or not towns:
        return right
    asked = mention.cues.feature
    wide = asked in {"ADM1", "ADM2"} or (role == "containing_region" and asked is None)
    small = asked in {"PPL", "PPLC", "PPLX"} or role in {
        "dateline",
        "event_place",
        "origin",
        "destination",
        "reporting_place",
        "reference_landmark",
    }
    wrong = towns if wide else units if small else []
    return [good and i not in wrong for i, good in enumerate(right)]


def cases_of(prepared: Prepared, places) -> list[Case]:
    context = listen_again(prepared.mentions, Hints(), prepared.outlet, prepared.actors)
    out = []
    for mention, where, role in zip(prepared.mentions, prepared.wheres, prepared.roles, strict=True):
        mention = _with_close_spellings(mention, context, places)
        if mention.country or not mention.candidates:
            continue
        candidates = _distinct(mention.candidates)
        right = [is_right(c.place, where, places) for c in candidates]
        if not any(right) and (any(r is None for r in right) or any(c.place.country == where[:2] for c in candidates)):
            continue  # the unit of a small place is doubtful, in the annotation as in the gazetteer
        voice = context.voice_of.get(mention.text.casefold())
        supports = [context.chorus.of(-1 if voice is None else voice, c.place) for c in candidates]
        rivals = Rivals(candidates, supports)
        rows = [candidate_features(mention, c, context, s, rivals) for c, s in zip(candidates, supports, strict=True)]
        rows.append(none_features(mention, rivals, context))
        marks = _sorted_out(mention, role, candidates, [bool(r) for r in right])
        out.append(Case(rows, [*marks, not any(marks)], prepared.report))
    return out


def fit(cases: Sequence[Case], names: dict[str, int], start: np.ndarray | None = None) -> np.ndarray:
    """Weights by gradient descent on the softmax loss."""
    X, starts, right = [], [], []
    for case in cases:
        starts.append(len(X))
        for row, good in zip(case.rows, case.right, strict=True):
            x = np.zeros(len(names))
            for name, value in row:
                if name in names:
                    x[names[name]] += value
            X.append(x)
            right.append(good)
    X, right, starts = np.array(X), np.array(right), np.array(starts)
    sizes = np.diff([*starts, len(X)])
    group = np.repeat(np.arange(len(starts)), sizes)

    prior = np.array([PRIOR.get(name, FIXED.get(name, 0.0)) for name in names])
    ridge = np.array([1000.0 if name in FIXED else RIDGE for name in names])

    def loss(w):
        z = X @ w
        z -= np.maximum.reduceat(z, starts)[group]
        e = np.exp(z)
        total = np.add.reduceat(e, starts)
        good = np.add.reduceat(e * right, starts)
        p = e / total[group]
        q = e * right / good[group]
        off = w - prior
        return -np.log(good / total).sum() + (ridge * off) @ off / 2, X.T @ (p - q) + ridge * off

    found = minimize(
        loss, np.zeros(len(names)) if start is None else start, jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return found.x


def shares(case: Case, weights: dict[str, float]) -> np.ndarray:
    z = np.array([sum(weights.get(n, 0.0) * v for n, v in row) for row in case.rows])
    e = np.exp(z - z.max())
    return e / e.sum()


def calibration(told: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Isotonic regression of right on share, as a few points."""
    from sklearn.isotonic import IsotonicRegression

    x = np.array([s for s, _ in told])
    y = np.array([float(r) for _, r in told])
    model = IsotonicRegression(y_min=0.02, y_max=0.99, out_of_bounds="clip").fit(x, y)
    grid = np.array([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0])
    # A straight line between few points, smoothed: neighbouring steps are averaged.
    fine = np.linspace(0, 1, 2001)
    values = model.predict(fine)
    width = 0.01
    return [(float(g), round(float(values[np.abs(fine - g) <= width].mean()), 3)) for g in grid]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    places = load_places()
    prepared = [prepare(report, number, places) for number, report in enumerate(all_reports())]
    weights: dict[str, float] = {}
    if not OUT.exists():
        rank_module.load_ranker = lambda: Ranker(
            {"people (powers of ten)": 0.5, "country": 3.0, "share of the article": 3.0, "first-level unit": 1.5},
            (),
            (),
        )  # type: ignore[assignment]
    for number in range(chosen.rounds):
        cases = [case for p in prepared for q in (p, *pieces(p)) for case in cases_of(q, places)]
        names = {
            n: i for i, n in enumerate(sorted({*PRIOR, *(name for c in cases for row in c.rows for name, _ in row)}))
        }
        w = fit(cases, names)
        weights = {n: float(w[i]) for n, i in names.items()}
        ranker = Ranker(weights, (), ())
        rank_module.load_ranker = lambda ranker=ranker: ranker  # type: ignore[assignment]
        good = [case.right[int(shares(case, weights).argmax())] for case in cases]
        print(f"round {number}: {len(cases)} names, {np.mean(good):.4f} right on what it was trained on")
    told: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        w = fit([c for c in cases if c.report % FOLDS != fold], names)
        out = {n: float(w[i]) for n, i in names.items()}
        for case in cases:
            if case.report % FOLDS == fold:
                s = shares(case, out)
                best = int(s.argmax())
                told.append((float(s[best]), case.right[best]))
    print(f"out of fold: {np.mean([r for _, r in told]):.4f} of {len(told)} right")
    OUT.write_text(
        "# Learnt by training/ranker.py from training/reports; do not edit by hand. A weight is what a feature adds to the log share.\n"
        + yaml.safe_dump(
            {
                "weights": {n: round(v, 3) for n, v in sorted(weights.items(), key=lambda i: -abs(i[1]))},
                "calibration": [list(p) for p in calibration(told)],
            },
            sort_keys=False,
            width=100,
            allow_unicode=True,
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
