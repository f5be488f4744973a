from dataclasses import replace
from typing import Any

import pytest

from bench.accuracy.compare import Change, changes, moves, obstacle
from bench.accuracy.kept import Result
from bench.accuracy.tally import Tally

RESULT = Result("gold.jsonl", "abc", (), {"model": "rules"}, {}, {})


def result(figures: dict[str, float] | None = None, **more: Any) -> Result:
    return replace(RESULT, figures=figures or {}, **more)


@pytest.mark.parametrize(
    ("figure", "kept", "now", "fell", "rose"),
    [
        ("acc10", 0.573, 0.573, False, False),
        ("acc10", 0.573, 0.563, False, False),  # one point is allowed; as floats it is 0.010000000000000009
        ("acc10", 0.573, 0.5629, True, False),
        ("acc10", 0.563, 0.573, False, False),
        ("acc10", 0.563, 0.5731, False, True),
        ("calibration_error", 0.05, 0.0601, True, False),  # lower is better
        ("calibration_error", 0.05, 0.06, False, False),
        ("calibration_error", 0.05, 0.03, False, True),
        ("false_alarms", 0.8, 1.0, True, False),
        ("events_calibration_error", 0.2, 0.1, False, True),
        ("acc10", 0.573, None, True, False),  # a figure cannot be saved by making it impossible to tell
        ("acc10", None, 0.1, False, False),  # a new one has nothing to fall from
    ],
)
def test_change(figure: str, kept: float | None, now: float | None, fell: bool, rose: bool) -> None:
    change = Change(figure, kept, now)
    assert (change.fell, change.rose) == (fell, rose)


def test_changes_hold_the_figures_of_both() -> None:
    kept, now = result({"acc10": 0.5, "kind": 0.9}), result({"acc10": 0.6, "false_alarms": 0.2})
    expected = [Change("acc10", 0.5, 0.6), Change("kind", 0.9, None), Change("false_alarms", None, 0.2)]
    assert changes(kept, now) == expected
    assert changes(None, now) == [Change("acc10", None, 0.6), Change("false_alarms", None, 0.2)]


def test_moves_go_from_the_worst_loss_to_the_best_gain() -> None:
    kept = {"lost": Tally(5, 5, 5), "same": Tally(1, 2, 3), "won": Tally(0, 0, 4), "won more": Tally(0, 3, 4)}
    now = {"lost": Tally(4, 5, 5), "same": Tally(1, 2, 3), "won": Tally(2, 2, 4), "won more": Tally(4, 4, 4)}
    ((worst, *others),) = moves(
        result(documents={name: {"overlap": tally} for name, tally in kept.items()}),
        result(documents={name: {"overlap": tally} for name, tally in now.items()}),
    )
    assert (worst.measure, worst.document, worst.kept, worst.now) == ("overlap", "lost", Tally(5, 5, 5), Tally(4, 5, 5))
    # One right answer less is one more told wrongly and one more not told.
    assert [(move.document, move.gain) for move in (worst, *others)] == [("lost", -2), ("won", 2), ("won more", 7)]


def test_moves_are_told_apart_by_measure() -> None:
    kept = result(documents={"a": {"recognition": Tally(1, 1, 1), "role": Tally(0, 1, 1), "kind": Tally(1, 1, 1)}})
    now = result(documents={"a": {"recognition": Tally(0, 1, 1), "role": Tally(1, 1, 1), "kind": Tally(1, 1, 1)}})
    found = [(move.measure, move.gain) for moved in moves(kept, now) for move in moved]
    assert found == [("recognition", -2), ("role", 2)]


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (result(), None),
        (result(made_by={"model": "crf"}), None),  # that is what is to be compared
        (result(sha256="def"), "gold.jsonl is not the edition that the figures were kept for"),
        (
            result(drop_roles=("demonym",)),
            "the figures were kept with no --drop-role, these are with --drop-role demonym",
        ),
    ],
)
def test_obstacle(now: Result, reason: str | None) -> None:
    assert obstacle(result(), now) == reason
