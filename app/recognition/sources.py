"""Who says so: "SANA reported that", "according to the army", "..., two residents said"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.datafiles import read_yaml
from app.recognition.actors import ActorMention
from app.recognition.mentions import Mention
from app.recognition.tokens import Sentence

_SAY = (
    "said|says|told|reported|reports|announced|announces|stated|states|claimed|claims|confirmed|confirms|insisted|admitted|acknowledged"
    "|alleged|maintained|maintains|declared|added|wrote|posted|warned|denied|denies|noted|stressed|explained|tweeted"
)
# 1  "according to the army"
_ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+(?:the\s+|a\s+|an\s+)?(?P<who>[^,;.\n]{2,80})")
# 2  "..., said Hussein Abazeed, a spokesman for militants"
_AFTER = re.compile(
    rf"(?:[,”\"’']\s*)(?:{_SAY})\s+(?:the\s+|a\s+|an\s+)?(?P<who>(?!that\b|it\b|he\b|she\b|they\b|in\b|on\b)[^;.\n]{{2,90}})"
)
# 3  "Syria's official news agency SANA reported that", "the mayor told reporters"
_BEFORE = re.compile(
    rf"(?:^|[,;”\"—–]\s*|\b(?:and|but|that|while)\s+)(?:the\s+|a\s+|an\s+|The\s+|A\s+|An\s+)?(?P<who>[^,;”\"\n]{{2,90}}?(?:,\s[^,;”\"\n]{{2,60}},)?)\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+)*(?:{_SAY})\b"
)
_SET_OFF = re.compile(
    r"^(?:(?:earlier|later|early|late)\s+)?(?:on|in)\s+(?:\w+\s+){1,3}?(?=the\s)|^(?:earlier|later)\s+(?:on\s+\w+day\s+|today\s+)?",
    re.IGNORECASE,
)
"""When it was said, before who said it: "Earlier on Thursday the state agency SANA"."""
_ADVERBS = {"earlier", "later", "meanwhile", "however", "afterwards", "then"}
_PRONOUNS = {
    "by",
    "no",
    "nobody",
    "none",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "who",
    "which",
    "that",
    "there",
    "this",
}


@dataclass(frozen=True, slots=True)
class SourceMention:
    """A source named in a sentence. `party` is true when it is a side in the conflict or speaks for one."""

    name: str
    start: int | None
    end: int | None
    """None for a source that only the title names."""
    party: bool
    admits: bool = False
    """The words are an admission ("acknowledged", "admitted"): what a side says against itself is no claim."""


@lru_cache(maxsize=1)
def _agencies() -> tuple[re.Pattern[str], Mapping[str, bool]]:
    """A pattern for the names of agencies, outlets and monitors, the longest first; name -> it speaks for a party."""
    rows = read_yaml("app.recognition.data", "agencies.yaml")["agencies"]
    states = {name: row["state"] == "true" for row in rows for name in [row["name"], *row["aliases"]]}
    names = "|".join(re.escape(name) for name in sorted(states, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)"), states


@lru_cache(maxsize=1)
def agency_acronyms() -> frozenset[str]:
    """Names of agencies in capitals, which are no names of places: SANA, WAFA."""
    return frozenset(name for name in _agencies()[1] if name.isupper() and name.isalpha())


@lru_cache(maxsize=1)
def _party_words() -> re.Pattern[str]:
    words = read_yaml("app.recognition.data", "speakers.yaml")["party"]
    return re.compile(
        r"\b(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")\b", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _outsiders() -> re.Pattern[str]:
    words = read_yaml("app.recognition.data", "speakers.yaml")["outsiders"]
    return re.compile(
        r"\b(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")\b", re.IGNORECASE
    )


_STATEMENT = re.compile(
    r"\b(?:briefing|communiqu[eé]|press release|statement|bulletin|report)\b"
    r"(?:\s+(?:no\.?\s*)?\d+)?[^.\n]{0,40}?\b(?:of|by|from)\s+(?:the\s+)?"
    r"(?P<who>(?:[A-Z][\w-]*\s+(?:of\s+)?(?:the\s+)?){1,6})",
    re.IGNORECASE,
)


def find_speaker(text: str, sentences: Sequence[Sentence], title: str | None) -> SourceMention | None:
    """The side whose own statement the article is: "Briefing of the Ministry of Defence"."""
    end = sentences[min(2, len(sentences) - 1)].end if sentences else 0
    for body, offset in ((text[:end], True), (title or "", False)):
        for match in _STATEMENT.finditer(body[:400]):
            who = _party_words().search(match["who"])
            if who and not _outsiders().search(match["who"]):
                start = match.start("who") if offset else None
                name = match["who"].strip()
                return SourceMention(name, start, start + len(name) if start is not None else None, party=True)
    return None


def _is_party(who: str, start: int, actors: Sequence[ActorMention], mentions: Sequence[Mention]) -> bool:
    pattern, states = _agencies()
    agency = pattern.search(who)
    if agency:
        return states[agency.group()]
    if _outsiders().search(who):
        return False
    if _party_words().search(who):
        return True
    end = start + len(who)
    if any(m.role == "actor" and m.start < end and start < m.end for m in mentions):
        return True
    sides = {"State forces", "Rebel group", "Political militia"}
    named = [a for a in actors if any(word[0].isupper() for word in a.name.split())]
    return any(a.inter in sides and a.start < end and start < a.end for a in named)


def find_source(
    text: str, sentence: Sentence, actors: Sequence[ActorMention], mentions: Sequence[Mention]
) -> SourceMention | None:
    """The source that speaks in the sentence, or None."""
    body = text[sentence.start : sentence.end]
    for pattern in (_ACCORDING, _AFTER, _BEFORE):
        for match in pattern.finditer(body):
            who = match["who"].strip()
            if not who or who.lower() in _PRONOUNS or who.split()[0].lower() in _PRONOUNS:
                continue
            who = _SET_OFF.sub("", who)
            name = re.split(r",|\s+(?:on|in|at|that|late|early|after)\s+", who, maxsplit=1)[0].strip(" ,“\"'")
            if not name or not re.search(r"\w", name) or name.lower() in _ADVERBS:
                continue
            start = sentence.start + match.start("who") + match["who"].find(name)
            admits = bool(re.search(r"\b(?:admitted|acknowledged|conceded)\b", match.group()))
            return SourceMention(name, start, start + len(name), _is_party(who, start, actors, mentions), admits)
    return None
