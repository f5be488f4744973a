"""Which told span answers which gold span."""

from collections.abc import Sequence
from typing import Protocol


class Spanned(Protocol):
    """Anything with `start` and exclusive `end`, in code points of the text."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """One past the last character."""


def shared(a: Spanned, b: Spanned) -> int:
    """How many characters two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def same(a: Spanned, b: Spanned) -> bool:
    """True for equal ends."""
    return (a.start, a.end) == (b.start, b.end)


def touches(span: Spanned, others: Sequence[Spanned]) -> bool:
    """True when the span shares a character with one of the others."""
    return any(shared(span, other) for other in others)


def pair(gold: Sequence[Spanned], told: Sequence[Spanned]) -> list[tuple[int, int]]:
    """Index pairs (gold, told), each index once: equal spans first, then those that share most, then in order."""
    meetings = sorted(
        (not same(a, b), -shared(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(told) if shared(a, b)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in meetings:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return sorted(pairs.items())
