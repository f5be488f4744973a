"""Tolls: who was killed or hurt, read as low, best and high with the words kept. The rules, with their reasons:

1. The number stands behind the word ("killing 12", "wounded at least three"), before it ("nine people were killed",
   "left 18 dead") or behind a toll ("the toll rose to 32").
2. Numbers joined under one word are added ("nine fighters and three civilians were killed"); what follows "including" is
   a part and is not.
3. "killing or wounding 29" says only that at most 29 died.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.datafiles import read_yaml
from app.domain.events import Toll
from app.recognition.tokens import Sentence, Token
from app.recognition.triggers import lexicon

Harm = Literal["killed", "injured"]


@dataclass(frozen=True, slots=True)
class TollMention:
    """A toll told in a sentence, with the offsets of its words."""

    harm: Harm
    toll: Toll
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    harm: Mapping[str, Harm]
    nouns: Mapping[str, Harm]
    vague: Mapping[str, int]
    numbers: Mapping[str, int]
    qualifiers: Sequence[tuple[tuple[str, ...], str]]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Count:
    """People counted by tokens first..last."""

    first: int
    last: int
    low: int
    best: int | None
    high: int | None
    vague: bool


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = read_yaml("app.recognition.data", "casualties.yaml")
    harm: dict[str, Harm] = dict.fromkeys(data["killed"], "killed")
    harm |= dict.fromkeys(data["injured"], "injured")
    nouns: dict[str, Harm] = dict.fromkeys(data["killed_nouns"], "killed")
    nouns |= dict.fromkeys(data["injured_nouns"], "injured")
    qualifiers = [(tuple(words.split()), name) for name in ("least", "more", "most", "about") for words in data[name]]
    return _Words(
        harm,
        nouns,
        {word: int(value) for word, value in data["vague"].items()},
        {word: int(value) for word, value in data["numbers"].items()},
        sorted(qualifiers, key=lambda item: -len(item[0])),
        frozenset(data["units"]),
    )


def _value(tokens: Sequence[Token], index: int) -> tuple[int, int, bool] | None:
    """(value, tokens used, vague) of the number that starts at `index`."""
    lists, token = _words(), tokens[index]
    if token.is_number:
        digits = token.text.replace(",", "")
        return (int(digits), 1, False) if digits.isdigit() and len(digits) <= 6 else None
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


def number_value(word: str) -> float | None:
    """The number that a word or digits tell ("13", "4.5", "twelve"), or None."""
    digits = word.replace(",", "")
    if digits.replace(".", "", 1).isdigit():
        return float(digits)
    return _words().numbers.get(word.lower())


def _is_person_noun(word: str) -> bool:
    classes = lexicon().classes
    return word in classes["people"] or word in classes["fighters"]


def _count_at(tokens: Sequence[Token], index: int) -> _Count | None:
    """The count that starts at token `index`: "at least 12 people", "between 10 and 20", "a man", "his two sons"."""
    lists, first, qualifier = _words(), index, ""
    for phrase, name in lists.qualifiers:
        if tuple(t.lower for t in tokens[index : index + len(phrase)]) == phrase:
            qualifier, index = name, index + len(phrase)
            break
    if index >= len(tokens):
        return None
    if tokens[index].lower == "between" and index + 1 < len(tokens):
        low = _value(tokens, index + 1)
        join = index + 1 + low[1] if low else 0
        high = _value(tokens, join + 1) if low and join + 1 < len(tokens) and tokens[join].lower == "and" else None
        if low and high and low[0] <= high[0]:
            return _noun_after(tokens, _Count(first, join + high[1], low[0], (low[0] + high[0]) // 2, high[0], False))
        return None
    if tokens[index].lower in {"a", "an", "another"} and index + 1 < len(tokens):
        number = _value(tokens, index + 1)
        if number and tokens[index + 1].lower in {"dozen", "couple", "hundred", "few", "pair"}:
            value, used, vague = number
            return _noun_after(tokens, _Count(first, index + used, value, value, None if vague else value, vague))
    if tokens[index].lower in {"his", "her", "their", "the", "its", "these", "those"} and index + 1 < len(tokens):
        if _value(tokens, index + 1):
            index += 1
    number = _value(tokens, index)
    if number is None:
        return _single(tokens, first)
    value, used, vague = number
    bounds: Mapping[str, tuple[int, int | None, int | None]] = {
        "": (value, value, None if vague else value),
        "about": (value, value, value),
        "least": (value, value, None),
        "more": (value + 1, value + 1, None),
        "most": (0, None, value),
    }
    return _noun_after(tokens, _Count(first, index + used - 1, *bounds[qualifier], vague))


def _single(tokens: Sequence[Token], index: int) -> _Count | None:
    """ "a man", "his wife", "a 12-year-old girl": one person."""
    if tokens[index].lower not in {"a", "an", "another", "his", "her", "one", "the"}:
        return None
    for last in range(index + 1, min(index + 7, len(tokens))):
        word = tokens[last].lower
        if _is_person_noun(word):
            plural = word.endswith("s") or word in {
                "men",
                "women",
                "people",
                "children",
                "police",
                "troops",
                "army",
                "staff",
                "crew",
            }
            return None if plural else _Count(index, last, 1, 1, 1, False)
        if not (tokens[last].is_word or tokens[last].text in "-" or tokens[last].is_number) or word in {
            "and",
            "of",
            "in",
            "was",
            "were",
        }:
            return None
    return None


def _noun_after(tokens: Sequence[Token], count: _Count) -> _Count | None:
    """The count with its noun; None when the noun is a unit or a thing."""
    lists = _words()
    last = count.last
    for step in range(1, 6):
        index = count.last + step
        if index >= len(tokens):
            break
        word = tokens[index].lower
        if step <= 3 and word in lists.units and not _is_person_noun(word):
            return None
        if tokens[index].text in {"-"} and step == 1:
            return None
        if _is_person_noun(word):
            last = index
            break
        if (
            not tokens[index].is_word
            or word in lists.harm
            or word in {"and", "were", "was", "have", "had", "in", "at", "by", "on", "when", "after"}
        ):
            break
    return _Count(count.first, last, count.low, count.best, count.high, count.vague)


def _counts(tokens: Sequence[Token]) -> list[_Count]:
    found: list[_Count] = []
    index = 0
    while index < len(tokens):
        count = _count_at(tokens, index)
        before = [t.lower for t in tokens[max(0, index - 2) : index]]
        part = before[-1:] in (["including"], ["includes"], ["among"]) or before == ["among", "them"]
        of_them = [t.lower for t in tokens[count.last + 1 : count.last + 3]] if count else []
        if (
            found
            and count
            and of_them in (["of", "them"], ["of", "whom"], ["of", "the"])
            and tokens[count.first - 1].text == ","
        ):
            part = True  # "nine died, two of them children"
        if count and part:  # "five people, including two children": a part is never the toll
            index = count.last + 1
        elif count and count.low < 100_000:
            found.append(count)
            index = count.last + 1
        else:
            index += 1
    return found


_BRIDGES = {"and", ",", "&", "plus"}


def _chain(tokens: Sequence[Token], counts: Sequence[_Count], at: int, step: int) -> list[_Count]:
    """The counts joined to counts[at] by commas and "and", onwards (step 1) or backwards (-1); "including" ends it."""
    chain = [counts[at]]
    while 0 <= at + step < len(counts):
        a, b = (counts[at], counts[at + 1]) if step > 0 else (counts[at - 1], counts[at])
        between = [t.lower for t in tokens[a.last + 1 : b.first]]
        if (
            not between
            or len(between) > 3
            or not set(between) & _BRIDGES
            or not set(between) <= _BRIDGES | {"also", "his", "her", "their", "the"}
        ):
            break
        at += step
        chain.append(counts[at])
    return chain


def _sum(text: str, tokens: Sequence[Token], chain: Sequence[_Count], floor_only: bool) -> tuple[Toll, int, int]:
    low = sum(c.low for c in chain)
    best = None if any(c.best is None for c in chain) else sum(c.best or 0 for c in chain)
    high = None if any(c.high is None for c in chain) else sum(c.high or 0 for c in chain)
    start = min(tokens[c.first].start for c in chain)
    end = max(tokens[c.last].end for c in chain)
    if floor_only:
        low, best, high = 0, None, best if best is not None else high
    return Toll(low, best, high, text[start:end], any(c.vague for c in chain)), start, end


def find_tolls(text: str, sentence: Sentence) -> list[TollMention]:
    """Tolls of one sentence in order, each word of harm giving at most one."""
    lists, tokens = _words(), sentence.tokens
    harm_at = [n for n, token in enumerate(tokens) if token.lower in lists.harm]
    toll_at = [n for n, token in enumerate(tokens) if token.lower == "toll"]
    if not harm_at and not toll_at and not any(t.lower in lists.nouns for t in tokens):
        return []
    counts = _counts(tokens)
    found: list[TollMention] = []
    used: set[int] = set()
    for n in [*harm_at, *toll_at, *(i for i, t in enumerate(tokens) if t.lower in lists.nouns and i not in harm_at)]:
        word = tokens[n].lower
        harm: Harm = "killed" if n in toll_at else lists.harm.get(word) or lists.nouns[word]
        either = (
            {t.lower for t in tokens[n + 1 : n + 3]} & set(lists.harm) and tokens[n + 1].lower in {"or", "and"}
            if n + 1 < len(tokens)
            else False
        )
        shared = bool(either) and tokens[n + 1].lower == "or"
        at = _linked(tokens, counts, n, used, is_toll=n in toll_at)
        if at is None:
            continue
        step = 1 if counts[at].first > n else -1
        chain = _chain(tokens, counts, at, step)
        if {counts.index(c) for c in chain} & used and not shared:
            continue
        used |= {counts.index(c) for c in chain}
        toll, start, end = _sum(text, tokens, chain, shared)
        found.append(TollMention(harm, toll, min(start, tokens[n].start), max(end, tokens[n].end)))
    return sorted(found, key=lambda t: t.start)


def _linked(tokens: Sequence[Token], counts: Sequence[_Count], n: int, used: set[int], *, is_toll: bool) -> int | None:
    """Number of the count that the word of harm at token `n` speaks of, or None."""
    best: tuple[int, int] | None = None
    passive = (
        (n > 0
        and any(
            t.lower in {"were", "was", "been", "be", "being", "are", "is", "dead", "got"}
            for t in tokens[max(0, n - 3) : n]
        ))
        or tokens[n].lower
        in {"dead", "died", "die", "deaths", "fatalities", "bodies", "corpses", "perished", "injuries"}
    )
    for i, count in enumerate(counts):
        if i in used:
            continue
        if count.first > n:
            between = tokens[n + 1 : count.first]
            limit = 8 if is_toll else 4
            if len(between) > limit or any(t.text in {".", ";", "(", ")"} for t in between):
                continue
            if not is_toll and any(t.lower in {"in", "on", "when", "after", "during", "including"} for t in between):
                continue
            if passive and not is_toll and between and between[0].text == ",":
                continue
            distance = len(between) + (6 if passive and not is_toll else 0)
        elif count.last < n and not is_toll:
            between = tokens[count.last + 1 : n]
            if len(between) > 9 or any(t.text in {";", "."} for t in between):
                continue
            if any(t.lower in _words().harm for t in between) and not any(t.lower in {"and", "or"} for t in between):
                continue
            distance = len(between) + (0 if passive else 5)
        else:
            continue
        if best is None or distance < best[0]:
            best = (distance, i)
    return best[1] if best else None
