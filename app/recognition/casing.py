"""Text of one case only (a headline in CAPITALS, A Title In Title Case, a tweet in small letters) with the capitals
that a newspaper would have written, so that every later step reads it like any other text.

The gazetteer says which words may be names; what they stand beside says whether it is safe to take them for one:

1. Countries, capitals, first-level units and cities are names wherever they stand; smaller towns in small letters only
   behind a word such as "in" or "near".
2. A name that is also an English word ("nice", "split", "reading") or a person's is one only where the words around ask
   for a place: behind "in" and before ", france"; of several words one at least must be no English word.
3. In capitals and in titles any other word that is no English one keeps its capital: who reads on decides.

Offsets stay what they were: only `Token.text` changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from app.domain.places import Candidate, PlaceIndex
from app.recognition.actors import acronyms
from app.recognition.features import place_class
from app.recognition.tokens import Sentence, Token
from app.recognition.words import any_of, words

Style = Literal["capitals", "title", "small"]
MOST_CAPITALS = 0.7
"""Share of capital letters from which on a sentence is written in capitals."""
_TITLE_LETTERS = 0.1
"""Share of capital letters from which on a sentence may be a title: a look at its words tells."""
_TITLE_WORDS = 0.7
_LEAST_ORDINARY = 2
"""English words with a capital inside a sentence that make it a title."""
_SMALL_TEXT = 0.06
"""Share of words with a capital up to which a text is written in small letters."""
_LONGEST_NAME = 5
_JOINTS = {"-", "‑", "'", "’", "."}
_FAMOUS = {"country", "capital", "unit", "large", "city"}
_LOCATIVE = {
    "in",
    "near",
    "at",
    "from",
    "outside",
    "around",
    "across",
    "inside",
    "into",
    "towards",
    "toward",
    "within",
    "leaves",
}
_TOWARDS_PLACE = _LOCATIVE | {"to", "on", "of", "over", "for", "between", "against", "and", "via"}
_ENDINGS = ("'s", "’s", "s", "es", "ed", "d", "ing", "er", "ly")


@lru_cache(maxsize=50_000)
def is_ordinary(word: str) -> bool:
    """An English word that is written small, plain or with an ending; `word` is in lower case."""
    lists = words()
    if word in lists.small or word in lists.common or word in lists.group("never") or word in lists.features:
        return True
    return any(len(word) > len(end) + 2 and word.endswith(end) and word[: -len(end)] in lists.small for end in _ENDINGS)


def _is_mark(token: Token) -> bool:
    """ "I", or an abbreviation such as UN, RT, USA: they are written large in small text, too."""
    return len(token.text) <= 4 and token.text.isupper()


def _is_small_text(sentences: Sequence[Sentence], text: str) -> bool:
    """Hardly a word of the whole text has a capital, hashtags and abbreviations left aside."""
    most = _SMALL_TEXT * sum(len(sentence.tokens) for sentence in sentences)
    total = capitals = 0
    for sentence in sentences:
        for token in sentence.tokens:
            first = token.text[0]
            if first.isupper() and token.is_word and not _is_mark(token) and text[token.start - 1 : token.start] != "#":
                capitals += 1
                if capitals > most:
                    return False
            total += token.is_word and first.islower()
    return total > 0 and capitals <= _SMALL_TEXT * (total + capitals)


def _style(sentence: Sentence, text: str) -> Style | None:
    """How the sentence is written, where that is not as in running text."""
    piece = text[sentence.start : sentence.end]
    upper = sum(map(str.isupper, piece))
    if upper < 4:
        return None
    letters = upper + sum(map(str.islower, piece))
    if upper < _TITLE_LETTERS * letters:
        return None
    tokens = [token for token in sentence.tokens if token.is_word and token.text.isascii()]
    if upper >= MOST_CAPITALS * letters:
        return "capitals" if len(tokens) >= 2 and any(is_ordinary(t.lower) for t in tokens) else None
    inner = [token for token in tokens[1:] if len(token.text) > 1]
    ordinary = sum(token.is_capital and is_ordinary(token.lower) for token in inner)
    capitals = sum(token.is_capital for token in inner)
    small_nouns = any(not t.is_capital and len(t.text) > 4 and t.lower not in words().group("skipped") for t in inner)
    if ordinary >= _LEAST_ORDINARY and capitals >= _TITLE_WORDS * len(inner) and not small_nouns:
        return "title"
    return None


def _runs(sentence: Sentence, text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of up to five words that may be a name: first and last token, and the words."""
    tokens = sentence.tokens
    for first, token in enumerate(tokens):
        if not token.is_word or not token.text[0].isascii():
            continue
        count, last = 0, first
        while last < len(tokens) and count < _LONGEST_NAME:
            here = tokens[last]
            if here.is_word:
                count += 1
                yield first, last, text[token.start : here.end]
            elif (
                here.text not in _JOINTS
                or here.end - here.start != 1
                or last + 1 == len(tokens)
                or tokens[last + 1].start != here.end
                or tokens[last - 1].end != here.start
            ):
                break
            last += 1


def _names(sentence: Sentence, first: int, last: int) -> list[Token]:
    return [token for token in sentence.tokens[first : last + 1] if token.is_word]


def _may_be_name(sentence: Sentence, first: int, last: int) -> bool:
    """Neither end is a little word, and not all of it is plain English of the commonest kind."""
    lists, ends = words(), (sentence.tokens[first].lower, sentence.tokens[last].lower)
    little = any_of("skipped", "locative", "phrase_breaks")
    if first == last:
        return len(ends[0]) > 1
    if ends[1] in little:
        return False
    if ends[0] not in little or ends[0] in lists.group("directions"):
        return True
    # "as-Suwayda", but "at Ashkelon"
    return ends[0] in lists.group("articles") and not sentence.tokens[first + 1].is_word


class _Reader:
    """Decides for one sentence which of its words are names."""

    def __init__(self, sentence: Sentence, text: str, style: Style, found: Mapping[str, Sequence[Candidate]]) -> None:
        self.sentence, self.text, self.style, self.found = sentence, text, style, found
        self.tokens = sentence.tokens
        self.grounded = -9
        """Last token of the latest name that stands behind "in" or the like."""
        lists = words()
        self.connectors, self.persons, self.demonyms = lists.group("connectors"), lists.persons, lists.demonyms
        self.candidates: dict[tuple[int, int], Sequence[Candidate]] = {}
        for first, last, name in _runs(sentence, text):
            if _may_be_name(sentence, first, last) and found.get(name):
                self.candidates[first, last] = found[name]

    def _word(self, index: int) -> str:
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def _is_before_holder(self, last: int) -> bool:
        """ ", france" or ", texas" follows."""
        if self._word(last + 1) != ",":
            return False
        return any(
            place_class(self.candidates[last + 2, end]) in {"country", "unit"}
            for end in range(last + 2, last + 5)
            if (last + 2, end) in self.candidates
        )

    def is_safe(self, first: int, last: int) -> bool:
        """The stretch is the name of a place, here."""
        candidates = [c for c in self.candidates[first, last] if c.how in {"name", "alternate"}]
        if not candidates:
            candidates = [c for c in self.candidates[first, last] if self._word(first) in words().group("articles")]
        if not candidates:
            return False
        rank, names = place_class(candidates), _names(self.sentence, first, last)
        before = self._word(first - 1)
        if before in {"the", "greater", "northern", "southern", "eastern", "western"}:
            before = self._word(first - 2)
        if len(names) > 1:
            if all(is_ordinary(t.lower) or t.lower in self.connectors for t in names):
                return rank in {"country", "unit", "capital"} and any(c.how == "name" for c in candidates)
            return rank in _FAMOUS or self.style != "small" or self._is_on_ground(first)
        word = names[0].lower
        if is_ordinary(word):
            plain = [c for c in candidates if c.how == "name"]
            if plain and place_class(plain) in _FAMOUS:
                return self._is_on_ground(first) and self._is_before_holder(last)
            if word == "us" and self._is_united_states(first):
                return True
            return (
                rank == "country" and len(word) <= 3 and self._word(first - 1) == "the" and self._is_acronym(candidates)
            )
        if rank == "country" and len(word) <= 3:
            return self._is_acronym(candidates)
        if len(word) <= 3 and not self._is_on_ground(first):
            return False
        if word in self.demonyms and rank != "country":
            return False
        if word in self.persons and rank not in {"country", "capital"}:
            return (
                rank in _FAMOUS
                and (before in _TOWARDS_PLACE or self._is_before_holder(last))
                and not self._is_person(last)
            )
        if self._is_person(last):
            return before in _LOCATIVE
        if rank in _FAMOUS:
            return True
        return self._is_on_ground(first) and rank not in {"spot", "nature"}

    @staticmethod
    def _is_acronym(candidates: Sequence[Candidate]) -> bool:
        return any(c.matched.replace(".", "").isupper() for c in candidates if c.place.is_country)

    def _is_on_ground(self, first: int) -> bool:
        """Behind "in", "captured" or, in a list, behind another name that is."""
        before = self._word(first - 1)
        if before in {"and", "or", ",", "/"} and first - 2 == self.grounded:
            return True
        return before in _LOCATIVE or before in words().group("place_verbs")

    def _is_person(self, last: int) -> bool:
        """A name of a person, and a surname behind it."""
        following = self._word(last + 1)
        return (
            self.persons.get(self._word(last), 0) >= 4
            and bool(self.persons.get(following, 0) % 4)
            and not is_ordinary(following)
        )

    def _is_united_states(self, index: int) -> bool:
        """ "US" in capitals is the country but behind a verb or a preposition at the end of what is said: "JOIN US"."""
        if self.style == "small":
            return False
        following = self._word(index + 1)
        return bool(following) and following[0].isalpha() and following not in words().group("phrase_breaks")

    def names(self) -> dict[int, int]:
        """First and last token of each name, the longest at each place first."""
        out: dict[int, int] = {}
        ends: dict[int, list[int]] = {}
        for first, last in self.candidates:
            ends.setdefault(first, []).append(last)
        position = 0
        for first in sorted(ends):
            if first < position:
                continue
            for last in sorted(ends[first], reverse=True):
                if self.is_safe(first, last):
                    if self._is_on_ground(first):
                        self.grounded = last
                    out[first] = last
                    position = last + 1
                    break
        return out

    def written(self) -> list[Token]:
        """The tokens with the capitals of running text."""
        names = self.names()
        inside: dict[int, bool] = {}
        for first, last in names.items():
            for index in range(first, last + 1):
                small = first < index and self._word(index) in self.connectors
                inside[index] = not small
        out: list[Token] = []
        for index, token in enumerate(self.tokens):
            if not token.is_word or (not token.text.isascii() and token.lower == token.text.upper()):
                out.append(token)
            elif index in inside:
                out.append(token.written(self._capital(token) if inside[index] else token.lower))
            else:
                out.append(token.written(self._other(index, token)))
        return out

    @staticmethod
    def _capital(token: Token) -> str:
        """Short names of countries stay in capitals: UK, UAE."""
        word = token.lower
        if (len(word) <= 3 and is_ordinary(word)) or (len(word) <= 3 and not any(vowel in word for vowel in "aeiouy")):
            return token.text.upper()
        if "." in word:
            return token.text.upper()
        return word.capitalize()

    def _other(self, index: int, token: Token) -> str:
        """A word that is no sure name of a place."""
        word = token.lower
        if word in self.demonyms and not is_ordinary(word):
            return word.capitalize()
        if self.style == "small":
            return token.text
        if word in acronyms() and word not in words().small:
            return token.text.upper()
        if index == 0:
            return word.capitalize()
        if not token.is_capital:
            return token.text
        if word.capitalize() in words().titles and not is_ordinary(self._word(index + 1)):
            return word.capitalize()
        if is_ordinary(word):
            return word
        known = (index, index) in self.candidates or word in self.persons
        return word.capitalize() if known or self._word(index - 1) in _LOCATIVE or self.style == "title" else word


def as_printed(sentences: Sequence[Sentence], text: str, places: PlaceIndex) -> Sequence[Sentence]:
    """The sentences, those of one case only with the capitals of running text."""
    if text.islower() or _is_small_text(sentences, text):
        styles: dict[int, Style] = {sentence.index: "small" for sentence in sentences}
    else:
        styles = {s.index: style for s in sentences if (style := _style(s, text)) is not None}
    if not styles:
        return sentences
    wanted = {
        name
        for sentence in sentences
        if sentence.index in styles
        for first, last, name in _runs(sentence, text)
        if _may_be_name(sentence, first, last)
    }
    found = places.lookup(wanted)
    return [
        replace(s, tokens=tuple(_Reader(s, text, styles[s.index], found).written())) if s.index in styles else s
        for s in sentences
    ]
