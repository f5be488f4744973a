"""What a mention stands for, read from the words around it: numbered cases, each with the reason why it exists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.toponyms import Role, ToponymKind
from app.recognition.mentions import Mention
from app.recognition.words import any_of, words

Reading = tuple[ToponymKind, Role]


@dataclass(frozen=True, slots=True)
class _Around:
    """The mention with the words on both sides, all in lower case."""

    mention: Mention
    before: Sequence[str]
    after: Sequence[str]
    first: int
    """Number of the mention's first token in its sentence."""

    @property
    def left(self) -> str:
        """The word right before the name."""
        return self.before[-1] if self.before else ""

    @property
    def is_possessive(self) -> bool:
        """ "Syria's" """
        return self.after[:1] in (["'s"], ["’s"], ["ʼs"])

    @property
    def following(self) -> Sequence[str]:
        """Words after the name and its possessive mark."""
        return self.after[1:] if self.is_possessive else self.after

    def has_before(self, group: str, reach: int) -> bool:
        """One of the group's words stands among the last `reach` words before the name."""
        return bool(set(self.before[-reach:]) & words().group(group))


def _around(mention: Mention) -> _Around:
    tokens = mention.sentence.tokens
    first = next(i for i, token in enumerate(tokens) if token.end > mention.start)
    last = max(i for i, token in enumerate(tokens) if token.start < mention.end)
    before = [token.lower for token in tokens[max(0, first - 8) : first]]
    after = [token.lower for token in tokens[last + 1 : last + 9]]
    return _Around(mention, before, after, first)


def _is_country(mention: Mention) -> bool:
    return any(c.place.is_country for c in mention.candidates[:3])


def _stands_for_people(mention: Mention) -> bool:
    """Only countries and capitals speak and act as governments."""
    return any(c.place.is_country or c.place.feature_code in {"PPLC", "PPLA"} for c in mention.candidates[:8])


def _landmark(here: _Around) -> Reading | None:
    """1. A place to count from: "the border with Jordan", "13 km north of Saida", "on the road to Aden"."""
    if here.left == "with" and "border" in here.before[-4:]:
        return "literal", "reference_landmark"
    if here.after[:1] == ["border"] and _is_country(here.mention):
        return "literal", "reference_landmark"
    if here.left in {"of", "from"} and here.has_before("distance_units", 7):
        return "literal", "reference_landmark"
    if here.left in {"to", "from", "towards", "toward", "between"} and here.has_before("way_nouns", 3):
        return "literal", "reference_landmark"
    # "between A and B", "the A-B road", "the road from A to B", "across the river from A", "facing A"
    if here.left == "between" or (here.left == "and" and "between" in here.before[-6:]):
        return "literal", "reference_landmark"
    if here.after[:1] == ["-"] and set(here.after[1:6]) & words().group("way_nouns"):
        return "literal", "reference_landmark"
    if here.left == "-" and here.after[:1] and here.after[0] in words().group("way_nouns"):
        return "literal", "reference_landmark"
    if here.left == "to" and "from" in here.before[-5:] and here.has_before("way_nouns", 7):
        return "literal", "reference_landmark"
    if (here.left == "from" and "across" in here.before[-5:]) or here.left in {"facing", "opposite"}:
        return "literal", "reference_landmark"
    return None


def _speaker_seat(here: _Around) -> Reading | None:
    """2. Where a speaker sits: "based in London", "told reporters in Goma", "In Kyiv, a spokesman said"."""
    if here.left in {"in", "from", "at"} and set(here.before[-4:-1]) & words().group("speaker_seat"):
        return "literal", "reporting_place"
    if (
        here.left in {"in", "from", "by"}
        and "told" in here.before[-7:]
        and set(here.before[-3:-1]) & {"us", "station", "telephone"}
    ):
        return "literal", "reporting_place"
    office = set(here.before[-4:-1]) & any_of("government_nouns", "offices")
    if here.left == "in" and office and here.after[:1] and here.after[0] in words().group("acting_verbs"):
        return "literal", "reporting_place"
    speaks = set(here.after[1:6]) & words().group("speaks_for")
    if here.left == "in" and here.first <= 2 and here.after[:1] == [","] and speaks:
        return "literal", "reporting_place"
    return None


def _backed(here: _Around) -> Reading | None:
    """3. "Russia-backed", "Turkish-led": whoever stands behind somebody else."""
    if here.after[:1] == ["-"] and here.after[1:2] and here.after[1] in words().group("backed"):
        return "associative", "actor"
    return None


def _government(here: _Around) -> Reading | None:
    """4. "the Damascus government", "Syria's army", "Iran's foreign ministry": people who act."""
    nouns = words().group("government_nouns")
    if not _stands_for_people(here.mention):
        return None
    if here.following[:1] and here.following[0] in nouns and not here.mention.cues.locative:
        return "associative", "actor"
    if here.is_possessive and _is_country(here.mention) and any(word in nouns for word in here.following[:4]):
        return "associative", "actor"
    if (
        here.left == "of"
        and here.before[-2:-1]
        and here.before[-2] in words().group("governs")
        and _is_country(here.mention)
    ):
        return "associative", "actor"
    return None


def _subject(here: _Around) -> Reading | None:
    """5. "Moscow said", "Russia, which has been brokering talks", "Ankara has again denied"."""
    if (
        not _stands_for_people(here.mention)
        or here.mention.cues.locative
        or here.left not in words().group("subject_starts")
    ):
        return None
    after = [word for word in here.after if word not in {"also", "again", "immediately", "later", "itself", "now"}]
    verb = after[0] if after else ""
    if verb == "," and after[1:2] and after[1] in {"which", "who"}:
        verb = "which"
    return ("associative", "actor") if verb in words().group("acting_verbs") else None


def _counterpart(here: _Around) -> Reading | None:
    """6. "talks with Russia", "demanded by Iran", "accused Kigali", "an envoy from Washington"."""
    if not _stands_for_people(here.mention) or here.mention.cues.feature:
        return None
    if here.left in {"with", "by"} and "border" not in here.before[-4:]:
        return "associative", "actor"
    if here.left == "from" and here.before[-2:-1] and here.before[-2] in words().group("sent_people"):
        return "associative", "actor"
    if "between" in here.before[-4:] and _is_country(here.mention) and set(here.before) & words().group("dealings"):
        return "associative", "actor"
    return ("associative", "actor") if here.left in words().group("addressed") else None


def _people_of(here: _Around) -> Reading | None:
    """7. "Amhara farmers", "a Jubaland minister": a region that says whose people they are."""
    best = here.mention.candidates[:3]
    region = bool(best) and all(c.place.feature_code in {"ADM1", "RGN"} for c in best)
    if (
        region
        and here.after
        and here.after[0] in words().group("people_nouns")
        and here.left not in words().group("locative")
    ):
        return "associative", "demonym"
    return None


def _way(here: _Around) -> Reading | None:
    """8. The two ends of a way: "fled from X", "withdrew to Y"."""
    if here.left and here.left == here.mention.cues.preposition:
        if here.left in words().group("origin"):
            return "literal", "origin"
        if here.left == "to":
            return "literal", "destination"
    return None


_CASES: tuple[Callable[[_Around], Reading | None], ...] = (
    _backed, _government, _subject, _counterpart, _landmark, _speaker_seat, _people_of, _way,
)  # fmt: skip


def read_role(mention: Mention) -> Reading:
    """Kind and role of one mention; the first case that fits decides, else it is a place merely mentioned."""
    if mention.kind == "associative":
        return mention.kind, mention.role
    here = _around(mention)
    return next((reading for case in _CASES if (reading := case(here))), ("literal", "mention"))
