"""The rules of toponym figures. One degree of latitude is 111.2 km."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.toponyms import Toponym
from bench.accuracy.gold import GoldArticle, GoldToponym
from bench.accuracy.tally import Tally
from bench.accuracy.toponyms import count_roles, count_spans, is_right
from tests.factories import make_place, make_toponym

NORTH, EAST = 10.0, 10.0
COUNTRY: dict[str, Any] = {"feature": "country", "country": "SY"}


def gold(start: int, end: int, point: tuple[float, float] | None = (NORTH, EAST), **more: Any) -> GoldToponym:
    return GoldToponym(start, end, point, **more)


def literal(start: int, end: int, role: str = "event_location", **more: Any) -> GoldToponym:
    return gold(start, end, kind="literal", role=role, **more)


def told(start: int, end: int, degrees_off: float | None = 0.0, **more: Any) -> Toponym:
    place = None if degrees_off is None else make_place(lat=NORTH + degrees_off, lon=EAST)
    return replace(make_toponym(start=start, end=end, confidence=0.8), place=place, **more)


def article(*toponyms: GoldToponym, neutral: tuple[GoldToponym, ...] = ()) -> GoldArticle:
    return GoldArticle("a", "", {}, toponyms, neutral)


@pytest.mark.parametrize(
    ("gold_spans", "told_spans", "measure", "tally"),
    [
        ([gold(0, 4)], [told(0, 4)], "recognition", Tally(1, 1, 1)),
        ([gold(0, 4)], [told(0, 5)], "recognition", Tally(0, 1, 1)),
        ([gold(0, 4)], [told(0, 5)], "overlap", Tally(1, 1, 1)),
        ([gold(0, 4)], [told(0, 4), told(0, 4)], "recognition", Tally(1, 1, 1)),  # told twice counts once
        ([gold(0, 4), gold(0, 4)], [], "recognition", Tally(0, 0, 1)),
        ([gold(0, 4)], [told(0, 4, 1.4)], "acc161", Tally(1, 1, 1)),  # 155.7 km
        ([gold(0, 4)], [told(0, 4, 1.5)], "acc161", Tally(0, 1, 1)),  # 166.8 km
        ([gold(0, 4)], [told(0, 4, 0.089)], "acc10", Tally(1, 1, 1)),  # 9.9 km
        ([gold(0, 4)], [told(0, 4, 0.091)], "acc10", Tally(0, 1, 1)),  # 10.1 km
        ([gold(0, 4)], [told(0, 4, None)], "acc161", Tally(0, 1, 1)),  # found, not resolved
        ([gold(0, 4)], [], "acc161", Tally(0, 0, 0)),  # not found: recognition has it already
        ([gold(0, 4, None)], [told(0, 4)], "acc161", Tally(0, 0, 0)),  # gold has no point
        ([gold(0, 4)], [told(0, 5)], "end_to_end", Tally(1, 1, 1)),
        ([gold(0, 4)], [told(0, 4, 1.5)], "end_to_end", Tally(0, 1, 1)),
        ([gold(0, 4)], [told(0, 4, None)], "end_to_end", Tally(0, 0, 1)),  # nothing is claimed, one is missed
        ([gold(0, 4)], [told(8, 9)], "end_to_end", Tally(0, 1, 1)),
        ([gold(0, 4, None)], [told(0, 4)], "end_to_end", Tally(0, 0, 0)),  # cannot be judged
    ],
)
def test_corpora(gold_spans: list[GoldToponym], told_spans: list[Toponym], measure: str, tally: Tally) -> None:
    assert count_spans(article(*gold_spans), told_spans)[0][measure] == tally


@pytest.mark.parametrize(
    ("span", "counted"),
    [
        (told(10, 14), 0),  # only on what is neutral
        (told(3, 12), 1),  # on gold as well
        (told(20, 24), 1),  # on nothing
    ],
)
def test_neutral_spans_are_neither_right_nor_wrong(span: Toponym, counted: int) -> None:
    counts, _ = count_spans(article(gold(0, 4), neutral=(gold(9, 14),)), [span])
    assert counts["recognition"].told == counts["end_to_end"].told == counted


def test_a_span_told_twice_is_taken_with_its_place() -> None:
    counts, _ = count_spans(article(gold(0, 4)), [told(0, 4, None), told(0, 4)])
    assert counts["end_to_end"] == Tally(1, 1, 1)


@pytest.mark.parametrize(
    ("gold_spans", "told_spans", "measure", "tally"),
    [
        ([literal(0, 4)], [told(0, 4)], "recognition", Tally(1, 1, 1)),
        ([literal(0, 4)], [told(0, 4, kind="associative")], "recognition", Tally(0, 0, 1)),
        ([literal(0, 4)], [told(0, 4, kind="associative")], "overlap", Tally(0, 0, 1)),
        # A government told as a place is one too many...
        ([gold(0, 4, kind="associative", role="metonymy_actor")], [told(0, 4)], "recognition", Tally(0, 1, 0)),
        # ...but demonyms and parts of names are a matter of taste.
        ([gold(0, 4, kind="associative", role="demonym")], [told(0, 4)], "recognition", Tally(0, 0, 0)),
        ([literal(0, 4, "name_part")], [told(0, 4)], "recognition", Tally(0, 0, 0)),
        ([literal(0, 4), literal(5, 9, "name_part")], [told(3, 9)], "overlap", Tally(1, 1, 1)),
        ([literal(0, 4)], [told(0, 5)], "recognition", Tally(0, 1, 1)),
        ([literal(0, 4)], [told(0, 5)], "overlap", Tally(1, 1, 1)),
        ([literal(0, 4)], [told(0, 4, 0.091)], "acc10", Tally(0, 1, 1)),
        ([literal(0, 4)], [told(0, 4, 0.091)], "acc161", Tally(1, 1, 1)),
        ([literal(0, 4)], [told(0, 4, None)], "acc10", Tally(0, 1, 1)),
        # Resolution is judged wherever a literal toponym was found, whatever it was taken for.
        ([literal(0, 4)], [told(0, 4, kind="associative")], "acc10", Tally(1, 1, 1)),
        ([gold(0, 4, kind="associative", role="metonymy_actor")], [told(0, 4)], "acc10", Tally(0, 0, 0)),
        ([literal(0, 4)], [told(0, 5), told(8, 9)], "kind", Tally(1, 1, 1)),
        ([literal(0, 4)], [told(0, 4, kind="associative")], "kind", Tally(0, 1, 1)),
        ([literal(0, 4)], [told(0, 4, role="event_place")], "role", Tally(1, 1, 1)),
        ([literal(0, 4)], [told(0, 4, role="mention")], "role", Tally(0, 1, 1)),
        ([literal(0, 4, "other")], [told(0, 4, role="origin")], "role", Tally(1, 1, 1)),  # the gold does not tell apart
        ([literal(0, 4, "dateline")], [told(0, 4, role="dateline")], "role", Tally(1, 1, 1)),
        ([gold(0, 4, kind="literal")], [told(0, 4)], "role", Tally(0, 0, 0)),
    ],
)  # fmt: skip
def test_articles(gold_spans: list[GoldToponym], told_spans: list[Toponym], measure: str, tally: Tally) -> None:
    assert count_roles(article(*gold_spans), told_spans)[0][measure] == tally


@pytest.mark.parametrize(
    ("meant", "code", "country", "degrees_off", "right"),
    [
        (COUNTRY, "PCLI", "SY", 4.0, True),  # where the point of a country lies is a matter of taste
        (COUNTRY, None, "SY", 4.0, True),
        (COUNTRY, "PPLC", "SY", 0.0, False),  # its capital is not the country, wherever it lies
        (COUNTRY, "PCLI", "LB", 0.0, True),  # another code: by distance
        (COUNTRY, "PCLI", "LB", 4.0, False),
        ({"feature": "town", "country": "SY"}, "PPL", "LB", 0.0, True),  # codes of towns near a border are not held to
        ({"feature": "town", "country": "SY"}, "PCLI", "SY", 4.0, False),
    ],
)
def test_is_right(meant: dict[str, Any], code: str | None, country: str, degrees_off: float, right: bool) -> None:
    place = make_place(lat=NORTH + degrees_off, lon=EAST, feature_code=code, country=country)
    assert is_right(place, gold(0, 4, **meant), 10) == right


@pytest.mark.parametrize(
    ("gold_span", "told_span", "answers"),
    [
        (literal(0, 4), told(0, 4), [(0.8, True)]),
        (literal(0, 4), told(0, 4, 0.5), [(0.8, False)]),
        (literal(0, 4, feature="river"), told(0, 4, 0.5), [(0.8, True)]),  # 56 km are near enough for a river
        (literal(0, 4), told(0, 4, None), []),  # says nothing
        (literal(0, 4), told(8, 9), [(0.8, False)]),
        (literal(0, 4, point=None), told(0, 4), []),
        (gold(0, 4, kind="associative", role="demonym"), told(0, 4), [(0.8, True)]),
    ],
)
def test_confidences_of_articles(gold_span: GoldToponym, told_span: Toponym, answers: list[tuple[float, bool]]) -> None:
    assert count_roles(article(gold_span), [told_span])[1] == answers


@pytest.mark.parametrize(
    ("gold_span", "told_span", "answers"),
    [
        (gold(0, 4), told(0, 5, 1.4), [(0.8, True)]),
        (gold(0, 4), told(0, 4, 1.5), [(0.8, False)]),
        (gold(0, 4), told(8, 9), [(0.8, False)]),
        (gold(0, 4, None), told(0, 4), []),
        (gold(0, 4), told(0, 4, None), []),
    ],
)
def test_confidences_of_corpora(gold_span: GoldToponym, told_span: Toponym, answers: list[tuple[float, bool]]) -> None:
    assert count_spans(article(gold_span), [told_span])[1] == answers
