"""A mention: a stretch of text that names a place, with what the words around it say about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.places import Candidate
from app.domain.toponyms import Role, ToponymKind
from app.recognition.tokens import Sentence, Token
from app.recognition.words import any_of, words


@dataclass(frozen=True, slots=True)
class Cues:
    """What stands around a mention. All words in lower case."""

    preposition: str | None
    """The preposition that governs the name: "in", "from", "between"..."""
    feature: str | None
    """GeoNames code of the feature noun beside the name: "the town of", "... province"."""
    direction: str | None
    """"northern", "southeast of": a part of the place or an offset from it."""
    before: tuple[str, ...]
    """Up to four words before the name."""
    after: tuple[str, ...]
    """Up to four words after the name."""
    locative: bool
    """The words around say that a place on the ground is meant."""
    article: bool = False
    """ "the" stands right before the name: the Niger is a river, Niger is not."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in the text, before it is known which place it means."""

    start: int
    end: int
    text: str
    sentence: Sentence
    kind: ToponymKind
    role: Role
    cues: Cues
    candidates: tuple[Candidate, ...]
    country: str | None = None
    """Only for demonyms: the country that the word belongs to."""
    score: float = 1.0
    """How sure it is that this is the name of a place at all (0 to 1)."""
    roles: Mapping[str, float] = field(default_factory=dict)
    """How likely each role is (0 to 1), as far as the words around tell."""
    language: str | None = None
    """ISO 639-1 code of the passage, where it is not English: roles are not read there."""


def read_cues(sentence: Sentence, first: int, last: int) -> Cues:
    """Cues of the name that covers tokens first..last of the sentence."""
    lists = words()
    left = [token.lower for token in sentence.tokens[max(0, first - 8) : first]]
    right = [token.lower for token in sentence.tokens[last + 1 : last + 6]]
    feature = _feature_before(left) or _feature_after(right)
    preposition, direction, position = None, None, len(left) - 1
    while position >= 0:
        word = left[position]
        if word in lists.group("directions"):
            direction = direction or word
        if word in any_of("locative", "origin", "destination") or word in {"between", "with", "and"}:
            preposition = word
            break
        if word not in lists.group("skipped") and word not in lists.features and word not in lists.group("directions"):
            break
        position -= 1
    locative = (
        preposition in lists.group("locative")
        or preposition in lists.group("origin")
        or preposition in {"to", "towards", "toward", "into", "between"}
        or (feature is not None and feature != "PPLC")
    )
    return Cues(preposition, feature, direction, tuple(left[-4:]), tuple(right[:4]), locative, left[-1:] == ["the"])


def _feature_before(left: Sequence[str]) -> str | None:
    """ "the town of X", "villages of X", "Lake X", "Mount X"."""
    features = words().features
    if len(left) >= 2 and left[-1] == "of" and left[-2] in features:
        return features[left[-2]]
    if len(left) >= 3 and left[-2:] == ["of", "the"] and left[-3] in features:
        return features[left[-3]]
    if left and left[-1] in {"lake", "mount", "river", "camp", "port", "town", "village", "city", "island", "cape"}:
        return features.get(left[-1])
    return None


def _feature_after(right: Sequence[str]) -> str | None:
    """ "X province", "X border crossing", "X refugee camp"; "X, a town in" and "X, the provincial capital"."""
    table = words().features
    for index, word in enumerate(right[:3]):
        if word in table:
            return "AIRB" if word in {"base", "bases"} else table[word]
        if word not in words().group("feature_fill"):
            break
        if index == 2:
            break
    if len(right) >= 3 and right[0] == "," and right[1] in {"a", "the", "an"}:
        for word in right[2:4]:
            if word in table and table[word] in {"PPL", "PPLC", "PPLX"}:
                return table[word]
    return None


def tokens_of(sentence: Sentence, start: int, end: int) -> Sequence[Token]:
    """Tokens of the sentence inside [start, end)."""
    return sentence.between(start, end)
