"""Text to mentions: gazetteer names with rules of capitals and context.

A rule recogniser behind the interface that a trained one can take over: `find_mentions(text, sentences, places)`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.places import Candidate, PlaceIndex
from app.recognition.mentions import Mention, read_cues
from app.recognition.tokens import Sentence, Token
from app.recognition.words import words

MAX_WORDS = 6
"""Words of the longest name that is looked up: Democratic Republic of the Congo."""
FAMOUS = 100_000
"""A settlement of this many people may be named without words that show a place."""

_HYPHENS = {"-", "‑", "‐", "–"}


@dataclass(frozen=True, slots=True)
class _Gram:
    """Tokens first..last of a sentence as a possible name."""

    sentence: Sentence
    first: int
    last: int

    @property
    def tokens(self) -> Sequence[Token]:
        return self.sentence.tokens[self.first : self.last + 1]

    def text(self, article: str) -> str:
        return article[self.sentence.tokens[self.first].start : self.sentence.tokens[self.last].end]


def _uncased(token: Token) -> bool:
    """A word of a script without capitals (Arabic, Hebrew, Burmese...)."""
    return token.is_word and token.text.lower() == token.text.upper()


def _begins(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.is_capital or _uncased(token):
        return True
    hyphen = index + 2 < len(tokens) and tokens[index + 1].text in _HYPHENS and tokens[index + 2].is_capital
    return hyphen and token.lower in words().group("articles")


def _grams(sentence: Sentence) -> Iterator[_Gram]:
    """Stretches that start and end with a capitalised word and hold nothing but such words and connectors."""
    tokens, connectors = sentence.tokens, words().group("connectors")
    for first in range(len(tokens)):
        if not _begins(tokens, first) or (first and tokens[first - 1].text in _HYPHENS and _joined(tokens, first)):
            continue
        count = 0
        for last in range(first, min(len(tokens), first + 2 * MAX_WORDS)):
            token = tokens[last]
            if token.is_word:
                count += 1
                if count > MAX_WORDS:
                    break
                if last == first and token.lower in words().group("articles") and _joined(tokens, last + 1):
                    continue
                if token.is_capital or _uncased(token):
                    yield _Gram(sentence, first, last)
                elif token.is_number or token.lower not in connectors:
                    # "Bab al-hawa", "Wad-madani": a small letter after a hyphen still belongs to the name
                    if not (last and tokens[last - 1].text in _HYPHENS):
                        break
                    yield _Gram(sentence, first, last)
            elif token.text in _HYPHENS and _joined(tokens, last + 1):
                continue
            elif token.text in {"'", "’", "‘", "`", "."} and last + 1 < len(tokens) and tokens[last + 1].start == token.end:
                continue
            else:
                break


def _joined(tokens: Sequence[Token], index: int) -> bool:
    """Token `index` follows a hyphen without white space, so that both are one written word."""
    return 2 <= index + 1 < len(tokens) + 1 and index < len(tokens) and tokens[index - 1].end == tokens[index].start


def _is_acronym_clash(gram: _Gram, found: Sequence[Candidate], shouting: bool) -> bool:
    """IS, US, AID: a short word in capitals is a place only where the gazetteer writes it in capitals as well."""
    only = gram.tokens[0]
    if gram.first != gram.last or not only.is_upper or len(only.text.replace(".", "")) > 4 or shouting:
        return False
    return not any(candidate.matched.replace(".", "").isupper() for candidate in found)


def _run(gram: _Gram) -> tuple[int, int]:
    """The widest stretch of capitalised words around the gram without punctuation between them."""
    tokens, first, last = gram.sentence.tokens, gram.first, gram.last
    while first > 0 and (tokens[first - 1].is_capital or (tokens[first - 1].text in _HYPHENS and _joined(tokens, first))):
        first -= 1
    while last + 1 < len(tokens) and (tokens[last + 1].is_capital or (tokens[last + 1].text in _HYPHENS and _joined(tokens, last + 2))):
        last += 1
    return first, last


def _is_person(gram: _Gram) -> bool:
    """A title or a given name makes the capitalised words around it a person: Hussein Abazeed, Gen. Lincoln."""
    lists, tokens = words(), gram.sentence.tokens
    first, last = _run(gram)
    before = tokens[gram.first - 1].lower if gram.first else ""
    if before == "." and gram.first >= 2:
        before = tokens[gram.first - 2].lower
    if before in lists.titles and before not in {"president", "minister"}:
        return True
    if first < gram.first:
        left = tokens[first : gram.first]
        if any(token.lower in lists.given_names for token in left) and not any(t.lower in lists.demonyms for t in left):
            return True
    head = tokens[gram.first].lower
    after = tokens[gram.last + 1].lower if gram.last < last else ""
    if head in lists.given_names and after and gram.first == gram.last:
        return after not in lists.features and after not in lists.facility_words and after not in lists.org_words
    return False


def _is_weak(gram: _Gram, found: Sequence[Candidate]) -> bool:
    """A single common word, or a piece of a longer unknown name: it needs words around it that show a place."""
    lists, tokens = words(), gram.sentence.tokens
    if gram.first == gram.last and (tokens[gram.first].lower in lists.common or len(tokens[gram.first].text) <= 3):
        return True
    first, last = _run(gram)
    extra = [t for t in (*tokens[first : gram.first], *tokens[gram.last + 1 : last + 1]) if t.is_word]
    unknown = [
        t
        for t in extra
        if t.lower not in lists.demonyms
        and t.lower not in lists.group("directions")
        and t.lower not in lists.features
        and not (t.start == gram.sentence.start)
    ]
    known = any(c.place.is_admin or c.place.population >= FAMOUS for c in found)
    return bool(unknown) and not known


def _name_part(gram: _Gram) -> bool:
    """The name belongs to a longer name of a thing: Aleppo University, Geneva Accord, Syrian Observatory."""
    lists, tokens = words(), gram.sentence.tokens
    _, last = _run(gram)
    nouns = lists.group("name_part_nouns") | lists.org_words
    following = [token.lower for token in tokens[gram.last + 1 : last + 1]]
    if following and (following[0] in nouns or following[-1] in nouns):
        return True
    before = [token.lower for token in tokens[max(0, gram.first - 2) : gram.first]]
    return len(before) == 2 and before[1] in {"of", "for"} and before[0] in {"university", "bank", "archbishop", "bishop", "treaty"}


def _find_in(sentence: Sentence, text: str, found: Mapping[str, Sequence[Candidate]], grams: Sequence[_Gram]) -> Iterator[Mention]:
    lists = words()
    shouting = sum(t.is_upper for t in sentence.tokens) > 0.6 * max(1, sum(t.is_word for t in sentence.tokens))
    by_first: dict[int, list[_Gram]] = {}
    for gram in grams:
        by_first.setdefault(gram.first, []).append(gram)
    position = 0
    for first in sorted(by_first):
        if first < position:
            continue
        token = sentence.tokens[first]
        demonym = lists.demonyms.get(token.lower)
        for gram in sorted(by_first[first], key=lambda g: -g.last):
            name = gram.text(text)
            words_in = " ".join(t.lower for t in gram.tokens)
            listed = lists.demonyms.get(words_in)
            if listed and not any(c.place.is_country for c in found.get(name, ())):
                cues = read_cues(sentence, gram.first, gram.last)
                role = "name_part" if _name_part(gram) else "demonym"
                yield Mention(
                    gram.tokens[0].start, gram.tokens[-1].end, name, sentence, "associative", role, cues, (), listed.country or None
                )  # fmt: skip
                position = gram.last + 1
                break
            candidates = found.get(name)
            if not candidates or _is_acronym_clash(gram, candidates, shouting):
                continue
            if gram.first == gram.last and (token.lower in lists.group("never") or (demonym and not demonym.country)):
                continue
            cues = read_cues(sentence, gram.first, gram.last)
            if _is_person(gram) and not (cues.feature and gram.first == gram.last):
                position = _run(gram)[1] + 1
                break
            part = _name_part(gram)
            if part and not any(c.place.is_admin or c.place.population >= FAMOUS // 2 for c in candidates):
                continue
            if _is_weak(gram, candidates) and not (cues.locative or part):
                continue
            yield Mention(
                gram.tokens[0].start,
                gram.tokens[-1].end,
                name,
                sentence,
                "associative" if part else "literal",
                "name_part" if part else "mention",
                cues,
                tuple(candidates),
            )
            position = gram.last + 1
            break


def _unlisted(sentence: Sentence, text: str, taken: Sequence[Mention], grams: Sequence[_Gram]) -> Iterator[Mention]:
    """Names that the gazetteer lacks but the words around them call a place: "the village of Xyz", "in Xyz"."""
    lists = words()
    longest: dict[int, _Gram] = {}
    for gram in grams:
        if gram.first not in longest or gram.last > longest[gram.first].last:
            longest[gram.first] = gram
    end = -1
    for gram in longest.values():
        start, stop = gram.tokens[0].start, gram.tokens[-1].end
        if start < end or any(m.start < stop and start < m.end for m in taken) or gram.tokens[0].is_upper:
            continue
        if any(t.lower in lists.group("never") or t.lower in lists.org_words or t.lower in lists.titles for t in gram.tokens):
            continue
        if any(t.lower in lists.given_names for t in gram.tokens) or _is_person(gram) or _name_part(gram):
            continue
        if _run(gram)[0] < gram.first:
            continue
        cues = read_cues(sentence, gram.first, gram.last)
        named = cues.feature in {"PPL", "PPLX", "ADM2", "CMPRF", "MT", "STM", "FRST", "ISL"}
        if named or cues.preposition in {"in", "near", "outside"} and (cues.before[-1:] == (cues.preposition,)):
            yield Mention(start, stop, text[start:stop], sentence, "literal", "mention", cues, ())
            end = stop


def find_mentions(text: str, sentences: Sequence[Sentence], places: PlaceIndex) -> list[Mention]:
    """Mentions of places in reading order, none overlapping another. One look-up in the gazetteer for the whole text."""
    grams = {sentence.index: list(_grams(sentence)) for sentence in sentences}
    found = places.lookup({gram.text(text) for group in grams.values() for gram in group})
    mentions: list[Mention] = []
    for sentence in sentences:
        listed = list(_find_in(sentence, text, found, grams[sentence.index]))
        mentions += sorted([*listed, *_unlisted(sentence, text, listed, grams[sentence.index])], key=lambda m: m.start)
    return mentions
