"""Text to mentions: gazetteer names with rules of capitals and context.

What the rules find are features of the statistical recogniser (recogniser.py), which decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from app.domain.places import Candidate, PlaceIndex
from app.domain.toponyms import Role
from app.recognition.actors import listed_names
from app.recognition.grams import Gram
from app.recognition.mentions import Cues, Mention, read_cues
from app.recognition.naming import FAMOUS, is_acronym_clash, is_name_part, is_person, is_weak
from app.recognition.tokens import Sentence
from app.recognition.words import any_of, words

Span = tuple[int, int]
_UNLISTED_FEATURES = {"PPL", "PPLX", "ADM2", "CMPRF", "MT", "STM", "FRST", "ISL"}


def _inside(gram: Gram, spans: Sequence[Span]) -> bool:
    return any(start <= gram.start and gram.end <= end for start, end in spans)


def _demonym(gram: Gram, text: str, found: Mapping[str, Sequence[Candidate]]) -> Mention | None:
    """ "Syrian", "South Sudanese"; not "Georgia"-like words that are the country's own name."""
    listed = words().demonyms.get(" ".join(token.lower for token in gram.tokens))
    name = gram.text(text)
    if listed is None or any(candidate.place.is_country for candidate in found.get(name, ())):
        return None
    role: Role = "name_part" if is_name_part(gram) else "demonym"
    cues = read_cues(gram.sentence, gram.first, gram.last)
    return Mention(
        gram.start, gram.end, name, gram.sentence, "associative", role, cues, (), listed.country or None
    )  # fmt: skip


def _listed(
    gram: Gram, text: str, candidates: Sequence[Candidate], cues: Cues, named: Sequence[Span]
) -> Mention | None:
    """The mention of a gazetteer name, or None where the words around it speak against a place."""
    inside = _inside(gram, named)
    part = is_name_part(gram) or inside
    if part:
        known = any(
            c.place.is_admin or c.place.feature_code == "PPLC" or c.place.population >= 3 * FAMOUS for c in candidates
        )
        if not known or (inside and gram.end - gram.start <= 3):
            return None
        return Mention(
            gram.start, gram.end, gram.text(text), gram.sentence, "associative", "name_part", cues, tuple(candidates)
        )  # fmt: skip
    if is_weak(gram, candidates) and not cues.locative:
        return None
    whole = gram.extended()
    return Mention(
        whole.start, whole.end, whole.text(text), gram.sentence, "literal", "mention", cues, tuple(candidates)
    )  # fmt: skip


def _find_in(
    sentence: Sentence,
    text: str,
    found: Mapping[str, Sequence[Candidate]],
    grams: Sequence[Gram],
    named: Sequence[Span],
) -> Iterator[Mention]:
    """Mentions of listed names and demonyms, the longest name at each place first."""
    lists = words()
    shouting = sum(t.is_upper for t in sentence.tokens) > 0.6 * max(1, sum(t.is_word for t in sentence.tokens))
    position = 0
    for first, group in groupby(grams, key=lambda gram: gram.first):
        if first < position:
            continue
        token = sentence.tokens[first]
        for gram in sorted(group, key=lambda gram: -gram.last):
            demonym = _demonym(gram, text, found)
            if demonym:
                yield demonym
                position = gram.last + 1
                break
            longer = gram.with_feature(text)
            candidates = [*found.get(longer or "", ()), *found.get(gram.text(text), ())]
            if not candidates or is_acronym_clash(gram, candidates, shouting=shouting):
                continue
            if gram.is_single and token.lower in lists.group("never"):
                continue
            cues = read_cues(sentence, gram.first, gram.last)
            if is_person(gram) and not (cues.feature and gram.is_single):
                position = gram.widest()[1] + 1
                break
            mention = _listed(gram, text, candidates, cues, named)
            if mention:
                yield mention
                position = gram.extended().last + 1 if mention.kind == "literal" else gram.last + 1
                break


def _is_told_as_place(cues: Cues) -> bool:
    """The words around an unlisted name call it a place: "the village of X", "near X", "reached X"."""
    lists, before = words(), cues.before[-1:]
    if cues.feature in _UNLISTED_FEATURES:
        return True
    if not before:
        return False
    if before[0] in lists.group("naming_prepositions") and cues.preposition == before[0]:
        return True
    if before[0] in lists.group("place_verbs"):
        return True
    if before == ("of",):
        return bool(set(cues.before[-2:-1]) & lists.group("people_of"))
    return before == ("to",) and bool(set(cues.before[:-1]) & lists.group("way_words"))


def _unlisted(
    sentence: Sentence, text: str, taken: Sequence[Mention], grams: Sequence[Gram], names: Sequence[Span]
) -> Iterator[Mention]:
    """Names that the gazetteer lacks but the words around them call a place; they are returned as unresolved."""
    lists, end = words(), -1
    for _, group in groupby(grams, key=lambda gram: gram.first):
        gram = max(group, key=lambda gram: gram.last)
        start, stop = gram.start, gram.end
        if start < end or gram.tokens[0].is_upper or gram.widest()[0] < gram.first:
            continue
        if any(m.start < stop and start < m.end for m in taken) or any(a < stop and start < b for a, b in names):
            continue
        foreign = any_of("never", "org_words", "given_names")
        if any(token.lower in foreign or token.text in lists.titles for token in gram.tokens):
            continue
        if is_person(gram) or is_name_part(gram):
            continue
        cues = read_cues(sentence, gram.first, gram.last)
        if _is_told_as_place(cues):
            yield Mention(start, stop, text[start:stop], sentence, "literal", "mention", cues, ())
            end = stop


def lookup_grams(
    text: str, grams: Mapping[int, Sequence[Gram]], places: PlaceIndex
) -> Mapping[str, Sequence[Candidate]]:
    """What the gazetteer knows of all stretches that may be names, by sentence index. It is asked once for a text."""
    names = {gram.text(text) for group in grams.values() for gram in group}
    names |= {longer for group in grams.values() for gram in group if (longer := gram.with_feature(text))}
    return places.lookup(names)


def rule_mentions(
    text: str,
    sentences: Sequence[Sentence],
    grams: Mapping[int, Sequence[Gram]],
    found: Mapping[str, Sequence[Candidate]],
) -> list[Mention]:
    """Mentions by rules alone, in reading order, none overlapping another."""
    mentions: list[Mention] = []
    for sentence in sentences:
        named = listed_names(sentence)
        listed = list(_find_in(sentence, text, found, grams[sentence.index], named))
        unlisted = _unlisted(sentence, text, listed, grams[sentence.index], named)
        mentions += sorted([*listed, *unlisted], key=lambda mention: mention.start)
    return mentions
