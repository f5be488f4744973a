"""Who did it and to whom: actors of the event's clause with their side, class and country."""

import re
from collections.abc import Sequence

from app.coding.clauses import Group
from app.coding.drafts import MAX_ACTORS
from app.domain.events import Actor, ActorRole, Inter
from app.recognition.actors import ActorMention
from app.recognition.sources import SourceMention
from app.recognition.tokens import Sentence
from app.resolution.resolve import Resolved

_PARTY_KINDS = {"talks", "ceasefire", "release"}
_SELF_KINDS = {
    "protest",
    "riot",
    "withdrawal",
    "surrender",
    "weapons_surrender",
    "displacement",
    "troop_movement",
    "threat",
}
_CIVILIANS_ACT = _SELF_KINDS | {"mob_violence", "looting", "property_destruction", "siege", "arrest", "other"}
"""Kinds in which people without arms can be those who act; elsewhere only "by" makes them so."""
_FIRE = {"air_strike", "drone_strike", "shelling", "missile_strike", "rocket_attack"}
_ADJECTIVES = re.compile(r"(?:[ \t\n-]+[\w'’-]+){1,5}")
"""From a demonym to the end of the trigger: a few words without a stop between them."""
_BETWEEN = re.compile(r"\b(?:between|with|among)\b[^,;.]*$", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:the\s+)?", re.IGNORECASE)
"""Between the trigger and who does it: "an advance of the army"."""
_CLAUSE_STARTS = {"when", "after", "as", "while", "before", "that", "who", "which", "and", "but", ","}
_LISTENERS = re.compile(r"\b(?:told|tells?|telling|briefed|spoke\s+to|speaking\s+to)\s+(?:\w+\s+)?$", re.IGNORECASE)
_PRESS = {"reporters", "journalists", "newsmen", "correspondents", "reporter", "journalist"}
_EQUALS = re.compile(
    r"(?:fought|fight\w*|clash\w*|exchang\w+|trad\w+|skirmish\w*|gun ?battle\w*|gunfight\w*|battled)\b", re.IGNORECASE
)
"""Words of a fight in which both are equals."""
_FOUND = re.compile(r"\b(?:found|discovered|recovered|bodies|body|corpses|corpse|mass graves?)\b", re.IGNORECASE)
_HERDERS = {"herder", "herders", "herdsman", "herdsmen", "pastoralists", "pastoralist"}
_FELL = re.compile(r"\b(?:was|were|been)\s+(?:\w+\s+){0,2}?(?:killed|wounded|injured|shot|hurt|kidnapped)\b|\bdied\b")
"""Between an actor and the trigger: "ten soldiers were killed in an ambush"."""
_BY = re.compile(r"\bby\s+(?:\w+\s+){0,4}$", re.IGNORECASE)


def _passive(sentence: Sentence, group: Group) -> bool:
    """ "was captured", "were killed", "has been shelled" """
    first = group.main.first
    before = [token.lower for token in sentence.tokens[max(0, first - 4) : first]]
    for n in range(len(before) - 1, -1, -1):
        if before[n] in _CLAUSE_STARTS:  # "two were killed when rebels ambushed": not passive itself
            before = before[n + 1 :]
            break
    body = sentence.tokens[first].lower
    return bool(set(before) & {"was", "were", "been", "being", "be", "is", "are", "get", "got"}) and body.endswith(
        ("ed", "en", "t", "n", "ck", "ot")
    )


def _role(text: str, sentence: Sentence, group: Group, actor: ActorMention) -> ActorRole:
    kind = group.main.kind
    if kind in _PARTY_KINDS:
        return "party"
    left = text[max(sentence.start, actor.start - 60) : actor.start]
    if kind == "armed_clash" and _BETWEEN.search(left):
        return "party"
    if kind == "armed_clash" and actor.inter != "Civilians" and _EQUALS.search(group.main.text):
        return "party"
    if _BY.search(left):
        return "initiator"
    if kind in {"armed_clash", "offensive"} and _OF.fullmatch(text, group.main.end, actor.start):
        return "initiator"
    if actor.inter == "Civilians" and kind not in _CIVILIANS_ACT:
        return "target"
    if actor.inter != "Civilians" and group.main.start < actor.start and actor.end < group.main.end:
        return "initiator"  # "an attack, gunmen killed": the doers stand between the words of the trigger
    # "Israeli warplanes bombed": those who fly are words of the trigger itself
    before = actor.end <= group.main.start or actor.start <= group.main.start < actor.end
    if kind == "displacement":
        return "target" if actor.inter == "Civilians" else "initiator"
    if kind in {"surrender", "weapons_surrender"} and not before:
        return "target"
    if kind in _SELF_KINDS:
        return "initiator" if before or kind in {"protest", "riot"} else "party"
    if before and _FELL.search(text, actor.end, group.main.start):
        return "target"
    if _passive(sentence, group):
        return "target" if before else "initiator"
    return "initiator" if before else "target"


def _listens(text: str, sentence: Sentence, actor: ActorMention) -> bool:
    """ "told reporters": the press that is spoken to takes no part."""
    press = actor.name.split()[-1].lower() in _PRESS
    return press and bool(_LISTENERS.search(text, max(sentence.start, actor.start - 40), actor.start))


def _class(actor: ActorMention, role: ActorRole, country: str | None, kind: str) -> Inter:
    """State forces of another country than the one where it happens are external; people in a march are protesters;
    herders who are hit are civilians.
    """
    if role == "target" and actor.name.split()[-1].lower() in _HERDERS:
        return "Civilians"
    if actor.inter == "State forces" and actor.country and country and actor.country != country:
        return "External/Other forces"
    if actor.inter == "Civilians" and kind == "protest":
        return "Protesters"
    if actor.inter in {"Civilians", "Protesters"} and kind in {"riot", "mob_violence"} and role != "target":
        return "Rioters"
    return actor.inter


def _governments(
    resolved: Sequence[Resolved], start: int, end: int, taken: Sequence[ActorMention], country: str | None
) -> list[ActorMention]:
    """Countries and capitals that stand for their governments in the clause."""
    found = []
    for item in resolved:
        if item.mention.role != "actor" or not (start <= item.start < end) or item.place is None:
            continue
        if any(a.start <= item.start < a.end for a in taken):
            continue
        inter: Inter = "State forces" if item.place.country == country else "External/Other forces"
        found.append(ActorMention(item.start, item.end, item.mention.text, inter, item.place.country))
    return found


def _whose_weapons(
    text: str, group: Group, resolved: Sequence[Resolved], taken: Sequence[ActorMention], country: str | None
) -> list[ActorMention]:
    """The country whose demonym stands before the fire: "Russian shelling", "Israeli air strikes"."""
    main = group.main
    if main.kind not in _FIRE:
        return []
    for item in resolved:
        if item.mention.role != "demonym" or item.place is None or not (group.start <= item.start < main.end):
            continue
        if any(a.start <= item.start < a.end for a in taken) or not _ADJECTIVES.fullmatch(text[item.end : main.end]):
            continue
        inter: Inter = "State forces" if item.place.country == country else "External/Other forces"
        return [ActorMention(item.start, item.end, item.mention.text, inter, item.place.country)]
    return []


def actors_of(
    text: str,
    sentence: Sentence,
    group: Group,
    actors: Sequence[ActorMention],
    resolved: Sequence[Resolved],
    source: SourceMention | None,
    country: str | None,
) -> tuple[Actor, ...]:
    """The actors of one event in reading order, the source left out; `country` is where the event happened."""
    inside = [a for a in actors if group.start <= a.start < group.end]
    inside += _governments(resolved, group.start, group.end, inside, country)
    inside += _whose_weapons(text, group, resolved, inside, country)
    if source:
        own = [a for a in inside if source.start is not None and source.end and source.start <= a.start < source.end]
        others = [a for a in inside if a not in own]
        inside = others or ([] if not source.party else own)
    inside = [a for a in inside if not _listens(text, sentence, a)]
    if _FOUND.search(group.main.text):
        inside = [a for a in inside if a.inter != "State forces" or a.start > group.main.start]  # who finds the dead
    out: list[Actor] = []
    seen: set[str] = set()
    for actor in sorted(inside, key=lambda a: a.start):
        name = " ".join(actor.name.split())
        if name.lower() in seen:
            continue
        seen.add(name.lower())
        role = _role(text, sentence, group, actor)
        out.append(
            Actor(name, role, _class(actor, role, country, group.main.kind), actor.country, actor.start, actor.end)
        )
    return tuple(out[:MAX_ACTORS])
