"""Counts of people: "at least 12 civilians", "between 10 and 20", "a man", "his two sons", "dozens"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.datafiles import read_yaml
from app.recognition.dates.patterns import MONTH
from app.recognition.tokens import Token
from app.recognition.triggers import lexicon

MOST = 100_000
"""No event kills more; a larger number is a year, a price or a population."""
_ARTICLES = {"a", "an", "another", "one"}
_OWNERS = {"his", "her", "their", "the", "its", "these", "those"}
_MONTH = re.compile(MONTH)
_OLDEST = 110
_PRONOUNS = {"he", "she"}
_SPEAKING = {"said", "says", "told", "added", "explained", "recalled"}
_ORDINALS = {"second", "third", "fourth", "fifth", "sixth"}
_PLURALS = {"men", "women", "people", "children", "police", "troops", "army", "staff", "crew", "policemen"}
_ASIDE = 9
"""Words that "among them" reaches."""
_VAGUE_NOUNS = {"dozen", "couple", "hundred", "few", "pair"}
_ENDS_NOUN = frozenset(
    [
        "and",
        "or",
        "were",
        "was",
        "have",
        "had",
        "has",
        "in",
        "at",
        "by",
        "on",
        "when",
        "after",
        "from",
        "of",
        "who",
        "that",
        "which",
        "a",
        "an",
        "the",
        "his",
        "her",
        "with",
        "for",
        "to",
        "near",
        "before",
        "while",
    ]
)


@dataclass(frozen=True, slots=True)
class Count:
    """People counted by tokens first..last: the least, the likely and the most; None where the words leave it open."""

    first: int
    last: int
    low: int
    best: int | None
    high: int | None
    vague: bool


@dataclass(frozen=True, slots=True)
class _Words:
    vague: Mapping[str, int]
    numbers: Mapping[str, int]
    qualifiers: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    """By their first word; the longest first."""
    units: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = read_yaml("app.recognition.data", "casualties.yaml")
    phrases = [(tuple(words.split()), name) for name in ("least", "more", "most", "about") for words in data[name]]
    qualifiers: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, name in sorted(phrases, key=lambda item: -len(item[0])):
        qualifiers.setdefault(phrase[0], []).append((phrase, name))
    return _Words(
        {word: int(value) for word, value in data["vague"].items()},
        {word: int(value) for word, value in data["numbers"].items()},
        qualifiers,
        frozenset(data["units"]),
    )


def number_value(word: str) -> float | None:
    """The number that a word or digits tell ("13", "4.5", "twelve"), or None."""
    decimal_comma = re.fullmatch(r"\d+,\d{1,2}", word)  # "2,5 km"; "1,200" is a thousand
    digits = word.replace(",", "." if decimal_comma else "")
    if digits.replace(".", "", 1).isdecimal():
        return float(digits)
    return _words().numbers.get(word.lower())


_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = {"in", "since", "of", "from", "by", "until", "till", "during", "before", "after", "early", "mid", "late"}


def _is_person(word: str) -> bool:
    classes = lexicon().classes
    return word in classes["people"] or word in classes["fighters"]


def _value(tokens: Sequence[Token], index: int) -> tuple[int, int, bool] | None:
    """(value, tokens used, vague) of the number that starts at `index`."""
    if index >= len(tokens):
        return None
    lists, token = _words(), tokens[index]
    if token.is_number:
        if _YEAR.fullmatch(token.text) and index and tokens[index - 1].lower in _BEFORE_YEAR:
            return None  # "In 1982 the army massacred residents"
        beside = (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
        if any(_MONTH.fullmatch(neighbour.text) for neighbour in beside):
            return None  # "On May 3, 40 people were killed": a day
        digits = token.text.replace(",", "")
        return (int(digits), 1, False) if digits.isdigit() and len(digits) <= 6 else None
    if token.lower == "many" and index and tokens[index - 1].lower == "how":
        return None  # "how many were injured"
    if token.lower in lists.vague:
        return lists.vague[token.lower], 1, True
    if token.lower not in lists.numbers:
        return None
    value, used = lists.numbers[token.lower], 1
    while index + used < len(tokens):
        following = tokens[index + used]
        if following.text == "-" and index + used + 1 < len(tokens) and tokens[index + used + 1].lower in lists.numbers:
            used += 1
            continue
        if following.lower not in lists.numbers or following.lower in {"couple", "pair", "both"}:
            break
        number = lists.numbers[following.lower]
        value = value * number if number in {12, 100, 1000} and value < number else value + number
        used += 1
    return value, used, False


def _bounds(qualifier: str, value: int, *, vague: bool) -> tuple[int, int | None, int | None]:
    """(low, best, high): "more than 30" is 31 or more, "up to 40" says only the most."""
    if qualifier == "least":
        return value, value, None
    if qualifier == "more":
        return value + 1, value + 1, None
    if qualifier == "most":
        return 0, None, value
    return value, value, None if vague else value


def _count_at(tokens: Sequence[Token], index: int) -> Count | None:
    """The count that starts at token `index`, with the noun it counts."""
    first, qualifier = index, ""
    for phrase, name in _words().qualifiers.get(tokens[index].lower, ()):
        if tuple(t.lower for t in tokens[index : index + len(phrase)]) == phrase:
            qualifier, index = name, index + len(phrase)
            break
    if index >= len(tokens):
        return None
    word = tokens[index].lower
    if word == "between":
        low = _value(tokens, index + 1)
        join = index + 1 + low[1] if low else len(tokens)
        high = _value(tokens, join + 1) if join < len(tokens) and tokens[join].lower == "and" else None
        if low and high and low[0] <= high[0]:
            middle = (low[0] + high[0]) // 2
            return _with_noun(tokens, Count(first, join + high[1], low[0], middle, high[0], vague=False))
        return None
    if word in _ARTICLES - {"one"} and index + 1 < len(tokens) and tokens[index + 1].lower in _VAGUE_NOUNS:
        number = _value(tokens, index + 1)
        if number:
            value, used, vague = number
            return _with_noun(tokens, Count(first, index + used, *_bounds(qualifier, value, vague=vague), vague))
    if word in _OWNERS and _value(tokens, index + 1):
        index += 1
    number = _value(tokens, index)
    if number is None:
        return _single(tokens, first)
    value, used, vague = number
    return _with_noun(tokens, Count(first, index + used - 1, *_bounds(qualifier, value, vague=vague), vague))


def _single(tokens: Sequence[Token], index: int) -> Count | None:
    """One person: "a man", "his wife", "a 12-year-old girl", "he"."""
    if tokens[index].lower in _PRONOUNS:
        return Count(index, index, 1, 1, 1, vague=False)
    if tokens[index].lower not in _ARTICLES | _OWNERS:
        return None
    if tokens[index].lower == "a" and index + 1 < len(tokens) and tokens[index + 1].lower in _ORDINALS:
        return Count(index, index + 1, 1, 1, 1, vague=False)  # "two were killed and a third lost an arm"
    for last in range(index + 1, min(index + 7, len(tokens))):
        token = tokens[last]
        if _is_person(token.lower):
            plural = (token.lower.endswith("s") and token.lower not in {"boss"}) or token.lower in _PLURALS
            return None if plural else Count(index, last, 1, 1, 1, vague=False)
        if not (token.is_word or token.is_number or token.text == "-") or token.lower in _ENDS_NOUN:
            return None
    return None


def _with_noun(tokens: Sequence[Token], count: Count) -> Count | None:
    """The count with its noun; None when the noun is a unit or a thing ("30 km", "12 houses")."""
    last = count.last
    for step, token in enumerate(tokens[count.last + 1 : count.last + 6], 1):
        if _is_person(token.lower):
            last = count.last + step
            break
        if step <= 3 and token.lower in _words().units:
            return None
        if step == 1 and token.text == "-":
            return None
        if not token.is_word or token.lower in _ENDS_NOUN or token.lower.endswith("ed"):
            break
    return Count(count.first, last, count.low, count.best, count.high, count.vague)


def _is_part(tokens: Sequence[Token], count: Count, *, first: bool) -> bool:
    """ "including two children", "among them a nurse", ", two of them women": a part of a count, never a count."""
    before = [token.lower for token in tokens[max(0, count.first - 2) : count.first]]
    aside = []
    for token in reversed(tokens[max(0, count.first - _ASIDE) : count.first]):
        if token.text in {",", ";", ":"}:
            break
        aside.append(token.lower)
    if aside[-2:] == ["them", "among"]:
        return True  # ", among them the two daughters of a pastor,"
    if before[-1:] in (["including"], ["includes"], ["among"]) or before == ["among", "them"]:
        return True
    after = [token.lower for token in tokens[count.last + 1 : count.last + 3]]
    return not first and before[-1:] == [","] and after in (["of", "them"], ["of", "whom"], ["of", "the"])


def _is_age(tokens: Sequence[Token], count: Count) -> bool:
    """ "a woman, 45, and her son": figures between commas behind a person."""
    if count.first < 2 or count.first != count.last or not tokens[count.first].is_number:
        return False
    before, after = tokens[count.first - 1], tokens[count.last + 1 : count.last + 2]
    closed = not after or after[0].text in {",", ".", ")", ";"}
    return before.text in {",", "("} and closed and count.low <= _OLDEST and tokens[count.first - 2].is_word


def _speaks(tokens: Sequence[Token], count: Count) -> bool:
    """ "killing six, the mayor said": who is counted here is the one who says so."""
    return any(token.lower in _SPEAKING for token in tokens[count.last + 1 : count.last + 2])


def counts_in(tokens: Sequence[Token]) -> list[Count]:
    """Counts of people in reading order, none overlapping another; parts of counts and speakers left out."""
    found: list[Count] = []
    index = 0
    while index < len(tokens):
        count = _count_at(tokens, index)
        if count is None:
            index += 1
            continue
        index = count.last + 1
        if _is_age(tokens, count):
            continue
        if found and tokens[count.first].lower == "both":
            continue  # "a couple, both Buddhist"
        if count.low < MOST and not _is_part(tokens, count, first=not found) and not _speaks(tokens, count):
            found.append(count)
    return found
