"""Kind and role of each mention: a linear model over the words around it, the rules of roles.py being one witness.

Trained by training/roles.py on our own texts, annotated and generated. What only coding can know (which mention gave
an event its place) is settled later, by coding/roles.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast

from app.domain.toponyms import Role, ToponymKind
from app.recognition.dateline import Dateline, dateline_at
from app.recognition.linear import load_linear
from app.recognition.mentions import Mention
from app.recognition.role_features import first_and_count, mention_features
from app.recognition.roles import read_role
from app.recognition.triggers import lexicon
from app.recognition.words import words

ASSOCIATIVE = {"actor", "demonym", "name_part"}
_OWNS = {("'s",), ("’s",), ("ʼs",)}
_POSSESSIVE = 4
"""Characters of "'s " at most."""
OPEN = {"event_place", "containing_region", "mention"}


@lru_cache(maxsize=1)
def event_words() -> Mapping[str, str]:
    """First words of triggers with the kind of event that they name."""
    plain = words().group("phrase_breaks") | words().group("locative")
    return {word: rows[0][0] for word, rows in lexicon().patterns.items() if word not in plain}


def role_beliefs(mentions: Sequence[Mention], datelines: Sequence[Dateline], sentences: int) -> list[dict[str, float]]:
    """Probability of each role for each mention."""
    model = load_linear("roles")
    verbs = event_words()
    named = first_and_count(mentions)
    features = [
        mention_features(mentions, number, datelines, verbs, sentences, named) for number in range(len(mentions))
    ]
    return [dict(zip(model.labels, shares, strict=True)) for shares in model.shares(features)]


def _owns_next(mentions: Sequence[Mention], number: int) -> bool:
    """ "Tripoli's Abu Salim district": a place of the same country that may lie in it follows its "'s" at once."""
    if number + 1 == len(mentions):
        return False
    mention, following = mentions[number : number + 2]
    between = following.start - mention.end
    if not 0 < between <= _POSSESSIVE or mention.cues.after[:1] not in _OWNS or following.kind != "literal":
        return False
    countries = {candidate.place.country for candidate in mention.candidates[:3]}
    return any(not c.place.is_country and c.place.country in countries for c in following.candidates[:3])


def _owns_part(mention: Mention) -> bool:
    """ "Beirut's southern suburbs", "Goma's airport": the place itself, not those who act in its name."""
    after = mention.cues.after
    if after[:1] not in _OWNS:
        return False
    rest = [word for word in after[1:] if word not in words().group("directions") | {"main", "old", "international"}]
    return rest[:1] != [] and rest[0] in words().group("parts_of_place")


def assign_roles(mentions: Sequence[Mention], datelines: Sequence[Dateline], sentences: int) -> list[Mention]:
    """The mentions with kind and role, each with the belief in every role.

    A place on the ground that may hold an event stays a `mention` here; coding decides which of them do.
    """
    out = []
    for number, belief in enumerate(role_beliefs(mentions, datelines, sentences)):
        mention = mentions[number]
        if mention.language is not None:
            out.append(replace(mention, kind="literal", role="mention"))
            continue
        line = dateline_at(datelines, mention.start)
        belief = {role: share for role, share in belief.items() if role != "dateline" or line}
        role = cast(Role, max(belief, key=lambda name: (belief[name], name)))
        if line and role not in {"name_part", "demonym"}:
            role = "dateline" if mention.start < line.place_end else "containing_region"
        elif role == "demonym" and read_role(mention)[1] == "actor":
            role = "actor"  # "the Damascus government"
        elif role == "actor" and _owns_next(mentions, number):
            role = "containing_region"
        elif role in OPEN or (role == "actor" and _owns_part(mention)):
            role = "mention"
        kind: ToponymKind = "associative" if role in ASSOCIATIVE else "literal"
        out.append(replace(mention, kind=kind, role=role, roles=belief))
    return out
