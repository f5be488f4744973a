"""Actors: named armed groups and noun phrases such as "Syrian army soldiers" or "three farmers", with their ACLED
class.

1. A name of actors.csv. Acronyms count in capitals only; where two actors share one, the article's countries decide.
2. A noun of actor_nouns.yaml with the words before it that describe it (demonyms, adjectives, names of groups).
3. A country or capital that stands for its government ("Moscow said") comes from the mentions, not from here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from app.datafiles import read_csv, read_yaml
from app.domain.events import Inter
from app.recognition.dates.patterns import MONTHS, WEEKDAYS
from app.recognition.mentions import Mention
from app.recognition.tokens import Sentence, Token, tokenize
from app.recognition.words import words

_PACKAGE = "app.recognition.data"
_NO_DOERS = {
    "exercise", "exercises", "drill", "drills", "manoeuvres", "maneuvers", "training", "operation", "operations",
    "hardware", "equipment", "shelling", "shells", "fire", "rounds", "court", "watchdog",
}  # fmt: skip
_SAME_ACTOR = re.compile(r"\s+(?:of\s+(?:the\s+)?(?:[\w-]+-led\s+)?)?")
_CALENDAR = {*MONTHS, *WEEKDAYS}


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Somebody who acts or suffers, as the sentence words it."""

    start: int
    end: int
    name: str
    inter: Inter
    country: str | None


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    inter: Inter
    country: str | None
    acronym: bool
    home_only: bool
    """The name is a common one: it means this actor only where the article is about its country."""


@dataclass(frozen=True, slots=True)
class _Lists:
    named: Mapping[tuple[str, ...], Sequence[_Named]]
    longest: Mapping[str, int]
    """First word of a listed name -> tokens of the longest name that begins with it."""
    nouns: Mapping[tuple[str, ...], Inter]
    last_words: frozenset[str]
    """Words with which a listed noun phrase can end."""


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    named: dict[tuple[str, ...], list[_Named]] = {}
    for row in read_csv(_PACKAGE, "actors.csv"):
        for alias in filter(None, [row["name"], *(row["aliases"] or "").split("|")]):
            key = tuple(token.lower for token in tokenize(alias))
            acronym = len(key) == 1 and alias.isupper()
            named.setdefault(key, []).append(
                _Named(
                    row["name"],
                    cast(Inter, row["inter"]),
                    row["country"] or None,
                    acronym,
                    "home only" in (row["note"] or ""),
                )
            )
    longest: dict[str, int] = {}
    for key in named:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    nouns = _nouns(read_yaml(_PACKAGE, "actor_nouns.yaml"))
    return _Lists(named, longest, nouns, frozenset(key[-1] for key in nouns))


@lru_cache(maxsize=1)
def acronyms() -> frozenset[str]:
    """Names of actors that are written in capitals only, in lower case: un, nato, isis."""
    return frozenset(
        key[0] for key, rows in _lists().named.items() if len(key) == 1 and any(row.acronym for row in rows)
    )


def _nouns(table: Any) -> dict[tuple[str, ...], Inter]:
    """Noun phrase -> class, in singular and plural. The file's head says how plurals are made."""
    irregular, fixed = table["irregular_plurals"], {*table["plural_only"], *table["invariable"]}
    nouns: dict[tuple[str, ...], Inter] = {}
    for inter, entries in table["nouns"].items():
        for entry in entries:
            for form in {entry} if entry in fixed else {entry, _plural(entry, irregular)}:
                nouns.setdefault(tuple(token.lower for token in tokenize(form)), cast(Inter, inter))
    return nouns


def _plural(phrase: str, irregular: Mapping[str, str]) -> str:
    *before, last = phrase.split(" ")
    if last in irregular:
        plural = irregular[last]
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        plural = last + "es"
    elif last.endswith("y") and last[-2:-1] not in {"a", "e", "i", "o", "u"}:
        plural = last[:-1] + "ies"
    else:
        plural = last + "s"
    return " ".join([*before, plural])


def _named_at(tokens: Sequence[Token], index: int, countries: Mapping[str, float]) -> tuple[int, _Named] | None:
    """(last token, actor) of the longest listed name that starts at token `index`, a capitalised word."""
    lists, first = _lists(), tokens[index]
    longest = lists.longest.get(first.lower, 0)
    for length in range(min(longest, len(tokens) - index), 0, -1):
        rows = lists.named.get(tuple(token.lower for token in tokens[index : index + length]), ())
        fitting = [
            row
            for row in rows
            if (not row.acronym or first.is_upper) and not (row.home_only and not countries.get(row.country or ""))
        ]
        if fitting:
            return index + length - 1, max(fitting, key=lambda row: countries.get(row.country or "", 0.0))
    return None


def _may_begin_name(tokens: Sequence[Token], index: int) -> bool:
    """A capital, or the article of one: al Shabaab, al-Qaeda."""
    if tokens[index].is_capital:
        return True
    behind = tokens[index + 1 : index + 3]
    capital = next((token.is_capital for token in behind if token.is_word), False)
    return tokens[index].lower in words().group("articles") and capital


def listed_names(sentence: Sentence) -> list[tuple[int, int]]:
    """Offsets of the listed names of the sentence: a place inside one is part of that name, not a place."""
    tokens, spans, index = sentence.tokens, [], 0
    while index < len(tokens):
        named = _named_at(tokens, index, {}) if tokens[index].is_capital else None
        if named:
            spans.append((tokens[index].start, tokens[named[0]].end))
            index = named[0]
        index += 1
    return spans


def actor_countries(sentences: Sequence[Sentence]) -> list[str]:
    """Home countries of the listed actors that the text names, each actor once: the SDF fight in Syria."""
    homes: dict[str, str] = {}
    for sentence in sentences:
        for index, token in enumerate(sentence.tokens):
            named = _named_at(sentence.tokens, index, {}) if token.is_capital else None
            if named and named[1].country:
                homes[named[1].name] = named[1].country
    return list(homes.values())


def _phrase_start(tokens: Sequence[Token], index: int) -> int:
    """First token of the noun phrase that ends at `index`: articles and numbers are left out."""
    first, lists = index, words()
    while first > 0 and index - first < 4:
        before = tokens[first - 1]
        if not before.is_word and before.text != "-":
            break
        if before.text == "-" and before.end < tokens[first].start:
            break  # "BAGHDAD - Iraqi soldiers"
        if before.lower in lists.group("phrase_breaks") or before.lower in lists.group("acting_verbs"):
            break
        if before.lower.endswith("ly") or before.text in _CALENDAR:
            break
        first -= 1
    while first < index and tokens[first].text == "-":
        first += 1
    return first


def _country_of(tokens: Sequence[Token], mentions: Sequence[Mention], start: int, end: int) -> str | None:
    for token in tokens:
        demonym = words().demonyms.get(token.lower)
        if demonym and demonym.country:
            return demonym.country
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    return next((c.place.country for m in inside for c in m.candidates[:1] if c.place.is_country), None)


def _noun_ending_at(tokens: Sequence[Token], index: int) -> tuple[int, Inter] | None:
    """(first token, class) of the longest listed noun phrase that ends at `index`."""
    if tokens[index].lower not in _lists().last_words:
        return None
    for length in range(min(4, index + 1), 0, -1):
        first = index - length + 1
        inter = _lists().nouns.get(tuple(token.lower for token in tokens[first : index + 1]))
        if inter:
            return first, inter
    return None


def _joined(text: str, found: Sequence[ActorMention]) -> list[ActorMention]:
    """One actor where two are named as one: "fighters of the Kachin Independence Army", "paramilitary Rapid Support
    Forces"; the second says who they are.
    """
    out: list[ActorMention] = []
    for actor in found:
        last = out[-1] if out else None
        armed = last is not None and "Civilians" not in {last.inter, actor.inter}
        if last and armed and _SAME_ACTOR.fullmatch(text, last.end, actor.start):
            name, country = text[last.start : actor.end], actor.country or last.country
            out[-1] = ActorMention(last.start, actor.end, name, actor.inter, country)
        else:
            out.append(actor)
    return out


def find_actors(
    text: str, sentence: Sentence, mentions: Sequence[Mention], countries: Mapping[str, float]
) -> list[ActorMention]:
    """Actors of one sentence in order, none overlapping another. `countries`: how much the article is about each."""
    tokens = sentence.tokens
    heads = {n: noun for n in range(len(tokens)) if (noun := _noun_ending_at(tokens, n))}
    found: list[ActorMention] = []
    index = 0
    while index < len(tokens):
        named = _named_at(tokens, index, countries) if _may_begin_name(tokens, index) else None
        if named:
            last, actor = named
            if last + 1 in heads:
                last += 1
            start, end = tokens[index].start, tokens[last].end
            found.append(ActorMention(start, end, text[start:end], actor.inter, actor.country))
            index = last
        index += 1
    for index, (noun_first, noun_inter) in heads.items():
        if index + 1 in heads and heads[index + 1][0] <= index + 1:
            continue  # "army soldiers": the last noun is the head
        if index + 1 < len(tokens) and tokens[index + 1].text == "-":
            continue  # "army-backed militia": not the army
        if index + 1 < len(tokens) and tokens[index + 1].lower in _NO_DOERS:
            continue  # "military exercise", "army operation"
        if index + 1 < len(tokens) and tokens[index + 1].lower in words().features and noun_inter != "Civilians":
            continue  # "an air defence base", "the police station": where they sit
        first = _phrase_start(tokens, noun_first)
        # "Rebels ambushed soldiers": an actor and a verb before the noun are no part of its phrase
        verbs = [
            n + 1 for n in range(first, noun_first - 1) if n in heads and n + 1 not in heads and tokens[n + 1].is_word
        ]
        first = max([first, *(n + 1 for n in verbs)])
        start, end = tokens[first].start, tokens[index].end
        if any(actor.start < end and start < actor.end for actor in found):
            continue
        phrase, inter = tokens[first : index + 1], noun_inter
        before = [heads[n][1] for n in range(first, noun_first) if n in heads]
        if inter == "Civilians":
            inter = next((b for b in before if b in {"State forces", "Rebel group"}), inter)
        found.append(ActorMention(start, end, text[start:end], inter, _country_of(phrase, mentions, start, end)))
    return _joined(text, sorted(found, key=lambda actor: actor.start))
