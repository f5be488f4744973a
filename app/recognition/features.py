"""What the statistical recogniser sees of each token: the word, its neighbours, the gazetteer, the rules, the document.

Trainer and service call the same functions, so that both see the same. A feature is a string; `0|w=town` reads: the
word itself (offset 0) is "town". What a word alone tells is worked out once a word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.places import Candidate
from app.recognition.dates.patterns import MONTHS, WEEKDAYS
from app.recognition.grams import Gram
from app.recognition.mentions import Mention
from app.recognition.naming import is_person
from app.recognition.tokens import Sentence, Token
from app.recognition.words import words

_DIGITS = re.compile(r"\d+")
_UPPER = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]+")
_LOWER = re.compile(r"[^\W\d_A-Z]+")
_GROUPS = (
    "connectors", "articles", "locative", "origin", "destination", "directions", "government_nouns", "people_nouns",
    "acting_verbs", "backed", "speaker_seat", "name_part_nouns", "never", "name_starts", "name_ends", "place_verbs",
    "way_words", "people_of", "feature_fill", "distance_units", "way_nouns", "governs", "sent_people", "dealings",
    "offices",
)  # fmt: skip
_STREETS = {
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "drive",
    "lane",
    "boulevard",
    "blvd",
    "court",
    "circle",
    "pike",
}
_TALK = {"said", "says", "told", "added", "wrote", "explained", "asked", "noted", "who", "testified", "pleaded"}


def shape(word: str) -> str:
    """The word's letters in short: "Dara'a" is Xx'x, "U.S." is X.X., "2nd" is dx."""
    if word.islower() and word.isalpha():
        return "x"
    return _LOWER.sub("x", _UPPER.sub("X", _DIGITS.sub("d", word)))[:6]


def _classes(word: str, lower: str) -> list[str]:
    """The word lists that hold the word."""
    lists = words()
    found = [name for name in _GROUPS if lower in lists.groups[name]]
    if lower in lists.features:
        found.append(f"feature:{lists.features[lower]}")
    if word in lists.titles:
        found.append("title")
    for name, members in (
        ("given", lists.given_names), ("org", lists.org_words), ("facility", lists.facility_words),
        ("common", lists.common), ("street", _STREETS), ("talk", _TALK), ("calendar", {*MONTHS, *WEEKDAYS}),
    ):  # fmt: skip
        if lower in members:
            found.append(name)
    if lower in lists.demonyms:
        found.append("demonym")
    given, surname = divmod(lists.persons.get(lower, 0), 4)
    if given:
        found.append(f"given{given}")
    if surname:
        found.append(f"surname{surname}")
    return found


@lru_cache(maxsize=50_000)
def word_features(word: str) -> tuple[tuple[str, ...], ...]:
    """Features of a word, in rows: for the token two after it, one after it, itself, one before it, two before it."""
    lower = word.lower()
    kind, classes = shape(word), _classes(word, lower)
    if word[0].isupper() and lower in words().small:
        classes.append("small")
    lower = _DIGITS.sub("0", lower)
    own = [f"w={lower}", f"s={kind}", *(f"c={name}" for name in classes)]
    if len(word) > 3 and word[0].isalpha():
        own += [f"e={lower[-3:]}", f"e={lower[-2:]}", f"b={lower[:3]}"]
    own.append(f"n={min(len(word), 8)}")
    near = [f"w={lower}", f"s={kind}", *(f"c={name}" for name in classes)]
    if len(word) > 4 and word[0].isalpha():
        near.append(f"e={lower[-3:]}")
    far = [f"w={lower}", *(f"c={name}" for name in classes)]
    return tuple(
        tuple(f"{offset}|{feature}" for feature in features)
        for offset, features in ((-2, far), (-1, near), (0, own), (1, near), (2, far))
    )


def place_class(candidates: Sequence[Candidate]) -> str:
    """The weightiest place that the name may mean, in one word: country, unit, capital, city by size, water..."""
    best = 0
    names = ("village", "spot", "nature", "small", "town", "city", "large", "unit", "capital", "country")
    for candidate in candidates:
        place = candidate.place
        code, people = place.feature_code or "", place.population
        if place.is_country:
            return "country"
        if code == "PPLC":
            rank = 8
        elif code in {"ADM1", "RGN"}:
            rank = 7
        elif place.feature_class in {"P", "A"}:
            rank = (
                6
                if people >= 1_000_000
                else 5
                if people >= 100_000
                else 4
                if people >= 15_000
                else 3
                if people >= 1000
                else 0
            )
        else:
            rank = 2 if place.feature_class in {"H", "T", "V", "L"} else 1
        best = max(best, rank)
    return names[best]


@dataclass(frozen=True, slots=True)
class Memory:
    """What the whole document tells about a word: it is part of a person's name, it stands there in small letters..."""

    persons: frozenset[str]
    """Words behind a title or a given name, lower case."""
    lasts: frozenset[str]
    """Last words of unlisted names of several words: Karg in "Cassie Karg"."""
    speakers: frozenset[str]
    """Single capitalised words that speak: "Brown said"."""
    small: frozenset[str]
    """Words that also stand there without a capital."""
    places: frozenset[str]
    """Names that the rules took for a place where the words around them say so."""


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First and last token of each stretch of capitalised words, an initial's full stop included."""
    first = -1
    for index, token in enumerate(tokens):
        if token.is_capital:
            if first < 0:
                first = index
            continue
        initial = token.text == "." and first >= 0 and len(tokens[index - 1].text) == 1
        if first >= 0 and not initial:
            yield first, index - 1
            first = -1
    if first >= 0:
        yield first, len(tokens) - 1


def remember(
    sentences: Sequence[Sentence], text: str, found: Mapping[str, Sequence[Candidate]], rules: Sequence[Mention]
) -> Memory:
    """The document's memory, from all of its sentences."""
    lists = words()
    persons: set[str] = set()
    lasts: set[str] = set()
    speakers: set[str] = set()
    small: set[str] = set()
    for sentence in sentences:
        tokens = sentence.tokens
        for index, token in enumerate(tokens):
            if token.is_word and not token.is_capital:
                small.add(token.lower)
            elif token.is_capital and index + 1 < len(tokens) and tokens[index + 1].lower in _TALK:
                speakers.add(token.lower)
        for first, last in _runs(tokens):
            if first == last:
                titled = first and (
                    tokens[first - 1].text in lists.titles or tokens[max(0, first - 2)].text in lists.titles
                )
                if titled:
                    persons.add(tokens[first].lower)
                continue
            run = tokens[first : last + 1]
            if text[run[0].start : run[-1].end] in found:
                continue
            titles = [number for number, token in enumerate(run) if token.text in lists.titles]
            if titles:
                persons.update(token.lower for token in run[titles[-1] + 1 :] if token.is_word)
            elif lists.persons.get(run[0].lower, 0) >= 4 and len(run) <= 5:
                persons.update(token.lower for token in run if token.is_word and len(token.text) > 1)
            lasts.add(run[-1].lower)
    held = {mention.text.lower() for mention in rules if mention.cues.locative and mention.kind == "literal"}
    return Memory(frozenset(persons), frozenset(lasts), frozenset(speakers), frozenset(small), frozenset(held))


def _gazetteer_marks(
    sentence: Sentence, grams: Sequence[Gram], found: Mapping[str, Sequence[Candidate]], text: str
) -> list[str]:
    """For each token its part in the longest listed name that covers it: "B:city", "I:country"... or ""."""
    marks = [""] * len(sentence.tokens)
    lengths = [0] * len(sentence.tokens)
    for gram in grams:
        candidates = found.get(gram.text(text))
        if not candidates:
            continue
        size = gram.last - gram.first + 1
        how = "" if candidates[0].how in {"name", "alternate"} else "~"
        name = place_class(candidates)
        for index in range(gram.first, gram.last + 1):
            if size > lengths[index]:
                lengths[index] = size
                part = "S" if size == 1 else "B" if index == gram.first else "I"
                marks[index] = f"{part}{how}:{name}"
    return marks


def _rule_marks(sentence: Sentence, rules: Sequence[Mention]) -> list[str]:
    """For each token what the rules made of it."""
    marks = [""] * len(sentence.tokens)
    position = 0
    for mention in rules:
        while position < len(sentence.tokens) and sentence.tokens[position].start < mention.start:
            position += 1
        first = position
        while position < len(sentence.tokens) and sentence.tokens[position].end <= mention.end:
            what = mention.role if mention.kind == "associative" else "unlisted" if not mention.candidates else "place"
            where = "+" if mention.cues.locative or mention.cues.feature else ""
            marks[position] = f"{'B' if position == first else 'I'}:{what}{where}"
            position += 1
    return marks


def _beside(marked: Sequence[bool]) -> set[int]:
    """Numbers of the marked tokens, of those beside them, and of those in gaps of at most three between them."""
    out: set[int] = set()
    last = -9
    for index, mark in enumerate(marked):
        if mark:
            out.update(range(last + 1 if index - last <= 4 else index - 1, index + 2))
            last = index
    return out & set(range(len(marked)))


def place_features(
    sentence: Sentence,
    text: str,
    grams: Sequence[Gram],
    found: Mapping[str, Sequence[Candidate]],
    rules: Sequence[Mention],
    memory: Memory,
    *,
    everything: bool = True,
) -> list[list[str]]:
    """What gazetteer, rules and document say of each token and of those beside it: a list of features a token.

    Without `everything` the list is empty for tokens that cannot belong to a name: those that have neither a capital
    nor a listed name, nor stand beside such a token. The trainer sees all of them.
    """
    tokens = sentence.tokens
    gazetteer = _gazetteer_marks(sentence, grams, found, text)
    ruled = _rule_marks(sentence, rules)
    lists, persons = words(), {gram.first for gram in grams if gram.is_single and is_person(gram)}
    caps = sum(t.is_upper for t in tokens) > 0.6 * max(1, sum(t.is_word for t in tokens))
    run_of: dict[int, str] = {}
    for first, last in _runs(tokens):
        held = "+" if any(lists.persons.get(t.lower, 0) >= 4 for t in tokens[first:last]) else ""
        listed = "" if first == last else "=" if text[tokens[first].start : tokens[last].end] in found else "?"
        for index in range(first, last + 1):
            part = "1" if first == last else "B" if index == first else "E" if index == last else "I"
            run_of[index] = f"u={part}{held}{listed}"
    places: list[tuple[str, ...]] = []
    for index, token in enumerate(tokens):
        here = [f"g={gazetteer[index]}", f"r={ruled[index]}"]
        if token.is_capital:
            here.append(run_of[index])
            if index in persons:
                here.append("person")
            if token.lower in memory.persons:
                here.append("personword")
            if token.lower in memory.lasts:
                here.append("lastword")
            if token.lower in memory.speakers:
                here.append("speaker")
            if token.lower in memory.small:
                here.append("small")
            if token.lower in memory.places:
                here.append("placeword")
        places.append(tuple(here))
    size = len(tokens)
    wanted = (
        set(range(size))
        if everything
        else _beside([bool(g) or t.is_capital for g, t in zip(gazetteer, tokens, strict=True)])
    )
    out: list[list[str]] = []
    for index, token in enumerate(tokens):
        if index not in wanted:
            out.append([])
            continue
        features = [f"0|{name}" for name in places[index]]
        features += [f"-1|{name}" for name in places[index - 1]] if index else ["first"]
        features += [f"1|{name}" for name in places[index + 1]] if index + 1 < size else ["last"]
        if token.is_capital or gazetteer[index]:
            before = tokens[index - 1].lower if index else "^"
            after = tokens[index + 1].lower if index + 1 < size else "$"
            mark = gazetteer[index]
            left = tokens[index - 1].text if index else "^"
            right = tokens[index + 1].text if index + 1 < size else "$"
            features += [
                f"gb={mark}|{before}", f"ga={mark}|{after}", f"gr={mark}|{ruled[index]}",
                f"gs={mark}|{shape(left)}|{shape(right)}",
            ]  # fmt: skip
            plain = "small" if token.lower in lists.small else "odd"
            features += [
                f"gp={mark}|{plain}|{index == 0}",
                f"up={places[index][2] if len(places[index]) > 2 else ''}|{plain}",
            ]
            if len(places[index]) > 3:
                features.append(f"gm={mark}|{'|'.join(places[index][3:])}")
        if caps:
            features.append("caps")
        out.append(features)
    return out


def words_beside(tokens: Sequence[Token], index: int) -> Iterator[tuple[str, int]]:
    """The word of token `index` and those up to two away, each with its number among the rows of `word_features`."""
    for row, offset in enumerate((2, 1, 0, -1, -2)):
        if 0 <= index - offset < len(tokens):
            yield tokens[index - offset].text, row


def sentence_features(
    sentence: Sentence,
    text: str,
    grams: Sequence[Gram],
    found: Mapping[str, Sequence[Candidate]],
    rules: Sequence[Mention],
    memory: Memory,
) -> list[list[str]]:
    """All features of each token, for the trainer; the tagger adds up the weights of a word once a word."""
    placed = place_features(sentence, text, grams, found, rules, memory)
    for index, features in enumerate(placed):
        for word, row in words_beside(sentence.tokens, index):
            features += word_features(word)[row]
    return placed
