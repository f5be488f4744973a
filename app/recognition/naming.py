"""Is a capitalised stretch the name of a place at all? Persons, organisations, acronyms and common words are told
apart.
"""

from collections.abc import Sequence

from app.domain.places import Candidate
from app.recognition.grams import Gram
from app.recognition.words import any_of, words

FAMOUS = 100_000
"""A settlement of this many people may be named without words that show a place."""
_AFTER_DATELINE = {",", "(", "-", "–", "—", "/"}
_TITLES_OF_PLACES = {
    "President",
    "Minister",
}  # "President Syria" is no title and name, "the Foreign Minister in" neither


def is_acronym_clash(gram: Gram, found: Sequence[Candidate], *, shouting: bool) -> bool:
    """IS, US, AID: a short word in capitals is a place only where the gazetteer writes it in capitals as well."""
    only = gram.tokens[0]
    if gram.first == 0 and len(gram.sentence.tokens) > 1 and gram.sentence.tokens[1].text in _AFTER_DATELINE:
        return False  # a dateline in capitals: "ADEN, Nov 15 -"
    if not gram.is_single or not only.is_upper or len(only.text.replace(".", "")) > 4 or shouting:
        return False
    return not any(candidate.matched.replace(".", "").isupper() for candidate in found)


def is_person(gram: Gram) -> bool:
    """A title or a given name makes the capitalised words around it a person: Hussein Abazeed, Gen. Lincoln."""
    lists, tokens = words(), gram.sentence.tokens
    first, last = gram.widest()
    before = tokens[gram.first - 1].text if gram.first else ""
    if before == "." and gram.first >= 2:
        before = tokens[gram.first - 2].text
    if before in lists.titles and before not in _TITLES_OF_PLACES:
        return True
    left = tokens[first : gram.first]
    if any(token.text in lists.titles for token in left):
        return True
    if any(token.lower in lists.given_names for token in left):
        return not any(token.lower in lists.demonyms for token in left)
    after = tokens[gram.last + 1].lower if gram.last < last else ""
    if gram.is_single and after and tokens[gram.first].lower in lists.given_names:
        return after not in lists.features and after not in lists.facility_words and after not in lists.org_words
    return False


def is_weak(gram: Gram, found: Sequence[Candidate]) -> bool:
    """A single common word, or a piece of a longer unknown name: it needs words around it that show a place."""
    lists, tokens = words(), gram.sentence.tokens
    largest = max((c.place.population for c in found), default=0)
    if gram.is_single and tokens[gram.first].lower in lists.common:
        return True
    if gram.is_single and len(tokens[gram.first].text) <= 3 and largest < FAMOUS:
        return True
    first, last = gram.widest()
    known = any_of("directions", "features", "demonyms")
    unknown = [
        token
        for token in (*tokens[first : gram.first], *tokens[gram.last + 1 : last + 1])
        if token.is_word and token.lower not in known and token.start != gram.sentence.start
    ]
    return bool(unknown) and not any(c.place.is_admin or c.place.population >= FAMOUS for c in found)


def is_name_part(gram: Gram) -> bool:
    """The name belongs to a longer name of a thing: Aleppo University, Geneva Accord, Syrian Observatory."""
    lists, tokens = words(), gram.sentence.tokens
    nouns = any_of("name_part_nouns", "org_words")
    following = [token.lower for token in tokens[gram.last + 1 : gram.widest()[1] + 1]]
    if following and (following[0] in nouns or following[-1] in nouns):
        return True
    before = [token.lower for token in tokens[max(0, gram.first - 2) : gram.first] if token.is_word]
    if before[-1:] == ["operation"]:  # Operation Olive Branch
        return True
    return len(before) == 2 and before[1] in {"of", "for"} and before[0] in lists.group("named_after")
