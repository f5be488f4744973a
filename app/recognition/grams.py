"""Stretches of words that may be a name: they start and end with a capital and hold only such words and connectors."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.recognition.tokens import Sentence, Token
from app.recognition.words import words

MAX_WORDS = 6
"""Words of the longest name that is looked up: Democratic Republic of the Congo."""
_WIDEST = 12
"""Tokens on either side of a name that may belong to a longer one: no name is longer."""
_HYPHENS = {"-", "‑", "‐", "–"}
_INNER = {"'", "’", "‘", "`", "."}


class Gram(NamedTuple):
    """Tokens first..last of a sentence as a possible name."""

    sentence: Sentence
    first: int
    last: int

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens of the stretch."""
        return self.sentence.tokens[self.first : self.last + 1]

    @property
    def start(self) -> int:
        """Offset of the first character in the text."""
        return self.sentence.tokens[self.first].start

    @property
    def end(self) -> int:
        """Offset behind the last character in the text."""
        return self.sentence.tokens[self.last].end

    @property
    def is_single(self) -> bool:
        """The stretch is one word."""
        return self.first == self.last

    def text(self, article: str) -> str:
        """The stretch as the article writes it."""
        return article[self.start : self.end]

    def widest(self) -> tuple[int, int]:
        """First and last token of the capitalised words around the gram without punctuation between them."""
        tokens, first, last = self.sentence.tokens, self.first, self.last
        while (
            self.first - first < _WIDEST
            and first > 0
            and (tokens[first - 1].is_capital or (tokens[first - 1].text in _HYPHENS and is_joined(tokens, first)))
        ):
            first -= 1
        while (
            last - self.last < _WIDEST
            and last + 1 < len(tokens)
            and (tokens[last + 1].is_capital or (tokens[last + 1].text in _HYPHENS and is_joined(tokens, last + 2)))
        ):
            last += 1
        return first, last

    def with_feature(self, article: str) -> str | None:
        """The name with the small feature words behind it, "Nassib border crossing", as the article writes them."""
        tokens, features = self.sentence.tokens, words().features
        for index in range(self.last + 1, min(self.last + 4, len(tokens))):
            token = tokens[index]
            if token.lower in features and not token.is_capital:
                return article[self.start : token.end]
            if not token.is_word or token.lower not in words().group("feature_fill"):
                return None
        return None

    def extended(self) -> "Gram":
        """The name with the capitalised feature words behind it: "Aba Island", "Kaduna International Airport"."""
        tokens, last = self.sentence.tokens, self.last
        while last + 1 < len(tokens) and tokens[last + 1].is_capital:
            if tokens[last + 1].lower not in words().group("name_ends"):
                break
            last += 1
        return Gram(self.sentence, self.first, last)


def is_joined(tokens: Sequence[Token], index: int) -> bool:
    """Token `index` stands right behind the hyphen before it, so that both are one written word."""
    return 1 <= index < len(tokens) and tokens[index - 1].end == tokens[index].start


def _is_uncased(token: Token) -> bool:
    """A word of a script without capitals (Arabic, Hebrew, Burmese...)."""
    return token.is_word and token.text.lower() == token.text.upper()


def _begins(tokens: Sequence[Token], index: int) -> bool:
    token, lists = tokens[index], words()
    if token.lower in lists.group("never"):
        alone = index + 1 == len(tokens) or not tokens[index + 1].is_word
        # "North Korea fired", "DR Congo": begins a name only together with what follows
        starts = token.lower in lists.group("name_starts") or (token.is_upper and len(token.text) > 1)
        if alone or not starts:
            return alone
        return tokens[index + 1].is_capital
    if token.is_capital or _is_uncased(token):
        return True
    hyphen = index + 2 < len(tokens) and tokens[index + 1].text in _HYPHENS and tokens[index + 2].is_capital
    return hyphen and token.lower in lists.group("articles")


def _continues(tokens: Sequence[Token], index: int) -> bool:
    """The word goes on after a hyphen (ez-Zor, al-Sham); the second place of "Abuja-Kaduna" does not."""
    if index < 2 or tokens[index - 1].text not in _HYPHENS or not is_joined(tokens, index):
        return False
    before = tokens[index - 2]
    return not before.is_capital or before.lower in words().group("connectors")


def grams_of(sentence: Sentence) -> Iterator[Gram]:
    """Every stretch of the sentence that may be a name, those of one start from short to long."""
    tokens, lists = sentence.tokens, words()
    for first in range(len(tokens)):
        if not _begins(tokens, first) or _continues(tokens, first):
            continue
        count = 0
        for last in range(first, min(len(tokens), first + 2 * MAX_WORDS)):
            token = tokens[last]
            if token.is_word:
                count += 1
                if count > MAX_WORDS:
                    break
                if last == first and token.lower in lists.group("articles") and is_joined(tokens, last + 1):
                    continue
                if token.is_capital or _is_uncased(token):
                    yield Gram(sentence, first, last)
                elif token.lower not in lists.group("connectors"):
                    # "Bab al-hawa", "Wad-madani": a small letter after a hyphen still belongs to the name
                    if not (last and tokens[last - 1].text in _HYPHENS):
                        break
                    yield Gram(sentence, first, last)
            elif (token.text in _HYPHENS and is_joined(tokens, last + 1)) or (
                token.text in _INNER and last + 1 < len(tokens) and tokens[last + 1].start == token.end
            ):
                continue
            else:
                break
