"""Counts of one measure, the same shape for all: they add up over documents and give every figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were told, how many there are, how many are right.

    A share ("of 7 found, 5 lie within 10 km") is a tally with as many told as there are: its F1 is the share.
    """

    right: int = 0
    told: int = 0
    gold: int = 0

    @classmethod
    def share(cls, answers: list[bool]) -> Self:
        """The tally of questions that were answered right or wrong."""
        return cls(sum(answers), len(answers), len(answers))

    def __add__(self, other: "Tally") -> "Tally":
        """The two documents as one."""
        return Tally(self.right + other.right, self.told + other.told, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """Share of what was told that is right; 0 when nothing was told, None when there was nothing to tell either."""
        return self.right / self.told if self.told else 0.0 if self.gold else None

    @property
    def recall(self) -> float | None:
        """Share of what there is that was told; None when nothing is there and nothing was told."""
        return self.right / self.gold if self.gold else 0.0 if self.told else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        return 2 * self.right / (self.told + self.gold) if self.told + self.gold else None

    @property
    def mistakes(self) -> int:
        """Told wrongly and not told; what is told wrongly of a thing that is there counts twice."""
        return self.told + self.gold - 2 * self.right


Counts = Mapping[str, Tally]
"""The tallies of one document by measure."""

Answer = tuple[float, bool]
"""A confidence (0 to 1), and whether what was said with it is right."""

BINS = 10


def calibration_error(answers: list[Answer]) -> float | None:
    """Expected calibration error: how far confidence lies from the share that is right, in ten bins, weighted."""
    bins: dict[int, list[Answer]] = {}
    for confidence, right in answers:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    gaps = (abs(sum(c for c, _ in each) - sum(right for _, right in each)) for each in bins.values())
    return sum(gaps) / len(answers) if answers else None
