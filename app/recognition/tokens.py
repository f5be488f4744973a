"""Tokens and sentences with exact code-point offsets into the text that the caller sent."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.datafiles import read_yaml

APOSTROPHES = "'’ʼ‘`´ʻʾʿ‛′ʹʽˈ＇ꞌ"
_LINK = r"(?P<link>(?:https?://|www\.)\S+|(?<![^\W_])@\w+)"
"""An address or a handle (@UN_Syria) is one thing and holds no words."""
_WORDS = (
    rf"(?P<number>\d+(?:[.,]\d{{3}})*(?:\.\d+)?(?:st|nd|rd|th)?\b)"
    r"|(?P<word>(?:[A-Z]\.){2,}"
    rf"|[^\W_]+(?:[\u0300-\u036f\u064b-\u065f]|[{APOSTROPHES}](?=[^\W\d_])(?![sS]\b)[^\W_]*|[^\W_])*)"
    rf"|(?P<possessive>[{APOSTROPHES}][sS]\b)"
    r"|(?P<other>\S)"
)
_WORD = re.compile(_WORDS)
_WORD_OR_LINK = re.compile(f"{_LINK}|{_WORDS}")
_MAY_BE_LINK = re.compile(r"@\w|://|[wW]{3}\.")
_LINE_BREAK = re.compile(r"[\n\r]\s*")
_SENTENCE_END = re.compile(
    r"(?<![.!?…。؟۔])[.!?…。؟۔]++[\"'”’»)\]]*+(?=\s|$|(?<=[^\W\d_A-Z]{2}[.!?…])[A-Z][^\W\d_A-Z])"
)
MAX_SENTENCE = 1000
"""Characters of the longest sentence; a longer stretch without a full stop is no prose and is cut at a white space."""
_NEIGHBOURHOOD = 20
"""Characters on either side of a full stop that tell whether it ends a sentence."""
_BULLET = re.compile(r"\s*(?:[-–—•*·▪]|\(?\d{1,2}[.)])\s+")


class Token(NamedTuple):
    """One word, number, possessive mark, address or punctuation character of the text."""

    start: int
    end: int
    text: str
    """As the text writes it; in text of one case only, with the capital that a newspaper would have written."""
    lower: str
    is_word: bool
    is_number: bool
    is_capital: bool
    """The word starts with a capital letter."""

    @property
    def is_upper(self) -> bool:
        """The word has at least two letters, all of them capitals."""
        return self.is_capital and len(self.text) > 1 and self.text.isupper()

    def written(self, text: str) -> "Token":
        """The same word in other letters."""
        return self._replace(text=text, is_capital=self.is_word and text[0].isupper())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets, its tokens, its number in the article and that of its paragraph."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    index: int
    paragraph: int

    def between(self, start: int, end: int) -> Sequence[Token]:
        """Tokens that lie wholly inside [start, end)."""
        return [token for token in self.tokens if token.start >= start and token.end <= end]


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    groups: dict[str, list[str]] = read_yaml("app.recognition.data", "abbreviations.yaml")
    return frozenset(word.casefold() for words in groups.values() for word in words)


def _is_tag(text: str, start: int) -> bool:
    """The word that starts here is a hashtag."""
    return 0 < start < len(text) and text[start - 1] == "#" and text[start].isalpha()


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Tokens of `text[start:end]`. Hyphens split words, apostrophes inside a name (Dara'a) do not."""
    tokens: list[Token] = []
    end = len(text) if end is None else end
    pattern = _WORD_OR_LINK if _MAY_BE_LINK.search(text, start, end) else _WORD
    for match in pattern.finditer(text, start, end):
        word = match.group()
        kind = match.lastgroup
        if word == "#" and _is_tag(text, match.end()):
            # "#Aleppo" reads as Aleppo; "#Aleppo #Syria" as a list.
            if not tokens or not tokens[-1].is_word or not _is_tag(text, tokens[-1].start):
                continue
            word = ","
        is_word = kind == "word"
        capital = is_word and word[0].isupper()
        tokens.append(Token(*match.span(), word, word.lower(), is_word, kind == "number", capital))
    return tokens


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for gap in _LINE_BREAK.finditer(text):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _ends_sentence(text: str, paragraph: tuple[int, int], match: re.Match[str]) -> bool:
    """False for the full stop of an abbreviation, an initial, or one before a word in lower case."""
    rest = text[match.end() : min(paragraph[1], match.end() + _NEIGHBOURHOOD)].lstrip()
    if not rest:
        return True
    if not match.group().startswith("."):
        return not rest[0].islower()
    if rest[0].islower():
        return False
    last = re.search(r"[\w.]*$", text[max(paragraph[0], match.start() - _NEIGHBOURHOOD) : match.start()])
    word = last.group().casefold() if last else ""
    if word in _abbreviations():
        return False
    return not (len(word) == 1 and word.isalpha())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """[start, end) in pieces of at most MAX_SENTENCE characters, so that rules on one sentence stay quick."""
    while end - start > MAX_SENTENCE:
        cut = start + MAX_SENTENCE
        space = next((at for at in range(cut, start + MAX_SENTENCE // 2, -1) if text[at].isspace()), cut)
        yield start, space
        start = space
    yield start, end


def split_sentences(text: str) -> list[Sentence]:
    """Sentences of the text in order, none longer than MAX_SENTENCE. A line break always ends a sentence; offsets never
    include outer white space."""
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(_paragraphs(text)):
        bullet = _BULLET.match(text, *paragraph)
        start = bullet.end() if bullet else paragraph[0]
        ends = [
            m.end() for m in _SENTENCE_END.finditer(text, start, paragraph[1]) if _ends_sentence(text, paragraph, m)
        ]
        for end in [*ends, paragraph[1]]:
            for first, last in _pieces(text, start, end):
                piece = text[first:last]
                a = first + len(piece) - len(piece.lstrip())
                b = first + len(piece.rstrip())
                if a < b:
                    sentences.append(Sentence(a, b, tuple(tokenize(text, a, b)), len(sentences), number))
            start = end
    return sentences
