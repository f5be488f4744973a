"""Which stretches of a sentence name a place: capitals, longer names, persons, organisations, common words."""

from itertools import pairwise

import pytest

from app.places import Gazetteer
from app.recognition.grams import grams_of
from tests.steps import mentions_of, sentence_of


@pytest.mark.parametrize(("text", "names"), [
    # the longest listed name wins; parts of it are not named again
    ("Clashes broke out in Busra al-Sham on Thursday.", ["Busra al-Sham"]),
    ("Shells fell on Deir ez-Zor and Abu Kamal.", ["Deir ez-Zor", "Abu Kamal"]),
    ("Rebels entered the Democratic Republic of the Congo.", ["Democratic Republic of the Congo"]),
    # a compass word begins a country's name at the head of a sentence, too; capitals are no title
    ("North Korea fired a missile.", ["North Korea"]),
    ("Fighting broke out in eastern DR Congo.", ["DR Congo"]),
    ("North of Aleppo it was calm.", ["Aleppo"]),
    # all usual apostrophes
    ("Fighting in Dara'a, Dara’a and Daraʿa.", ["Dara'a", "Dara’a", "Daraʿa"]),
    # an article in lower case at the start of the name
    ("The army entered al-Sukhna.", ["al-Sukhna"]),
    # two places joined by a hyphen are two places
    ("They blocked the Abuja-Kaduna highway.", ["Abuja", "Kaduna"]),
    # a person who bears the name of a place is no place
    ("President Lincoln spoke.", []),
    ("Hussein Abazeed, a spokesman, spoke.", []),
    # small words are no places, whatever the gazetteer holds
    ("March and May were calm; the police said so.", []),
    ("It was a nice reading of the battle.", []),
    # an acronym in capitals is no village of that name
    ("IS and the UN agreed.", []),
    # a dateline in capitals is a place
    ("ADEN, Nov 15 - Two soldiers were killed.", ["ADEN"]),
    # a name that the gazetteer lacks counts where the words call it a place
    ("Gunmen raided the village of Xyrtabad.", ["Xyrtabad"]),
    ("Xyrtabad was sorry.", []),
    # other scripts
    ("اشتباكات في درعا", ["درعا"]),
    ("Обстрел: Бахмут", ["Бахмут"]),
    # a row of names is told as place by its first, a place before "-based" by what follows
    ("Clashes in Aleppo, Homs and Busra al-Sham in Syria killed two.", ["Aleppo", "Homs", "Busra al-Sham", "Syria"]),
    ("The New York-based group said two died.", ["New York"]),
])  # fmt: skip
def test_names(places: Gazetteer, text: str, names: list[str]) -> None:
    assert [m.text for m in mentions_of(text, places) if m.role not in {"demonym", "name_part"}] == names


@pytest.mark.parametrize(("text", "words"), [
    # demonyms and names of bodies stand for people, not for ground
    ("Syrian troops and South Sudanese rebels met.", [("Syrian", "demonym"), ("South Sudanese", "demonym")]),
    ("The Syrian Observatory for Human Rights said so.", [("Syrian", "name_part")]),
])  # fmt: skip
def test_people(places: Gazetteer, text: str, words: list[tuple[str, str]]) -> None:
    assert [(m.text, m.role) for m in mentions_of(text, places)] == words


def test_country_that_looks_like_a_demonym(places: Gazetteer) -> None:
    """ "Georgia" is the country's own name; it is a place and no word for a people."""
    assert [(m.text, m.kind) for m in mentions_of("Clashes broke out in Georgia.", places)] == [("Georgia", "literal")]


def test_unlisted_name_is_kept(places: Gazetteer) -> None:
    (mention,) = mentions_of("Gunmen raided the village of Xyrtabad.", places)
    assert mention.candidates == ()
    assert mention.cues.feature == "PPL"


@pytest.mark.parametrize(("text", "grams"), [
    # words of one name, joined by connectors; every shorter stretch is offered as well
    ("Busra al-Sham", {"Busra", "Busra al-Sham", "al-Sham"}),
    ("Dar es Salaam", {"Dar", "Dar es Salaam", "Salaam"}),
    # punctuation ends a name
    ("Homs, Hama", {"Homs", "Hama"}),
])  # fmt: skip
def test_stretches(text: str, grams: set[str]) -> None:
    assert grams <= {gram.text(text) for gram in grams_of(sentence_of(text))}


def test_stretches_never_cross_punctuation() -> None:
    text = "Homs, Hama; Idlib (Aleppo) “Raqqa”."
    assert {gram.text(text) for gram in grams_of(sentence_of(text))} == {"Homs", "Hama", "Idlib", "Aleppo", "Raqqa"}


def test_mentions_never_overlap(places: Gazetteer) -> None:
    text = "In Busra al-Sham town, Dara'a al-Balad and Deir ez-Zor, Syrian army units moved to South Kordofan state."
    mentions = mentions_of(text, places)
    assert len(mentions) >= 5
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(text[m.start : m.end] == m.text for m in mentions)
