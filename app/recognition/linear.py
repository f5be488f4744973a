"""Linear models as tables: a line a feature, a column a label, gzipped and reviewable. Read once, added up by numpy."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

_PACKAGE = "app.recognition.models"
EXTRA = ">"
"""Lines whose feature starts so are no weights but numbers of the model itself, such as transitions between labels."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of a linear model. Row 0 of the table is zero."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    table: npt.NDArray[np.float32]
    extra: dict[str, tuple[float, ...]]

    def scores(self, items: Sequence[Sequence[str]]) -> list[list[float]]:
        """For each item (a list of features) the sum of the weights for each label; unknown features weigh nothing."""
        if not items:
            return []
        get = self.rows.get
        ids: list[int] = []
        starts: list[int] = []
        for features in items:
            starts.append(len(ids))
            ids.append(0)
            ids += [row for feature in features if (row := get(feature)) is not None]
        summed: list[list[float]] = np.add.reduceat(self.table[ids], starts, axis=0).tolist()
        return summed


@lru_cache(maxsize=8)
def load_linear(name: str) -> Linear:
    """The model `name` of the package: models/NAME.tsv.gz."""
    packed = files(_PACKAGE).joinpath(f"{name}.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    labels = tuple(lines[0].split("\t")[1:])
    rows: dict[str, int] = {}
    extra: dict[str, tuple[float, ...]] = {}
    table: list[tuple[float, ...]] = [(0.0,) * len(labels)]
    for line in lines[1:]:
        feature, *numbers = line.split("\t")
        weights = tuple(map(float, numbers))
        if feature.startswith(EXTRA):
            extra[feature] = weights
        else:
            rows[feature] = len(table)
            table.append(weights)
    return Linear(labels, rows, np.array(table, dtype=np.float32), extra)
