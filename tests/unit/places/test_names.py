"""Name keys: which spellings must meet, which must not."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.places.names import bare_key, exact_keys, mention_keys, name_key

MEET = [
    ("Dara'a", "Daraa"),  # an apostrophe is written or left out at will
    ("Dara’a", "Dara‘a"),  # curly quotes of either side
    ("Daraʿa", "Dara`a"),  # modifier letter for ayn, grave accent for want of one
    ("Dar‘ā", "Dara"),  # a macron goes
    ("Buşrá ash Shām", "Busra ash-Sham"),  # cedilla, acute and macron go; hyphen and space are the same
    ("DARAA", "daraa"),  # agencies write datelines in capitals
    ("درعا", "دَرْعا"),  # short vowels are rarely written
    ("إدلب", "ادلب"),  # hamza on alef is left out in news Arabic
    ("القنيطرة", "القنيطره"),  # ta marbuta written as ha
    ("على", "علي"),  # ya and alef maqsura
    ("کابل", "كابل"),  # the Persian keheh is the Arabic kaf
    ("حـمـص", "حمص"),  # tatweel only stretches
    ("St. Petersburg", "Saint Petersburg"),  # the abbreviation spelled out
    ("St Denis", "Saint-Denis"),  # without its stop, with a hyphen
    ("Ste. Anne", "Saint Anne"),  # the feminine form is taken for the same
    ("Mt. Hermon", "Mount Hermon"),
    ("Mt Elgon", "Mount Elgon"),
    ("Ft. Portal", "Fort Portal"),
    ("Camp II", "Camp 2"),  # Roman numerals
    ("Block-XIV", "Block 14"),
    ("Bosnia & Herzegovina", "Bosnia and Herzegovina"),  # the sign for and
    ("Großenhain", "Grossenhain"),  # German sharp s
    ("Øvre Årdal", "Ovre Ardal"),  # letters that no accent rule takes apart
    ("Diyarbakır", "Diyarbakir"),  # the Turkish dotless i
    ("İzmir", "Izmir"),  # and the dotted one
    ("Łódź", "Lodz"),  # a stroke is no accent
    ("U.S.", "US"),  # stops go
    ("Khan  Younis", "Khan Younis"),  # double spaces
    ("Артёмовск", "Артемовск"),  # Russian papers leave out the dots of yo
    ("Ｔｏｋｙｏ", "Tokyo"),  # full-width letters
]

APART = [
    ("درعا", "Daraa"),  # script meets script: Arabic is not turned into Latin
    ("Київ", "Kyiv"),  # nor is Cyrillic
    ("Saida", "Suwayda"),  # vowels count
    ("Main St", "Main Saint"),  # St at the end is a street
    ("Camp I", "Camp 1"),  # a letter as well as a numeral
    ("Xi", "11"),  # a name
    ("II Corps", "2 Corps"),  # a numeral that stands first may be anything
    ("Харків", "Харьков"),  # Ukrainian and Russian names are two, both are listed
    ("म्यांमार", "म्यांमर"),  # a vowel sign of Hindi is a letter
    ("al-Bab", "Bab"),  # the article counts in the full key
]

BARE = [
    ("al-Bab", "bab"),  # hyphen
    ("Al Bab", "bab"),  # space
    ("El Fasher", "fasher"),  # Egyptian and Sudanese spelling
    ("as-Suwayda", "suwayda"),  # the consonant taken from the next word
    ("Ash Shaykh Miskin", "shaykhmiskin"),  # and a double letter
    ("Deir ez-Zor", "deirzor"),  # an article inside
    ("Busra al-Sham", "busrasham"),  # the seed article's spelling ...
    ("Buşrá ash Shām", "busrasham"),  # ... meets the one of GeoNames
    ("الباب", "باب"),  # the Arabic article is always joined on
    ("Aleppo", "aleppo"),  # begins with al, is no article
    ("Alnabk", "alnabk"),  # joined on in Latin letters: too risky to cut
    ("Elazığ", "elazig"),  # Turkish, no article
    ("El", "el"),  # nothing would be left
    ("ال", "ال"),  # the same in Arabic
    ("Chaumont-en-Vexin", "chaumontenvexin"),  # a French preposition inside stays
]

MENTIONS = [
    ("Syria's", ("syrias", "syria")),  # possessive
    ("Syria’s", ("syrias", "syria")),  # with a curly quote
    ("Honduras'", ("honduras",)),  # possessive of a name that ends in s
    ("the Gaza Strip", ("thegazastrip", "gazastrip")),  # English article
    ("The Hague", ("thehague", "hague")),  # which may belong to the name: the full key comes first
    ("al-Bab's", ("albabs", "albab", "bab")),  # both at once
    ("Idlib", ("idlib",)),  # nothing to strip
    ("—", ()),  # no letter, no key
    ("", ()),  # nothing
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_spellings_of_one_name_share_their_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_names_keep_their_own_key(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(("text", "expected"), BARE)
def test_bare_key_drops_articles_that_stand_apart(text: str, expected: str) -> None:
    assert bare_key(text) == expected


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_mention_keys_come_in_the_order_to_try_them(text: str, expected: tuple[str, ...]) -> None:
    assert mention_keys(text) == expected


def test_exact_keys_leave_the_article_in() -> None:
    assert exact_keys("the al-Bab's") == ("thealbabs", "thealbab", "albabs", "albab")


@given(st.text(max_size=40))
@example("ŉ")  # decomposes into an apostrophe and n
@example("＆")  # a full-width sign becomes a plain one
@example("ʔ")  # a Latin letter whose ASCII form is an apostrophe
@example("الالالب")  # an Arabic article behind another
def test_the_key_of_a_key_is_the_key_itself(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert bare_key(bare_key(text)) == bare_key(text)


@given(st.text(max_size=40))
def test_keys_hold_no_space_and_no_mark(text: str) -> None:
    assert not any(c.isspace() or c in "'’‘-." for key in mention_keys(text) for c in key)
