"""Linear models: fitted by logistic regression, written as the tables that the service reads (app/recognition/linear.py)."""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

LEAST_WEIGHT = 0.02
"""Features that weigh less than this for every label are left out of the table."""


def fit(
    features: Sequence[Sequence[str]], roles: Sequence[str], weights: Sequence[float] | None, c: float, rare: int = 3
):
    """The vectoriser and the model; features of fewer than `rare` rows are left out."""
    vectors = CountVectorizer(analyzer=lambda row: set(row), min_df=rare)
    matrix = vectors.fit_transform(features)
    model = LogisticRegression(C=c, max_iter=600)
    model.fit(matrix, roles, sample_weight=weights)
    return vectors, model


def weights_of(vectors, model) -> Iterator[tuple[str, np.ndarray]]:
    """Each feature that weighs anything with its weights, a label each, by name; "bias" holds the intercept."""
    names = vectors.get_feature_names_out()
    for index in sorted(range(len(names)), key=lambda i: names[i]):
        weights = model.coef_[:, index] + (model.intercept_ if names[index] == "bias" else 0)
        if np.abs(weights).max() >= LEAST_WEIGHT:
            yield names[index], weights


def write(vectors, model, out: Path) -> None:
    """A line a feature, a column a label, gzipped without a time stamp."""
    lines = ["\t".join(["feature", *model.classes_])]
    for name, weights in weights_of(vectors, model):
        cells = (f"{weight:.3f}".replace("-0.000", "0").replace("0.000", "0") for weight in weights)
        lines.append("\t".join([name.replace("\t", " "), *cells]))
    out.parent.mkdir(exist_ok=True)
    with out.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    print(len(lines) - 1, "features", out.stat().st_size)
