from datetime import date
from pathlib import Path

import pytest

from app import Article, Document, PlaceIndex, geoparse
from bench.accuracy import measure as module
from bench.accuracy.gold import Gold, GoldArticle, GoldToponym
from bench.accuracy.measure import Scored, figures, measure, score
from bench.accuracy.tally import Tally
from tests.factories import NoPlaces, make_document, make_event, make_toponym


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([], {}),
        # Counts are added before a figure is taken: a long article weighs more than a short one.
        (
            [Scored({"acc10": Tally.share([True])}), Scored({"acc10": Tally.share([False] * 3)})],
            {"acc10": 0.25},
        ),
        (
            [Scored({"recognition": Tally(3, 4, 6)})],
            {"recognition_precision": 0.75, "recognition_recall": 0.5, "recognition_f1": 0.6},
        ),
        ([Scored({"recognition": Tally(), "kind": Tally()})], {}),  # nothing was asked
        # Alarms are told per article without events, and the others do not count.
        (
            [Scored({"false_alarms": Tally(told=3)}), Scored({"false_alarms": Tally()}), Scored({})],
            {"false_alarms": 1.5},
        ),
        ([Scored({}, events=[(0.75, True), (0.75, False)])], {"events_calibration_error": 0.25}),
        # Where no gold has a point, neither end to end nor calibration can be told.
        ([Scored({"acc161": Tally(), "end_to_end": Tally(0, 5, 0)}, toponyms=[(0.9, False)])], {}),
        (
            [Scored({"acc161": Tally(1, 1, 1), "end_to_end": Tally(1, 2, 1)}, toponyms=[(0.9, False)])],
            {"acc161": 1.0, "end_to_end_f1": 0.6667, "calibration_error": 0.9},
        ),
    ],
)  # fmt: skip
def test_figures(documents: list[Scored], expected: dict[str, float]) -> None:
    assert figures(documents) == expected


def test_dropped_roles_are_not_told() -> None:
    article = GoldArticle("a", "", {}, (GoldToponym(21, 27),))
    document = make_document(toponyms=(make_toponym(), make_toponym(start=0, end=4, role="demonym")))
    kept = score(article, document, has_roles=False, drop_roles=("demonym",))
    assert kept.counts["recognition"] == Tally(1, 1, 1)
    assert score(article, document, has_roles=False).counts["recognition"] == Tally(1, 2, 1)


def test_roles_are_asked_for_only_where_the_gold_has_them() -> None:
    article = GoldArticle("a", "", {}, (GoldToponym(21, 27, kind="literal", role="event_location"),))
    document = make_document(toponyms=(make_toponym(kind="associative"),))
    spans = score(article, document, has_roles=False).counts
    assert (spans["recognition"], "kind" in spans) == (Tally(1, 1, 1), False)
    roles = score(article, document, has_roles=True).counts
    assert (roles["recognition"], roles["kind"]) == (Tally(0, 0, 1), Tally(0, 1, 1))
    assert "end_to_end" in roles


def test_a_figure_does_not_change_with_the_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date | None] = []

    def read(article: Article, places: PlaceIndex, *, today: date | None = None) -> Document:
        days.append(today)
        return geoparse(article, places, today=today)

    monkeypatch.setattr(module, "geoparse", read)
    gold = Gold(tmp_path, "abc", (GoldArticle("a", "Clashes.", {"text": "Clashes."}),), has_roles=False)
    measure(gold, NoPlaces())
    assert days == [module.TODAY]


def test_events_are_asked_for_only_where_they_were_coded() -> None:
    document = make_document(make_event(), make_event())
    assert "events_strict" not in score(GoldArticle("a", "", {}), document, has_roles=False).counts
    coded = score(GoldArticle("a", "", {}, events=()), document, has_roles=False).counts
    assert coded["events_strict"] == Tally(0, 2, 0)
    assert coded["false_alarms"] == Tally(0, 2, 0)
