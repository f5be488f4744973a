"""The notation of triggers.yaml, one row for each mark of it."""

import pytest

from app.recognition.patterns import View, first_forms, match, parse, verb_forms
from app.recognition.tokens import tokenize

CLASSES = {"settlement": frozenset({"town", "village"}), "weapon": frozenset({"rifles", "guns"})}


def _matched(pattern: str, text: str, places: frozenset[str] = frozenset()) -> list[str]:
    """What the pattern's body matches at each word of the text."""
    tokens = tokenize(text)
    view = View(tokens, frozenset(n for n, token in enumerate(tokens) if token.text in places))
    parsed = parse(pattern, CLASSES)
    found = []
    for index in range(len(tokens)):
        end = match(view, index, parsed)
        if end is not None:
            found.append(text[tokens[index].start : tokens[end - 1].end])
    return found


@pytest.mark.parametrize(("pattern", "text", "found"), [
    # word+ is a verb in all its forms, irregular ones as well
    ("capture+", "they captured, capture and are capturing it", ["captured", "capture", "capturing"]),
    ("withdraw+", "it withdrew and has withdrawn", ["withdrew", "withdrawn"]),
    ("fall+", "it fell and has fallen", ["fell", "fallen"]),
    # word* is a noun, singular or plural
    ("ambush*", "an ambush and two ambushes, ambushed", ["ambush", "ambushes"]),
    ("city*", "a city, two cities", ["city", "cities"]),
    # a|b is either, with marks of its own
    ("seize+|loot", "they seized and loot, looted", ["seized", "loot"]),
    # both spellings of a word
    ("mobili[sz]e+", "mobilised and mobilized", ["mobilised", "mobilized"]),
    # (word) may be missing; (a|b) must not, (a|b)? may be
    ("siege (of)", "siege of it; siege it", ["siege of", "siege"]),
    ("take+ (full|complete) control", "took full control, took control", ["took full control"]),
    ("take+ (full|complete)? control", "took full control, took control", ["took full control", "took control"]),
    ("laid down (their arms|weapons)", "laid down their arms", ["laid down their arms"]),
    # ~n: up to n words of any kind
    ("hand+ ~2 over", "handed it over", ["handed it over"]),
    ("hand+ ~2 over", "handed the last gun over", []),
    # a gap never reaches over the end of a clause
    ("hand+ ~5 over", "handed a gun; it is over", []),
    ("hand+ ~5 over", "handed a “gun over", []),
    # ... a comma is not the end of one
    ("hand+ ~5 over", "handed, they said, over", ["handed, they said, over"]),
    # <class>, <place>, <number>
    ("storm+ / ~1 <settlement>", "stormed the town, stormed the hill", ["stormed"]),
    ("storm+ / ~1 <place>", "stormed Homs, stormed home", ["stormed"]),
    ("kill+ / <number>", "killed 12, killed several, killed him", ["killed", "killed"]),
    # left \ words and words / right are context: they must stand there and are no part of the trigger
    ("was|were \\ captured", "it was captured, it captured", ["captured"]),
    ("surrender+ / to", "surrendered to them, surrendered it", ["surrendered"]),
    ("<settlement> ~2 \\ fell", "the town then fell", ["fell"]),
])  # fmt: skip
def test_notation(pattern: str, text: str, found: list[str]) -> None:
    assert _matched(pattern, text, frozenset({"Homs"})) == found


@pytest.mark.parametrize(("verb", "forms"), [
    ("seize", {"seize", "seizes", "seized", "seizing"}),
    ("carry", {"carry", "carries", "carried", "carrying"}),
    ("stab", {"stab", "stabs", "stabbed", "stabbing"}),
    ("shoot", {"shoot", "shot", "shooting"}),
])  # fmt: skip
def test_verb_forms(verb: str, forms: set[str]) -> None:
    assert forms <= verb_forms(verb)


@pytest.mark.parametrize(("pattern", "forms"), [
    # every word with which a match can begin, so that patterns are found by their first word
    ("(heavy|light) guns", {"heavy", "light"}),
    ("(heavy) guns", {"heavy", "guns"}),
    ("guns|rifles / are", {"guns", "rifles"}),
])  # fmt: skip
def test_first_words(pattern: str, forms: set[str]) -> None:
    assert first_forms(parse(pattern, CLASSES).body) == forms


def test_unknown_class_is_an_error() -> None:
    with pytest.raises(KeyError):
        parse("storm+ / <nowhere>", CLASSES)


def test_pattern_that_begins_with_a_gap_is_an_error() -> None:
    with pytest.raises(TypeError, match="gap"):
        first_forms(parse("~3 fell", CLASSES).body)


@pytest.mark.parametrize(("longer", "shorter"), [
    ("air strike*", "strike*"),
    ("strike* / on", "strike*"),
    ("car \\ bomb*", "bomb*"),
])  # fmt: skip
def test_more_words_weigh_more(longer: str, shorter: str) -> None:
    assert parse(longer, CLASSES).weight > parse(shorter, CLASSES).weight


def test_what_may_be_missing_weighs_nothing() -> None:
    assert parse("siege (of)", CLASSES).weight == parse("siege", CLASSES).weight
