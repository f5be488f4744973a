import pytest

from bench.accuracy.tally import Tally, calibration_error


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1", "mistakes"),
    [
        (Tally(3, 4, 6), 0.75, 0.5, 0.6, 4),
        (Tally(0, 0, 5), 0.0, 0.0, 0.0, 5),  # nothing told: no division by zero, and no perfect precision either
        (Tally(0, 5, 0), 0.0, 0.0, 0.0, 5),  # everything told is too much
        (Tally(0, 0, 0), None, None, None, 0),  # nothing asked: no figure
        (Tally.share([True, True, False, True]), 0.75, 0.75, 0.75, 2),  # a share is its own F1
        (Tally(1, 2, 3) + Tally(2, 2, 3), 0.75, 0.5, 0.6, 4),  # the sum over documents, not the mean of their figures
    ],
)
def test_tally(tally: Tally, precision: float | None, recall: float | None, f1: float | None, mistakes: int) -> None:
    assert (tally.precision, tally.recall, tally.f1, tally.mistakes) == (precision, recall, f1, mistakes)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ([], None),
        ([(0.75, True), (0.75, True), (0.75, True), (0.75, False)], 0.0),
        ([(0.9, False)], 0.9),
        ([(0.3, True), (0.7, False)], 0.7),  # too low in one bin does not make up for too high in another
        ([(0.71, True), (0.79, False)], 0.25),  # but in the same bin it does: 0.75 against one half
        ([(1.0, False), (0.92, True)], 0.46),  # 1 falls into the last bin, not into one of its own
        ([(0.95, True), (0.95, True), (0.95, True), (0.0, True)], 0.2875),  # bins are weighted
    ],
)
def test_calibration_error(answers: list[tuple[float, bool]], error: float | None) -> None:
    assert calibration_error(answers) == (error if error is None else pytest.approx(error))
