"""How well a place of the sentence fits an event: points by clause, preposition, role and feature (places.yaml)."""

from app.coding.clauses import Group
from app.coding.place_rules import place_rules
from app.recognition.tokens import Sentence
from app.resolution.relations import Spot

NEVER = frozenset({"dateline", "reporting_place", "actor", "demonym", "name_part"})
"""Roles that are never the place of an event."""
NEVER_POINTS = -9.0
_NEAR = 6
"""Words behind a trigger within which a name is its object."""
_SEATS = {"reporting_place", "actor", "demonym"}
_FILL_AT_MOST = 3
"""Words between where the doers are and what they do."""
_COMPASS = {"north", "south", "east", "west"}


def _words_between(sentence: Sentence, group: Group, start: int) -> int:
    low, high = sorted((group.main.start, start))
    return sum(1 for token in sentence.tokens if low < token.start < high and token.is_word)


def _by_words(sentence: Sentence, group: Group, spot: Spot, start: int, gap: int) -> tuple[float, str | None]:
    """Points for the words around the name, and the reason that decided."""
    rules, item = place_rules(), spot.resolved
    if item is None:
        return 0.0, None
    weights, kind, preposition, role = rules.weights, group.main.kind, item.mention.cues.preposition, item.mention.role
    total, reason = 0.0, None
    before = [token.lower for token in sentence.tokens if token.end <= start][-2:]
    if kind in rules.crowd_kinds and before[1:] == ["of"] and before[0] in rules.townspeople:
        total, reason = weights["at"], "its people do it"
    elif spot.relation is not None:
        total, reason = weights["at"], f"told as {spot.relation.type}"
    elif preposition in rules.at:
        total, reason = weights["at"], f"'{preposition}' before it"
    behind = group.main.start < start and gap <= _NEAR
    if behind and kind in rules.object_kinds and preposition not in {"from", "to", "with"}:
        total, reason = total + weights["object"], "object of the trigger"
    if role == "origin" or preposition == "from":
        total += weights["from_of_leaving" if kind in rules.leaving_kinds else "from"]
    if role == "destination" or preposition in rules.towards:
        total += weights["towards" if kind in rules.towards_kinds or preposition == "into" else "to"]
    if spot.relation is None:
        if role == "reference_landmark":
            total += weights["landmark"]
        if before[-1:] == ["of"] and before[0] in _COMPASS:
            total += weights["compass"]
    return total, reason


def _by_feature(spot: Spot) -> float:
    """Points for what kind of place it is: the smaller the better."""
    weights, place = place_rules().weights, spot.place
    total = weights["water"] if place.feature_class == "H" else 0.0
    if place.is_country and spot.relation is None:
        return total + weights["country"]
    if spot.geo_precision == 3:
        return total + weights["region"]
    if place.is_settlement or place.feature_class in {"S", "R"}:
        total += weights["spot"]
    return total


def _acts_there(sentence: Sentence, group: Group, spot: Spot) -> bool:
    """ "Police in Doda have arrested": where the doers are is where they do it, unless they only speak."""
    if spot.end is None or not spot.resolved or spot.resolved.mention.role not in _SEATS:
        return False
    if spot.resolved.mention.role in {"actor", "demonym"}:
        before = [t.lower for t in sentence.tokens if t.end <= (spot.start or 0)][-2:]
        rules = place_rules()
        return group.main.kind in rules.crowd_kinds and before[1:] == ["of"] and before[0] in rules.townspeople
    between = [t.lower for t in sentence.tokens if spot.end <= t.start < group.main.start]
    return (
        len(between) <= _FILL_AT_MOST
        and group.main.kind not in {"threat", "talks"}
        and all(word in place_rules().fill for word in between)
        and spot.end <= group.main.start
    )


def score_spot(sentence: Sentence, group: Group, spot: Spot) -> tuple[float, str]:
    """(points, reason) of one place of the sentence for one event."""
    weights = place_rules().weights
    if spot.resolved and spot.resolved.mention.role in NEVER and not _acts_there(sentence, group, spot):
        return NEVER_POINTS, spot.resolved.mention.role
    start = spot.start if spot.start is not None else sentence.start
    inside = group.start <= start < group.end
    gap = _words_between(sentence, group, start)
    total = weights["same_clause" if inside else "same_sentence"]
    total += max(weights["word_between_least"], weights["word_between"] * gap)
    points, reason = _by_words(sentence, group, spot, start, gap)
    if spot.relation and spot.relation.type == "coordinates":
        return total + weights["coordinates"], "coordinates in the text"
    total += points + _by_feature(spot)
    if start > group.main.start:
        total += weights["after_trigger"]
    return total, reason or ("same clause" if inside else "same sentence")
