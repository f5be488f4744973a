"""What "the town", "that camp" and "the capital" mean, and what a name that the gazetteer lacks leaves us with."""

import re
from collections.abc import Sequence

from app.coding.clauses import Group
from app.coding.place_rules import place_rules
from app.resolution.relations import Spot, spot_of
from app.resolution.resolve import Resolved

LEAST_CITY = 40_000
"""A place of fewer people is a town, not "the city"."""
_BEHIND = 60
"""Characters behind an unlisted name in which its unit may follow: "Heipang, in neighbouring Barkin Ladi"."""
_ASKED = {"camp": "CMPRF", "crossing": "PSTB"}


def find_anaphor(text: str, group: Group) -> re.Match[str] | None:
    """ "the town", "there" in the event's clause."""
    return place_rules().anaphor.search(text, group.start, group.end)


def antecedent(anaphor: re.Match[str], resolved: Sequence[Resolved], capital: Resolved | None) -> Spot | None:
    """The last place told before the words that is of their feature; for "the capital" that of the country."""
    noun = (anaphor["noun"] or "").lower()
    wanted = place_rules().anaphora.get(noun)
    if not wanted:
        return None
    if noun == "capital":
        return spot_of(capital.place, capital) if capital and capital.place else None
    for item in reversed(resolved):
        place = item.place
        if place is None or item.end > anaphor.start() or item.mention.kind != "literal":
            continue
        if item.mention.role in {"dateline", "reporting_place", "origin"}:
            continue
        if noun == "city" and 0 < place.population < LEAST_CITY:
            continue
        asked = noun in _ASKED and item.mention.cues.feature == _ASKED[noun]
        if asked or wanted & {place.feature_code, place.feature_class}:
            return spot_of(place, item)
    return None


def unlisted(group: Group, resolved: Sequence[Resolved]) -> Resolved | None:
    """A place that the clause names but the gazetteer lacks: the event is there, not where the last one was."""
    for item in resolved:
        mention, inside = item.mention, group.start <= item.start < group.end
        named = inside and item.place is None and mention.kind == "literal" and mention.role == "mention"
        if named and (mention.cues.locative or item.start > group.main.start):
            return item
    return None


def unit_of(unknown: Resolved, resolved: Sequence[Resolved]) -> Spot | None:
    """The unit named right behind an unlisted place."""
    for item in resolved:
        place = item.place
        if place and place.is_admin and not place.is_country and 0 <= item.start - unknown.end <= _BEHIND:
            return spot_of(place, item)
    return None
