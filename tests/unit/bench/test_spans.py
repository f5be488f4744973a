import pytest

from app.domain.spans import Span
from bench.accuracy.spans import pair


def spans(*ends: tuple[int, int]) -> list[Span]:
    return [Span(start, end, "") for start, end in ends]


@pytest.mark.parametrize(
    ("gold", "told", "pairs"),
    [
        ([(0, 4)], [(0, 4)], [(0, 0)]),
        ([(0, 4)], [(4, 8)], []),  # ends are exclusive: neighbours share nothing
        ([(0, 4)], [(3, 8)], [(0, 0)]),  # one character is enough
        ([(0, 9)], [(0, 8), (0, 9)], [(0, 1)]),  # the equal span goes first, though it comes later
        ([(0, 9)], [(0, 2), (3, 9)], [(0, 1)]),  # then the one that shares most
        ([(0, 4), (5, 9)], [(0, 9)], [(0, 0)]),  # one told span answers one gold span only
        ([(0, 4), (0, 4)], [(0, 4), (0, 4)], [(0, 0), (1, 1)]),
        # Largest first takes (5, 9) from the first gold span, which is left with the rest.
        ([(0, 7), (4, 9)], [(0, 2), (5, 9)], [(0, 0), (1, 1)]),
    ],
)
def test_pair(gold: list[tuple[int, int]], told: list[tuple[int, int]], pairs: list[tuple[int, int]]) -> None:
    assert pair(spans(*gold), spans(*told)) == pairs
