"""A result held against a kept one: which figures rose or fell, and which documents did it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bench.accuracy.kept import MEASURES, Result
from bench.accuracy.measure import DIGITS, FIGURES, LOWER_IS_BETTER
from bench.accuracy.tally import Tally

TOLERANCE: Final = 0.01
"""One point: how far a figure may fall."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure, kept and now; None where there is none."""

    figure: str
    kept: float | None
    now: float | None

    @property
    def gain(self) -> float | None:
        """How much better it is; below 0 worse. None when one of the two is missing."""
        if self.kept is None or self.now is None:
            return None
        # Figures have four digits; without rounding, .573 - .563 would be more than a point.
        gain = round(self.now - self.kept, DIGITS)
        return -gain if self.figure in LOWER_IS_BETTER else gain

    @property
    def fell(self) -> bool:
        """Worse by more than one point, or not there any more."""
        return self.gain < -TOLERANCE if self.gain is not None else self.now is None

    @property
    def rose(self) -> bool:
        """Better by more than one point."""
        return self.gain is not None and self.gain > TOLERANCE


@dataclass(frozen=True, slots=True)
class Move:
    """One document that a measure judges otherwise than before."""

    measure: str
    document: str
    kept: Tally
    now: Tally

    @property
    def gain(self) -> int:
        """Mistakes fewer than before; below 0 more."""
        return self.kept.mistakes - self.now.mistakes


def obstacle(kept: Result, now: Result) -> str | None:
    """Why the two cannot be compared, None when they can."""
    if kept.sha256 != now.sha256:
        return f"{now.gold} is not the edition that the figures were kept for"
    if kept.drop_roles != now.drop_roles:
        return f"the figures were kept with {_options(kept)}, these are with {_options(now)}"
    return None


def _options(result: Result) -> str:
    return " ".join(f"--drop-role {role}" for role in result.drop_roles) or "no --drop-role"


def changes(kept: Result | None, now: Result) -> list[Change]:
    """All figures of the two, in the order of the tables."""
    order = [*FIGURES, *sorted(LOWER_IS_BETTER)]
    before = kept.figures if kept else {}
    return [
        Change(name, before.get(name), now.figures.get(name)) for name in order if name in before or name in now.figures
    ]


def moves(kept: Result, now: Result) -> Iterator[list[Move]]:
    """For each measure the documents with more or fewer mistakes than before: worst loss first, best gain last."""
    for measure in MEASURES:
        judged = [
            Move(measure, document, kept.documents.get(document, {}).get(measure, Tally()), counts[measure])
            for document, counts in now.documents.items()
            if measure in counts
        ]
        if moved := sorted((move for move in judged if move.gain), key=lambda move: (move.gain, move.document)):
            yield moved
