"""Names in passages that are not English: the gazetteer proposes, the script and the words beside a name decide.

1. Other scripts (Russian, Ukrainian, Arabic, Persian, Hebrew...): every stretch of up to three words is asked for as it
   stands, then without what the language attaches to names (inflections.csv): "в Донецке", "بحلب".
2. Sentences in French, Spanish, German, Italian or Portuguese: every capitalised stretch, also without its article
   ("l'Ukraine") or its ending ("Syriens").
3. Countries, capitals, first-level units and cities are names wherever they stand; what is smaller only behind a word
   for "in" or for "the town of".

Roles and kinds are not read in these languages: each mention is a place that is merely mentioned.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from app.domain.places import Candidate, PlaceIndex
from app.recognition.features import place_class
from app.recognition.mentions import Mention, read_cues
from app.recognition.passages import (
    LATIN_LANGUAGES,
    NOT_LATIN,
    Language,
    has_other_script,
    inner_language,
    languages,
    passages,
)
from app.recognition.tokens import Sentence, Token

_RANKS = ("village", "spot", "nature", "small", "town", "city", "large", "unit", "capital", "country")
_FAMOUS = _RANKS.index("city")
_SURE = _RANKS.index("unit")
_TOWN = _RANKS.index("small")
_BEFORE_ITEM = {":", ",", "(", ";", "،", "–", "—"}
_BEHIND_ITEM = {",", ".", ")", ";", "،", "؛"}
_MOST_WORDS = 3
_MOST_FORMS = 24
_LEAST_STEM = 3
_SCORES = {True: 0.97, False: 0.9}
"""Belief in a famous name and in one that only the words beside it make a place."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words first..last of a sentence, from character `start` on, with the forms to ask the gazetteer for."""

    sentence: Sentence
    language: Language
    first: int
    last: int
    start: int
    forms: tuple[str, ...]
    attached: bool
    """A word for "in", "to", "and" is attached to the name."""

    @property
    def end(self) -> int:
        return self.sentence.tokens[self.last].end

    @property
    def tokens(self) -> Sequence[Token]:
        return self.sentence.tokens[self.first : self.last + 1]


def _word_forms(word: str, language: Language) -> list[str]:
    """The word, then what it may be in the gazetteer's form."""
    out = [word]
    lower = word.lower()
    for size in (3, 2, 1):
        if len(lower) - size < _LEAST_STEM - 1:
            continue
        for read in language.suffixes.get(lower[-size:], ()):
            if len(lower) - size + len(read) >= _LEAST_STEM:
                out.append(word[:-size] + read)
    if language.suffixes and "" in language.suffixes:
        out += [word + read for read in language.suffixes[""]]
    return list(dict.fromkeys(out))


def _forms(words: Sequence[str], gaps: Sequence[str], language: Language) -> tuple[str, ...]:
    if not language.suffixes:
        return (_joined(words, gaps),)
    choices = [_word_forms(word, language) for word in words]
    return tuple(dict.fromkeys(_joined(form, gaps) for form in islice(product(*choices), _MOST_FORMS * len(words))))


def _joined(words: Sequence[str], gaps: Sequence[str]) -> str:
    return "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))


def _is_start(token: Token, language: Language) -> bool:
    """The word may begin a name: it has a capital where the script knows them, and is no little word."""
    if not token.is_word or token.lower in language.function_words:
        return False
    return token.is_capital or token.lower == token.text.upper() or _after_prefix(token, language)


def _after_prefix(token: Token, language: Language) -> bool:
    """ "l'Ukraine": a capital behind the attached article."""
    return any(
        token.lower.startswith(written) and token.text[len(written) : len(written) + 1].isupper()
        for written, _ in language.prefixes
    )


def _stretches(sentence: Sentence, text: str, language: Language, *, only_strange: bool) -> Iterator[_Stretch]:
    """Stretches of words that may be names; `only_strange`: those of another script inside an English sentence."""
    tokens = sentence.tokens
    for first, token in enumerate(tokens):
        if not _is_start(token, language) or (only_strange and not NOT_LATIN.match(token.text)):
            continue
        words: list[str] = []
        gaps: list[str] = []
        last = first
        while len(words) < _MOST_WORDS and last < len(tokens):
            here = tokens[last]
            if not here.is_word or (words and not _goes_on(here, tokens[last - 1])):
                break
            words.append(here.text)
            yield from _readings(sentence, language, first, last, words, gaps)
            if last + 1 == len(tokens):
                break
            step = 2 if tokens[last + 1].text in {"-", "‑"} and tokens[last + 1].start == here.end else 1
            if last + step >= len(tokens):
                break
            gaps.append(text[here.end : tokens[last + step].start])
            if gaps[-1].strip(" -‑\n"):
                break
            last += step


def _goes_on(token: Token, before: Token) -> bool:
    """A further word of a name: with a capital, or a noun or a little word of three letters at least (область, на)."""
    if token.is_capital or token.lower == token.text.upper() or not before.is_word:
        return True
    return len(token.text) >= 4


def _readings(
    sentence: Sentence, language: Language, first: int, last: int, words: Sequence[str], gaps: Sequence[str]
) -> Iterator[_Stretch]:
    start = sentence.tokens[first].start
    yield _Stretch(sentence, language, first, last, start, _forms(words, gaps, language), attached=False)
    head = words[0]
    lower = head.lower()
    for written, read in language.prefixes:
        rest = head[len(written) :]
        if not lower.startswith(written) or len(read) + len(rest) < _LEAST_STEM:
            continue
        if language.function_words and not rest[:1].isupper():  # a script with capitals: l'Ukraine, not l'armée
            continue
        forms = _forms([read + rest, *words[1:]], gaps, language)
        yield _Stretch(sentence, language, first, last, start + len(written), forms, attached=True)


class _Reader:
    """Chooses among the stretches of one text."""

    def __init__(self, text: str, found: Mapping[str, Sequence[Candidate]]) -> None:
        self.text, self.found = text, found

    def meaning(self, stretch: _Stretch) -> tuple[int, tuple[Candidate, ...]]:
        """The best rank among the forms, and its candidates; the form as written goes first."""
        best: tuple[int, tuple[Candidate, ...]] = (-1, ())
        for form in stretch.forms:
            candidates = tuple(c for c in self.found.get(form, ()) if c.how in {"name", "alternate"})
            if candidates:
                rank = _RANKS.index(place_class(candidates))
                if rank > best[0] or (form == stretch.forms[0] and rank >= _FAMOUS):
                    best = rank, candidates
                if form == stretch.forms[0] and rank >= _FAMOUS:
                    break
        return best

    def accepts(self, stretch: _Stretch, rank: int) -> bool:
        """The stretch is a name here."""
        language, tokens = stretch.language, stretch.sentence.tokens
        words = [token.lower for token in stretch.tokens if token.is_word]
        name = stretch.sentence.tokens[stretch.first].text[stretch.start - tokens[stretch.first].start :].lower()
        before = tokens[stretch.first - 1].lower if stretch.first else ""
        noun = bool(before) and any(
            before.startswith(stem) and len(before) <= len(stem) + 3 for stem in language.place_nouns
        )
        locative = before in language.locative or noun
        if len(words) == 1:
            if any(f.lower() in language.no_places for f in stretch.forms) or name in language.no_places:
                return noun
            if len(name) < 3 and rank < _SURE:
                return False
            if any(f.lower() in language.given_names for f in stretch.forms) and self._beside_capital(stretch):
                return noun
        if rank >= _SURE:
            return True
        if stretch.attached:
            return rank >= _FAMOUS
        if rank >= _FAMOUS:
            return locative or len(words) > 1 or not self._beside_capital(stretch)
        if rank >= _TOWN and self._stands_alone(stretch):
            return True
        if not locative or self._continues(stretch):
            return False
        return noun or rank > 0 or len(name) >= 4

    @staticmethod
    def _beside_capital(stretch: _Stretch) -> bool:
        tokens = stretch.sentence.tokens
        right = stretch.last + 1 < len(tokens) and tokens[stretch.last + 1].is_capital
        left = stretch.first > 1 and tokens[stretch.first - 1].is_capital
        return right or left

    @staticmethod
    def _stands_alone(stretch: _Stretch) -> bool:
        """ "Shelling: Bakhmut, Ukraine": between two marks, as an item of a list."""
        tokens = stretch.sentence.tokens
        left = tokens[stretch.first - 1].text if stretch.first else ""
        right = tokens[stretch.last + 1].text if stretch.last + 1 < len(tokens) else "."
        return left in _BEFORE_ITEM and right in _BEHIND_ITEM

    @staticmethod
    def _continues(stretch: _Stretch) -> bool:
        """Another capitalised word follows: a piece of a longer name that nobody knows."""
        tokens = stretch.sentence.tokens
        return stretch.last + 1 < len(tokens) and tokens[stretch.last + 1].is_capital

    def mentions(self, stretches: Sequence[_Stretch]) -> Iterator[Mention]:
        """Mentions of one sentence; the longest at each place, as written before any other form."""
        position = 0
        for stretch in sorted(stretches, key=lambda s: (s.first, -s.last, s.start)):
            if stretch.first < position:
                continue
            rank, candidates = self.meaning(stretch)
            if rank >= 0 and self.accepts(stretch, rank):
                yield _mention(stretch, self.text, candidates, rank)
                position = stretch.last + 1


def _mention(stretch: _Stretch, text: str, candidates: tuple[Candidate, ...], rank: int) -> Mention:
    sentence = stretch.sentence
    before = sentence.tokens[stretch.first - 1].lower if stretch.first else ""
    on_ground = stretch.attached or before in stretch.language.locative
    cues = read_cues(sentence, stretch.first, stretch.last)
    return Mention(
        stretch.start, stretch.end, text[stretch.start : stretch.end], sentence, "literal", "mention",
        replace(cues, locative=on_ground),
        candidates, None, _SCORES[rank >= _FAMOUS], language=stretch.language.code,
    )  # fmt: skip


def with_foreign(
    mentions: Sequence[Mention],
    text: str,
    sentences: Sequence[Sentence],
    places: PlaceIndex,
    spoken: Mapping[int, str] | None = None,
) -> list[Mention]:
    """The mentions with those of passages in other languages; where both know one, these go first.

    `spoken`: what `passages` says of the text, where it was asked already.
    """
    spoken = passages(sentences, text) if spoken is None else spoken
    mixed = has_other_script(text)
    if not spoken and not mixed:
        return list(mentions)
    table = languages()
    plain = Language("", *(frozenset[str](),) * 2, (), *(frozenset[str](),) * 2, (), {})
    stretches: list[list[_Stretch]] = []
    for sentence in sentences:
        code = spoken.get(sentence.index)
        if code is not None:
            language = table.get(code) or replace(plain, code=code)
            stretches.append(list(_stretches(sentence, text, language, only_strange=False)))
        elif mixed and (code := inner_language(text, sentence.start, sentence.end)) is not None:
            language = table.get(code) or replace(plain, code=code)
            stretches.append(list(_stretches(sentence, text, language, only_strange=True)))
    wanted = {form for group in stretches for stretch in group for form in stretch.forms}
    reader = _Reader(text, places.lookup(wanted))
    foreign = [mention for group in stretches for mention in reader.mentions(group)]
    own = [own for m in mentions if (own := _own(m, spoken.get(m.sentence.index), foreign_script=mixed)) is not None]
    starts = [m.start for m in foreign]
    return sorted([*foreign, *(m for m in own if not _overlaps(m, foreign, starts))], key=lambda mention: mention.start)


def _own(mention: Mention, code: str | None, *, foreign_script: bool) -> Mention | None:
    """What the English recogniser found in a passage: in another script only Latin names of a town at least."""
    if code is None:
        return mention
    if foreign_script and NOT_LATIN.search(mention.text):
        return None
    if code not in LATIN_LANGUAGES and (
        not mention.candidates or _RANKS.index(place_class(mention.candidates)) < _FAMOUS
    ):
        return None
    return replace(mention, language=code)


def _overlaps(mention: Mention, others: Sequence[Mention], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, mention.end) - 1
    return at >= 0 and others[at].end > mention.start
