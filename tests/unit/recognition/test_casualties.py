"""How many were killed or hurt: low, best and high of real sentences."""

import pytest

from app.domain.events import Toll
from app.recognition.casualties import find_tolls
from app.recognition.counts import counts_in, number_value
from app.recognition.tokens import tokenize
from tests.steps import sentence_of

Bounds = tuple[int | None, int | None, int | None]

KILLED: list[tuple[str, Bounds | None]] = [
    # behind the word, before it, in words and in figures
    ("The blast killed 12 people.", (12, 12, 12)),
    ("Twelve people were killed.", (12, 12, 12)),
    ("The attack left eighteen dead.", (18, 18, 18)),
    ("Twenty-one people died in the raid.", (21, 21, 21)),
    ("The strike claimed five lives.", (5, 5, 5)),
    ("1,200 people were killed.", (1200, 1200, 1200)),
    # a year is no count
    ("In 1982 the Syrian army massacred residents in Hama.", None),
    ("In 2014 militants killed villagers in Baga.", None),
    ("Troops killed 1,982 rebels.", (1982, 1982, 1982)),
    # qualifiers move the bounds
    ("At least 12 people were killed.", (12, 12, None)),
    ("More than 30 people were killed.", (31, 31, None)),
    ("Up to 40 people were killed.", (0, None, 40)),
    ("About 20 people were killed.", (20, 20, 20)),
    # conventions for vague words
    ("Dozens of people were killed.", (12, 12, None)),
    ("Several people were killed.", (3, 3, None)),
    ("Hundreds of civilians were killed.", (100, 100, None)),
    # numbers joined by "and" are added
    ("Nine fighters and three civilians were killed.", (12, 12, 12)),
    # a part is not added
    ("Ten people, including two children, were killed.", (10, 10, 10)),
    # one person
    ("A policeman was killed.", (1, 1, 1)),
    ("The shell killed a 12-year-old girl.", (1, 1, 1)),
    # killed or wounded: only the most is known
    ("The army said it killed or wounded 29 rebels.", (0, None, 29)),
    # a toll that grows
    ("The death toll rose to 32.", (32, 32, 32)),
    # nobody
    ("Nobody was killed.", (0, 0, 0)),
    ("No casualties were reported.", (0, 0, 0)),
    # figures that count no people
    ("The mine lies 30 km from the town where it killed them.", None),
    ("Two vehicles were destroyed.", None),
    ("The 5th Brigade was there in 2015.", None),
    # who was shot may live
    ("Gunmen shot two men.", (0, None, 2)),
    ("Eleven young people were shot at a party.", (0, None, 11)),
    ("He was hit by five bullets and fell.", None),
    # one victim whose trade no list holds
    ("The mine killed a toy seller near Lal Chowk.", (1, 1, 1)),
    ("A barber had been shot dead in Daquq.", (1, 1, 1)),
    ("The proposal was killed in committee.", None),
    ("The mine killed a cow.", None),
    # who says so, and a part of the whole, are not added
    ("Shells hit Bara, killing at least 15 people, a volunteer doctors' group said.", (15, 15, None)),
    ("The drone killed four people, a girl of six among them.", (4, 4, 4)),
    ("Eight farmers, among them the two daughters of a pastor, were killed by machete.", (8, 8, 8)),
    # a risen toll beside the hurt
    ("The death toll rose to nine on Friday and 12 people were wounded.", (9, 9, 9)),
    ("Had it been real, thousands could have died.", None),
    # a fear is no count
    ("They fear huge losses.", None),
]


def _bounds(text: str, harm: str) -> list[Bounds]:
    return [(t.toll.low, t.toll.best, t.toll.high) for t in find_tolls(text, sentence_of(text)) if t.harm == harm]


@pytest.mark.parametrize(("text", "bounds"), KILLED)
def test_killed(text: str, bounds: Bounds | None) -> None:
    assert _bounds(text, "killed") == ([bounds] if bounds else [])


@pytest.mark.parametrize(("text", "bounds"), [
    ("The blast wounded nine.", (9, 9, 9)),
    ("Fourteen others were injured.", (14, 14, 14)),
    ("It killed two and wounded at least five people.", (5, 5, None)),
    ("Two soldiers were killed and a third was wounded.", (1, 1, 1)),
])  # fmt: skip
def test_injured(text: str, bounds: Bounds) -> None:
    assert _bounds(text, "injured") == [bounds]


def test_both_in_one_sentence() -> None:
    text = "The blast killed three soldiers and wounded eleven others."
    assert _bounds(text, "killed") == [(3, 3, 3)]
    assert _bounds(text, "injured") == [(11, 11, 11)]


def test_words_of_the_toll_are_kept() -> None:
    text = "At least 12 civilians were killed."
    (found,) = find_tolls(text, sentence_of(text))
    assert found.toll == Toll(12, 12, None, "At least 12 civilians", vague=False)
    assert text[found.start : found.end].endswith("killed")


def test_vague_words_are_marked() -> None:
    text = "Dozens of people were killed."
    (found,) = find_tolls(text, sentence_of(text))
    assert found.toll.vague


@pytest.mark.parametrize(("word", "value"), [
    ("13", 13.0), ("4.5", 4.5), ("1,200", 1200.0), ("twelve", 12.0), ("Twelve", 12.0), ("dozen", 12.0),
    ("north", None), ("", None), ("²", None), ("1.2.3", None),
])  # fmt: skip
def test_number_value(word: str, value: float | None) -> None:
    assert number_value(word) == value


@pytest.mark.parametrize(("text", "counts"), [
    ("12 civilians and dozens of soldiers", [(12, 12, 12), (12, 12, None)]),
    ("two hundred people", [(200, 200, 200)]),
    ("three dozen men", [(36, 36, 36)]),
    ("his two sons", [(2, 2, 2)]),
    # nor are days
    ("On May 3, 40 civilians and on 5 June two soldiers", [(40, 40, 40), (2, 2, 2)]),
    ("On Oct 7, 40 civilians", [(40, 40, 40)]),
    ("Up to 40 may have died", [(0, None, 40)]),
    # who says it is not counted
    ("killing six people, the mayor said", [(6, 6, 6)]),
    ("two, a Russian-installed official said", [(2, 2, 2)]),
    # things and units are not people
    ("12 houses and 30 km", []),
    ("the 17-year-old rifle", []),
])  # fmt: skip
def test_counts(text: str, counts: list[Bounds]) -> None:
    assert [(c.low, c.best, c.high) for c in counts_in(tokenize(text))] == counts
