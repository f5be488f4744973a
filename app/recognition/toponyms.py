"""Text to mentions: gazetteer names with rules of capitals and context.

A rule recogniser behind the interface that a trained one can take over: `find_mentions(text, sentences, places)`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.places import Candidate, PlaceIndex
from app.recognition.actors import listed_names
from app.recognition.mentions import Mention, read_cues
from app.recognition.tokens import Sentence, Token
from app.recognition.words import words

MAX_WORDS = 6
"""Words of the longest name that is looked up: Democratic Republic of the Congo."""
FAMOUS = 100_000
"""A settlement of this many people may be named without words that show a place."""

_STARTS = {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "red", "democratic", "islamic", "united", "new"}
_EXTENSIONS = {"island", "islands", "airport", "international", "county"}
_PLACE_VERBS = {"reached", "entered", "captured", "overran", "overrun", "seized", "left", "occupied", "stormed", "shelled", "bombed", "retook", "recaptured", "attacked", "besieged", "liberated"}
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
    if token.lower in words().group("never") and not (token.lower in _STARTS and index):
        return index + 1 == len(tokens) or not tokens[index + 1].is_word
    if token.is_capital or _uncased(token):
        return True
    hyphen = index + 2 < len(tokens) and tokens[index + 1].text in _HYPHENS and tokens[index + 2].is_capital
    return hyphen and token.lower in words().group("articles")


def _grams(sentence: Sentence) -> Iterator[_Gram]:
    """Stretches that start and end with a capitalised word and hold nothing but such words and connectors."""
    tokens, connectors = sentence.tokens, words().group("connectors")
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


def _continues(tokens: Sequence[Token], index: int) -> bool:
    """The word goes on after a hyphen (ez-Zor, al-Sham); the second place of "Abuja-Kaduna" does not."""
    if index < 2 or tokens[index - 1].text not in _HYPHENS or not _joined(tokens, index):
        return False
    before = tokens[index - 2]
    return not before.is_capital or before.lower in words().group("connectors")


def _joined(tokens: Sequence[Token], index: int) -> bool:
    """Token `index` follows a hyphen without white space, so that both are one written word."""
    return 2 <= index + 1 < len(tokens) + 1 and index < len(tokens) and tokens[index - 1].end == tokens[index].start


def _is_acronym_clash(gram: _Gram, found: Sequence[Candidate], shouting: bool) -> bool:
    """IS, US, AID: a short word in capitals is a place only where the gazetteer writes it in capitals as well."""
    only = gram.tokens[0]
    if gram.first == 0 and len(gram.sentence.tokens) > 1 and gram.sentence.tokens[1].text in {",", "(", "-", "–", "—", "/"}:
        return False  # a dateline in capitals: "ADEN, Nov 15 -"
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
    before = tokens[gram.first - 1].text if gram.first else ""
    if before == "." and gram.first >= 2:
        before = tokens[gram.first - 2].text
    if before in lists.titles and before.lower() not in {"president", "minister"}:
        return True
    if any(token.text in lists.titles for token in tokens[first : gram.first]):
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
    largest = max((c.place.population for c in found), default=0)
    if gram.first == gram.last and tokens[gram.first].lower in lists.common:
        return True
    if gram.first == gram.last and len(tokens[gram.first].text) <= 3 and largest < FAMOUS:
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
    named = listed_names(sentence)
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
            known = any(c.place.is_admin or c.place.feature_code == "PPLC" or c.place.population >= 3 * FAMOUS for c in candidates)
            inside = any(a <= gram.tokens[0].start and gram.tokens[-1].end <= b for a, b in named)
            part = part or inside
            if part and not (known and (not inside or len(name) > 3)):
                continue
            if _is_weak(gram, candidates) and not (cues.locative or part):
                continue
            if not part and gram.last + 1 < len(sentence.tokens) and sentence.tokens[gram.last + 1].text.lower() in _EXTENSIONS:
                gram = _extended(gram)
                name = gram.text(text)
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


def _extended(gram: _Gram) -> _Gram:
    """The name with the capitalised feature words behind it: "Aba Island", "Kaduna International Airport"."""
    tokens, last = gram.sentence.tokens, gram.last
    while last + 1 < len(tokens) and tokens[last + 1].is_capital and tokens[last + 1].lower in _EXTENSIONS:
        last += 1
    return _Gram(gram.sentence, gram.first, last)


def _unlisted(sentence: Sentence, text: str, taken: Sequence[Mention], grams: Sequence[_Gram]) -> Iterator[Mention]:
    """Names that the gazetteer lacks but the words around them call a place: "the village of Xyz", "in Xyz"."""
    lists = words()
    longest: dict[int, _Gram] = {}
    for gram in grams:
        if gram.first not in longest or gram.last > longest[gram.first].last:
            longest[gram.first] = gram
    end = -1
    names = listed_names(sentence)
    for gram in longest.values():
        start, stop = gram.tokens[0].start, gram.tokens[-1].end
        if start < end or any(m.start < stop and start < m.end for m in taken) or gram.tokens[0].is_upper:
            continue
        if any(t.lower in lists.group("never") or t.lower in lists.org_words or t.text in lists.titles for t in gram.tokens):
            continue
        if any(a < stop and start < b for a, b in names):
            continue
        if any(t.lower in lists.given_names for t in gram.tokens) or _is_person(gram) or _name_part(gram):
            continue
        if _run(gram)[0] < gram.first:
            continue
        cues = read_cues(sentence, gram.first, gram.last)
        named = cues.feature in {"PPL", "PPLX", "ADM2", "CMPRF", "MT", "STM", "FRST", "ISL"}
        before = cues.before[-1:]
        told = cues.preposition in {"in", "near", "outside", "at", "around", "towards", "beyond", "into"} and before == (cues.preposition,)
        told = told or (bool(before) and before[0] in _PLACE_VERBS)
        told = told or cues.before[-2:-1] in (("people",), ("villagers",), ("residents",), ("mayor",), ("inhabitants",)) and before == ("of",)
        if named or told:
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
