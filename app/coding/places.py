"""Which place is the event's place: a scored choice over the spots of its sentence, else the place told last.

Weights follow research/events_dates.md section 3: what a preposition ties to the trigger beats what merely stands near it;
a dateline, a speaker's seat, a landmark, a government is never the place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.coding.clauses import Group
from app.recognition.tokens import Sentence
from app.resolution.geo import quick_km
from app.resolution.relations import Spot, spot_of
from app.resolution.resolve import Resolved

_NEVER = {"dateline", "reporting_place", "actor", "demonym", "name_part"}
_AT = {
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "on",
    "around",
    "within",
    "across",
    "over",
    "off",
    "along",
    "throughout",
    "against",
    "above",
}
_OBJECT_KINDS = {
    "territory_capture",
    "siege",
    "shelling",
    "air_strike",
    "missile_strike",
    "rocket_attack",
    "drone_strike",
    "offensive",
    "armed_clash",
    "territory_transfer",
    "killing",
    "looting",
    "property_destruction",
}
_TOWARDS_KINDS = {
    "armed_clash",
    "offensive",
    "troop_movement",
    "protest",
    "displacement",
    "rocket_attack",
    "missile_strike",
    "drone_strike",
}
_ANAPHOR = re.compile(
    r"\b(?:the|that|this|same)\s+(?:same\s+)?(?:small\s+|border\s+|market\s+|port\s+|strategic\s+)?(?P<noun>town|village|city|district|province|area|camp|crossing|base|neighbou?rhood"
    r"|region|capital|settlement|island|hospital|airport|bridge|market|place|site|locality|community|port|governorate|prison)\b(?!\s+of\b)|\b(?:there|nearby)\b(?!\s+(?:is|are|was|were|has|have|had|will)\b)",
    re.IGNORECASE,
)  # fmt: skip
THRESHOLD = 1.0
LEAST_CITY = 40_000
"""A place of fewer people is a town, not "the city"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The spot of an event, the others it may be ("in A or B"), how sure that is, and why."""

    spot: Spot
    others: tuple[Spot, ...]
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier sentences leave behind: the spot of the last event and the paragraph it stood in."""

    spot: Spot
    paragraph: int
    sentence: int


def _distance(sentence: Sentence, group: Group, spot: Spot) -> int:
    """Words between the trigger and the spot's mention."""
    if spot.start is None or spot.end is None:
        return 20
    low, high = sorted((group.main.start, spot.start))
    return sum(1 for token in sentence.tokens if low < token.start < high and token.is_word)


def _score(text: str, sentence: Sentence, group: Group, spot: Spot) -> tuple[float, str]:
    item = spot.resolved
    assert spot.start is not None  # spots_in gives only spots with a mention
    inside = group.start <= spot.start < group.end
    total, reason = (3.0, "same clause") if inside else (1.2, "same sentence")
    after = spot.start > group.main.start
    gap = _distance(sentence, group, spot)
    total -= min(3.0, 0.14 * gap)
    if item:
        role, cues = item.mention.role, item.mention.cues
        if role in _NEVER:
            return -9.0, role
        left = [t.lower for t in sentence.tokens if t.end <= spot.start][-6:]
        preposition = cues.preposition
        if preposition in _AT or (spot.relation is not None):
            total += 2.0
            reason = f"'{preposition or spot.relation.type if spot.relation else preposition}' before it"
        if after and gap <= 6 and group.main.kind in _OBJECT_KINDS and preposition not in {"from", "to", "with"}:
            total += 1.5
            reason = "object of the trigger"
        if role == "reference_landmark" and spot.relation is None:
            total -= 4.0
        if role == "origin" or preposition == "from":
            total -= 1.0 if group.main.kind in {"withdrawal", "displacement", "abduction", "release"} else 3.0
        if preposition in {"to", "towards", "toward", "into"} or role == "destination":
            total += 0.5 if group.main.kind in _TOWARDS_KINDS or preposition == "into" else -1.5
        if (
            "of" in left[-1:]
            and "north south east west".find(left[-2] if len(left) > 1 else "?") >= 0
            and spot.relation is None
        ):
            total -= 2.0
    place = spot.place
    if spot.relation and spot.relation.type == "coordinates":
        return total + 6.0, "coordinates in the text"
    if place.feature_class == "H":
        total -= 1.5
    if place.is_country and spot.relation is None:
        total -= 2.5
    elif spot.geo_precision == 3:
        total -= 1.0
    elif place.is_settlement or place.feature_class in {"S", "R"}:
        total += 0.7
    if after:
        total += 0.3
    return total, reason


def _holds(area: Spot, inner: Spot) -> bool:
    """`inner` lies in the admin unit or country `area`."""
    a, b = area.place, inner.place
    if a.id == b.id:
        return False
    if a.is_country:
        return a.country == b.country and not b.is_country
    if a.feature_code == "ADM1":
        return a.country == b.country and a.admin1 == b.admin1 and not b.is_admin
    return area.geo_precision == 3 and inner.geo_precision < 3 and quick_km(a, b) <= a.radius_km


def _either(text: str, first: Spot, second: Spot) -> bool:
    """ "in A or in B": the second is another candidate for the same event."""
    if first.end is None or second.start is None or first.start is None or second.end is None:
        return False
    a, b = sorted(((first.start, first.end), (second.start, second.end)))
    between = text[a[1] : b[0]].lower()
    return len(between) < 60 and bool(re.search(r"\bor\b", between)) and "," not in between.strip(",")[:-1]


def _coordinated(text: str, first: Spot, second: Spot) -> bool:
    """ "captured A and B", "in A, B and C": both are places of the event."""
    if first.end is None or second.start is None or second.start < first.end:
        return False
    between = text[first.end : second.start]
    return bool(
        re.fullmatch(
            r"\s*(?:,|,?\s*and|,?\s*as well as|,?\s*and in|and near|, in)\s*(?:the\s+)?(?:(?:towns?|villages?|cities|city|districts?)\s+of\s+)?",
            between,
        )
    )


def _anaphor(text: str, group: Group) -> re.Match[str] | None:
    return _ANAPHOR.search(text, group.start, group.end)


_NOUN_FEATURES: dict[str, set[str]] = {
    "town": {"P"}, "village": {"P"}, "city": {"P"}, "settlement": {"P"}, "community": {"P"}, "locality": {"P"}, "capital": {"P"},
    "port": {"P"}, "neighbourhood": {"PPLX"}, "neighborhood": {"PPLX"}, "camp": {"CMPRF", "CMP", "MILB"}, "crossing": {"PSTB", "PASS"},
    "base": {"AIRB", "MILB", "INSM", "AIRF"}, "airport": {"AIRP", "AIRB"}, "bridge": {"BDG"}, "island": {"ISL"}, "prison": {"PRN"},
    "hospital": {"HSP"}, "district": {"ADM2", "ADM1", "PPLX"}, "province": {"ADM1"}, "governorate": {"ADM1"}, "region": {"ADM1", "RGN"},
}  # fmt: skip


def _antecedent(anaphor: re.Match[str], resolved: Sequence[Resolved], capital: Resolved | None) -> Spot | None:
    """The last place told before "the town", "the camp", "the province" that is of that feature."""
    noun = (anaphor["noun"] or "").lower()
    wanted = _NOUN_FEATURES.get(noun)
    if not wanted:
        return None
    if noun == "capital":
        return spot_of(capital.place, capital) if capital and capital.place else None
    for item in reversed([r for r in resolved if r.end <= anaphor.start() and r.place and r.mention.kind == "literal"]):
        place = item.place
        if place is None or item.mention.role in {"dateline", "reporting_place", "origin"}:
            continue
        asked = {"camp": "CMPRF", "crossing": "PSTB"}.get(noun)
        if noun == "city" and 0 < place.population < LEAST_CITY:
            continue
        if (
            place.feature_code in wanted
            or place.feature_class in wanted
            or (asked and item.mention.cues.feature == asked)
        ):
            return spot_of(place, item)
    return None


def _unlisted(group: Group, resolved: Sequence[Resolved]) -> Resolved | None:
    """A place that the clause names but the gazetteer does not hold: the event is there, not where the last one was."""
    for item in resolved:
        if group.start <= item.start < group.end and item.place is None and item.mention.kind == "literal":
            if item.mention.role == "mention" and (item.mention.cues.locative or item.start > group.main.start):
                return item
    return None


def _unit_of(unknown: Resolved, resolved: Sequence[Resolved]) -> Spot | None:
    """The unit named last before or just behind an unlisted place: "Heipang, in neighbouring Barkin Ladi"."""
    near = [
        r
        for r in resolved
        if r.place and r.place.is_admin and not r.place.is_country and 0 <= r.start - unknown.end <= 60
    ]
    return spot_of(near[0].place, near[0]) if near and near[0].place else None


def _carry(spot: Spot, confidence: float, reason: str) -> Choice:
    return Choice(replace(spot, start=None, end=None, resolved=None), (), confidence, reason)


def named_place(carried: Carried | None, spots: Sequence[Spot], sentence: Sentence) -> Carried | None:
    """A sentence without an event may still say where the next one happens: its town is carried on."""
    named = [
        s for s in spots if s.geo_precision < 3 and s.resolved and (s.relation or s.resolved.mention.role == "mention")
    ]
    located = [s for s in named if s.relation or (s.resolved and s.resolved.mention.cues.preposition in _AT)]
    best = located[-1:] or (named if len(named) == 1 else [])
    return Carried(best[0], sentence.paragraph, sentence.index) if best else carried


def choose_place(
    text: str,
    sentence: Sentence,
    group: Group,
    spots: Sequence[Spot],
    carried: Carried | None,
    region: Spot | None,
    dateline: Resolved | None,
    resolved: Sequence[Resolved],
    capital: Resolved | None,
) -> list[Choice]:
    """The places of one event: usually one; several when the words join them; none when nothing places it."""
    scored = sorted(((*_score(text, sentence, group, spot), spot) for spot in spots), key=lambda item: -item[0])
    fit = [(score, reason, spot) for score, reason, spot in scored if score >= THRESHOLD]
    fit = [
        item
        for item in fit
        if not any(_holds(item[2], other[2]) for other in fit if other is not item and other[0] >= item[0] - 3.5)
    ] or fit
    anaphor = _anaphor(text, group)
    meant = _antecedent(anaphor, resolved, capital) if anaphor else None
    if fit:
        score, reason, best = fit[0]
        wide = best.geo_precision == 3 or best.place.is_country
        if wide and anaphor and meant and meant.geo_precision < 3 and _holds(best, meant):
            return [_carry(meant, 0.6, f"'{anaphor.group()}' is {meant.place.name}")]
        others = tuple(spot for _, _, spot in fit[1:] if _either(text, best, spot))
        confidence = min(0.95, 0.5 + 0.08 * score)
        choices = [Choice(best, others, confidence, reason)]
        chain = best
        for spot in sorted((s for _, _, s in fit[1:] if s not in others), key=lambda s: s.start or 0):
            if (
                _coordinated(text, chain, spot) or _coordinated(text, spot, chain)
            ) and spot.geo_precision == best.geo_precision:
                choices.append(Choice(spot, (), confidence - 0.05, "joined by 'and'"))
                chain = spot
        return choices
    unknown = _unlisted(group, resolved)
    if unknown and region:
        return [_carry(_unit_of(unknown, resolved) or region, 0.3, f"{unknown.mention.text} is not in the gazetteer")]
    if anaphor and meant:
        return [_carry(meant, 0.6, f"'{anaphor.group()}' is {meant.place.name}")]
    if carried:
        near = sentence.index - carried.sentence
        if anaphor and near <= 4:
            return [_carry(carried.spot, 0.6, f"'{anaphor.group()}' is {carried.spot.place.name}")]
        if carried.paragraph == sentence.paragraph or near == 1:
            return [_carry(carried.spot, 0.5 if near <= 2 else 0.35, "carried over from the event before")]
    if (
        dateline
        and dateline.place
        and group.main.kind in {"talks", "ceasefire"}
        and re.search(r"\bhere\b|\bin the (?:port )?city\b", text[group.start : group.end])
    ):
        return [_carry(spot_of(dateline.place), 0.5, "talks where the report was written")]
    weak = [
        item
        for item in scored
        if item[0] > -1.0
        and item[2].relation is None
        and (item[2].resolved is None or item[2].resolved.mention.role not in _NEVER | {"reference_landmark", "origin"})
    ]
    if weak:
        return [Choice(weak[0][2], (), 0.35, "only place of the sentence")]
    if carried and sentence.index - carried.sentence <= 6:
        return [_carry(carried.spot, 0.3, "carried over from an earlier paragraph")]
    if region:
        return [_carry(region, 0.25, "where the article as a whole plays")]
    return []
