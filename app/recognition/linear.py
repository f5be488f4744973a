"""Linear models as tables: a line a feature, a column a label, gzipped and reviewable. Read once, added up by numpy."""

import gzip
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

_PACKAGE = "app.recognition.models"
EXTRA = "→"
"""Lines whose feature starts so are no weights but numbers of the model itself, such as transitions between labels."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of a linear model. Row 0 of the table is zero."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    table: npt.NDArray[np.float32]
    extra: dict[str, tuple[float, ...]]

    def _sums(self, items: Sequence[Sequence[str]]) -> npt.NDArray[np.float32]:
        get = self.rows.get
        ids: list[int] = []
        starts: list[int] = []
        for features in items:
            starts.append(len(ids))
            ids.append(0)
            ids += [row for feature in features if (row := get(feature)) is not None]
        summed: npt.NDArray[np.float32] = np.add.reduceat(self.table[ids], starts, axis=0)
        return summed

    def scores(self, items: Sequence[Sequence[str]]) -> list[list[float]]:
        """For each item (a list of features) the sum of the weights for each label; unknown features weigh nothing."""
        if not items:
            return []
        summed: list[list[float]] = self._sums(items).tolist()
        return summed

    def shares(self, items: Sequence[Sequence[str]]) -> list[list[float]]:
        """For each item the probability of each label (softmax of the scores)."""
        if not items:
            return []
        summed = self._sums(items)
        weights = np.exp(summed - summed.max(axis=1, keepdims=True))
        told: list[list[float]] = (weights / weights.sum(axis=1, keepdims=True)).tolist()
        return told


@lru_cache(maxsize=8)
def load_linear(name: str) -> Linear:
    """The model `name` of the package: models/NAME.tsv.gz."""
    rows: dict[str, int] = {}
    extra: dict[str, tuple[float, ...]] = {}
    with (
        files(_PACKAGE).joinpath(f"{name}.tsv.gz").open("rb") as packed,
        gzip.open(packed, "rt", encoding="utf-8") as lines,
    ):
        labels = tuple(next(lines).rstrip("\n").split("\t")[1:])
        weights = array("f", [0.0] * len(labels))
        for line in lines:
            feature, *numbers = line.rstrip("\n").split("\t")
            if feature.startswith(EXTRA):
                extra[feature] = tuple(map(float, numbers))
            else:
                rows[feature] = len(weights) // len(labels)
                weights.extend(map(float, numbers))
    return Linear(labels, rows, np.frombuffer(weights, dtype=np.float32).reshape(-1, len(labels)), extra)
