"""Word patterns of the lexicons: parsed once, matched on tokens. The notation is explained at the head of
triggers.yaml.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.datafiles import read_yaml
from app.recognition.tokens import Token

_STOPS = {";", ":", '"', "“", "”", "«", "»"}
_PIECES = re.compile(r"\(([^)]*)\)(\?)?|([^\s()]+)")
_NUMBER_WORDS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "several",
        "dozen",
    ]
)


@dataclass(frozen=True, slots=True)
class Word:
    """One token out of `forms`; or a place name, or a number, where the flags say so."""

    forms: frozenset[str]
    place: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, or nothing at all where `optional`."""

    sequences: tuple[tuple["Element", ...], ...]
    optional: bool


Element = Word | Gap | Choice


@dataclass(frozen=True, slots=True)
class Pattern:
    """Left context, the trigger itself, right context."""

    left: tuple[Element, ...]
    body: tuple[Element, ...]
    right: tuple[Element, ...]
    source: str
    needs: tuple[frozenset[str], ...] = ()
    """Of each of these one word must stand in the sentence; a quick test that spares most sentences the search."""

    @property
    def weight(self) -> int:
        """How much the pattern asks for: the longer of two matches at one word is the better one."""
        parts = (*self.left, *self.body, *self.right)
        return sum(not isinstance(e, Gap) and not (isinstance(e, Choice) and e.optional) for e in parts)


@lru_cache(maxsize=1)
def _irregular() -> Mapping[str, Sequence[str]]:
    forms: Mapping[str, Sequence[str]] = read_yaml("app.recognition.data", "verbs.yaml")
    return forms


def verb_forms(verb: str) -> set[str]:
    """All forms of a verb, also those that no writer uses: a spare form harms nothing."""
    if verb in _irregular():
        return set(_irregular()[verb])
    forms = {verb, verb + "s", verb + "es", verb + "ed", verb + "ing", verb + "e"}
    if verb.endswith("e"):
        forms |= {verb + "d", verb[:-1] + "ing"}
    elif verb.endswith("y"):
        forms |= {verb[:-1] + "ied", verb[:-1] + "ies"}
    else:
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


def _noun_forms(noun: str) -> set[str]:
    if noun.endswith("y"):
        return {noun, noun[:-1] + "ies"}
    return {noun, noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")}


def _forms(word: str) -> set[str]:
    spellings = [word.replace("[sz]", letter) for letter in "sz"] if "[sz]" in word else [word]
    forms: set[str] = set()
    for spelling in spellings:
        if spelling.endswith("+"):
            forms |= verb_forms(spelling[:-1])
        elif spelling.endswith("*"):
            forms |= _noun_forms(spelling[:-1])
        else:
            forms.add(spelling)
    return forms


def _word(text: str, classes: Mapping[str, frozenset[str]]) -> Word:
    forms: set[str] = set()
    for part in filter(None, text.split("|")):
        if part.startswith("<") and part not in {"<place>", "<number>"}:
            forms |= classes[part[1:-1]]
        elif not part.startswith("<"):
            forms |= _forms(part)
    return Word(frozenset(forms), "<place>" in text, "<number>" in text)


def _hyphened(text: str, classes: Mapping[str, frozenset[str]]) -> tuple[Element, ...]:
    """The words of "cross-border" as tokens stand: cross, -, border. A mark belongs to the last of them."""
    return tuple(_word(part, classes) for part in re.split(r"(?<=\w)(-)(?=\w)", text))


def _either(text: str, classes: Mapping[str, frozenset[str]]) -> tuple[Element, ...]:
    """One piece of a pattern: a word, or a choice where some of its alternatives hold a hyphen."""
    joined = [part for part in text.split("|") if re.search(r"\w-\w", part)]
    plain = "|".join(part for part in text.split("|") if part not in joined)
    sequences = [_hyphened(part, classes) for part in joined]
    if plain:
        sequences.append((_word(plain, classes),))
    return sequences[0] if len(sequences) == 1 else (Choice(tuple(sequences), optional=False),)


def _sequence(text: str, classes: Mapping[str, frozenset[str]]) -> tuple[Element, ...]:
    elements: list[Element] = []
    for group, mark, piece in _PIECES.findall(text):
        if piece.startswith("~"):
            elements.append(Gap(int(piece[1:])))
        elif piece:
            elements.extend(_either(piece, classes))
        else:
            choices = tuple(_sequence(choice, classes) for choice in group.split("|"))
            elements.append(Choice(choices, optional=bool(mark) or "|" not in group))
    return tuple(elements)


def parse(text: str, classes: Mapping[str, frozenset[str]]) -> Pattern:
    """A pattern of the notation; raises KeyError for a class that the lexicon lacks."""
    left, _, rest = text.rpartition("\\")
    body, _, right = rest.partition("/")
    parts = _sequence(left, classes), _sequence(body, classes), _sequence(right, classes)
    needs = [*_asked(parts[0]), *_asked(parts[1][1:]), *_asked(parts[2])]
    return Pattern(*parts, text, tuple(sorted(needs, key=len)))


def _asked(elements: Sequence[Element]) -> Iterator[frozenset[str]]:
    """For each word that a match cannot do without the forms it may have."""
    for element in elements:
        if isinstance(element, Word):
            if not element.place and not element.number:
                yield element.forms
        elif isinstance(element, Choice) and not element.optional:
            firsts = [next(_asked(sequence), None) for sequence in element.sequences]
            if None not in firsts:
                yield frozenset[str]().union(*filter(None, firsts))


def first_forms(elements: Sequence[Element]) -> set[str]:
    """Every word with which a match of the elements can begin."""
    forms: set[str] = set()
    for element in elements:
        if isinstance(element, Word):
            return forms | element.forms
        if isinstance(element, Gap):
            raise TypeError("a pattern must not begin with a gap")
        for sequence in element.sequences:
            forms |= first_forms(sequence)
        if not element.optional:
            return forms
    return forms


@dataclass(frozen=True, slots=True)
class View:
    """The tokens of a sentence as patterns see them."""

    tokens: Sequence[Token]
    places: frozenset[int]
    """Numbers of the tokens that stand inside a place name."""
    words: frozenset[str] = field(init=False, repr=False)
    """All words of the sentence."""

    def __post_init__(self) -> None:
        """Gather the words, once a sentence."""
        object.__setattr__(self, "words", frozenset(token.lower for token in self.tokens))


def _is(view: View, index: int, word: Word) -> bool:
    token = view.tokens[index]
    if token.lower in word.forms:
        return True
    if word.place and index in view.places:
        return True
    return word.number and (token.is_number or token.lower in _NUMBER_WORDS)


def _ends(view: View, index: int, elements: Sequence[Element], step: int) -> Iterator[int]:
    """Positions after a match of the elements that starts at `index`, nearest first; `step` -1 reads backwards."""
    if not elements:
        yield index
        return
    element, rest = elements[0], elements[1:]
    if isinstance(element, Word):
        if 0 <= index < len(view.tokens) and _is(view, index, element):
            yield from _ends(view, index + step, rest, step)
        return
    if isinstance(element, Choice):
        for sequence in element.sequences:
            for after in _ends(view, index, sequence if step > 0 else sequence[::-1], step):
                yield from _ends(view, after, rest, step)
        if element.optional:
            yield from _ends(view, index, rest, step)
        return
    skipped = 0
    while 0 <= index < len(view.tokens):
        yield from _ends(view, index, rest, step)
        token = view.tokens[index]
        if token.text in _STOPS:
            return
        skipped += token.is_word or token.is_number
        if skipped > element.most:
            return
        index += step


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched, in token numbers; `start` and `end` (exclusive) take in its left and right context."""

    start: int
    body_end: int
    end: int


def find_match(view: View, index: int, pattern: Pattern) -> Match | None:
    """The nearest match whose body begins at `index`, or None."""
    if any(forms.isdisjoint(view.words) for forms in pattern.needs):
        return None
    for body_end in _ends(view, index, pattern.body, 1):
        end = next(_ends(view, body_end, pattern.right, 1), None)
        if end is None:
            continue
        before = next(_ends(view, index - 1, pattern.left[::-1], -1), None)
        if before is not None:
            return Match(before + 1, body_end, end)
    return None


def match(view: View, index: int, pattern: Pattern) -> int | None:
    """End (exclusive token number) of the pattern's body when it matches with its contexts at `index`."""
    found = find_match(view, index, pattern)
    return found.body_end if found else None
