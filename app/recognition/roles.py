"""What a mention stands for, read from the words around it: numbered cases, each with the reason why it exists."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.toponyms import Role, ToponymKind
from app.recognition.dateline import Dateline
from app.recognition.mentions import Mention
from app.recognition.tokens import Token
from app.recognition.words import words

_DISTANCE_UNITS = {"km", "kilometres", "kilometers", "kilometre", "kilometer", "miles", "mile", "metres", "meters"}


def _position(mention: Mention) -> tuple[int, int]:
    """Numbers of the first and last token of the mention in its sentence."""
    tokens = mention.sentence.tokens
    first = next(i for i, token in enumerate(tokens) if token.end > mention.start)
    last = max(i for i, token in enumerate(tokens) if token.start < mention.end)
    return first, last


def _stands_for_people(mention: Mention) -> bool:
    """Only countries and capitals (and what the gazetteer does not know) speak and act as governments."""
    return any(c.place.is_country or c.place.feature_code in {"PPLC", "PPLA"} for c in mention.candidates[:8])


def _is_country(mention: Mention) -> bool:
    return any(c.place.is_country for c in mention.candidates[:3])


def _is_region(mention: Mention) -> bool:
    """Every likely reading is a first-level unit or a region: a town's people live in it, a region's need not."""
    best = mention.candidates[:3]
    return bool(best) and all(c.place.feature_code in {"ADM1", "RGN"} for c in best)


def _is_people(word: str) -> bool:
    return word in words().group("people_nouns")


def _lower(tokens: Sequence[Token]) -> list[str]:
    return [token.lower for token in tokens]


def _read(mention: Mention) -> tuple[ToponymKind, Role]:
    if mention.kind == "associative":
        return mention.kind, mention.role
    lists, cues = words(), mention.cues
    first, last = _position(mention)
    tokens = mention.sentence.tokens
    before, after = _lower(tokens[max(0, first - 8) : first]), _lower(tokens[last + 1 : last + 9])
    possessive = bool(after) and after[0] in {"'s", "’s", "ʼs"}
    following = after[1:] if possessive else after
    near_left = before[-1] if before else ""

    # 1  "the border with Jordan", "13 km north of Saida", "on the road to Aden": a landmark to count from
    if (near_left == "with" and "border" in before[-4:]) or after[:1] == ["border"]:
        return "literal", "reference_landmark"
    if (
        near_left == "of"
        and (cues.direction or before[-2:-1] in (["outside"], ["west"]))
        and set(before[-7:]) & _DISTANCE_UNITS
    ):
        return "literal", "reference_landmark"
    if set(before[-3:]) & {"road", "highway", "route", "way"} and near_left in {
        "to",
        "from",
        "towards",
        "toward",
        "between",
    }:
        return "literal", "reference_landmark"
    if near_left == "from" and set(before[-4:]) & (_DISTANCE_UNITS | {"metres", "far"}):
        return "literal", "reference_landmark"

    # 2  "based in London", "told reporters in Goma", "In Kyiv, a spokesman said": where a speaker sits
    if near_left in {"in", "from", "at"} and set(before[-4:-1]) & lists.group("speaker_seat"):
        return "literal", "reporting_place"
    if near_left in {"in", "from"} and set(before[-3:-1]) & {"us", "newspaper", "agency"} and "told" in before[-6:]:
        return "literal", "reporting_place"
    if near_left == "in" and first <= 2 and after[:1] == [","] and _speaker_follows(after[1:6]):
        return "literal", "reporting_place"

    # 3  "Russia-backed", "the Damascus government", "Syria's army", "Iran's foreign ministry": people who act
    if after[:1] == ["-"] and after[1:2] and after[1] in lists.group("backed"):
        return "associative", "actor"
    if _stands_for_people(mention):
        if following[:1] and following[0] in lists.group("government_nouns") and not cues.locative:
            return "associative", "actor"
        if (
            possessive
            and any(word in lists.group("government_nouns") for word in following[:4])
            and _is_country(mention)
        ):
            return "associative", "actor"
        # 4  "Moscow said", "Russia, which has been brokering talks", "Ankara has denied"
        subject = near_left in {
            "",
            ".",
            ",",
            ";",
            ":",
            "and",
            "but",
            "that",
            "while",
            "as",
            '"',
            "“",
            "”",
            "-",
            "—",
            "–",
            "if",
            "when",
            "after",
        }
        verb = after[0] if after else ""
        if verb == "," and after[1:2] and after[1] in {"which", "who"}:
            verb = "which"
        if subject and not cues.locative and verb in lists.group("acting_verbs"):
            return "associative", "actor"
        # 5  "talks with Russia", "backed by Iran", "demanded by Russia", "an ally of Iran"
        if near_left in {"with", "by"} and "border" not in before[-4:] and not cues.feature:
            return "associative", "actor"
        if (
            near_left == "from"
            and before[-2:-1]
            and before[-2] in {"envoy", "envoys", "observers", "diplomats", "delegation", "mediators", "pressure"}
        ):
            return "associative", "actor"
        if near_left == "of" and before[-2:-1] == ["authorities"] and _is_country(mention):
            return "associative", "actor"
        if (
            _is_country(mention)
            and near_left == "of"
            and before[-2:-1] in (["ally"], ["allies"], ["support"], ["government"], ["president"])
        ):
            return "associative", "actor"
        if (
            _is_country(mention)
            and "between" in before[-4:]
            and (set(before) & {"talks", "negotiations", "ceasefire", "agreement", "deal"})
        ):
            return "associative", "actor"
        if near_left in {"accused", "blamed", "urged", "told", "warned", "asked", "thanked"}:
            return "associative", "actor"
    # 6  "Amhara farmers", "a Jubaland minister": a region that says whose people they are
    if after and _is_region(mention) and near_left not in lists.group("locative") and _is_people(after[0]):
        return "associative", "demonym"
    # 7  "fled from X", "withdrew to Y": the two ends of a way
    if cues.preposition in lists.group("origin") and near_left == cues.preposition:
        return "literal", "origin"
    if cues.preposition == "to" and near_left == "to":
        return "literal", "destination"
    return "literal", "mention"


def _speaker_follows(after: Sequence[str]) -> bool:
    """ "In Kyiv, a spokesman said ..." """
    return bool(
        set(after[:5])
        & {"spokesman", "spokeswoman", "spokesperson", "official", "officials", "minister", "ministry", "said"}
    )


def assign_roles(mentions: Sequence[Mention], datelines: Sequence[Dateline]) -> list[Mention]:
    """The mentions with kind and role as far as words alone tell; coding later marks event places and regions."""
    out = []
    for mention in mentions:
        line = next((d for d in datelines if d.place_start <= mention.start < d.end), None)
        if line and mention.kind == "literal":
            inside = mention.start < line.place_end
            out.append(replace(mention, role="dateline" if inside else "containing_region"))
            continue
        kind, role = _read(mention)
        out.append(replace(mention, kind=kind, role=role))
    return out
