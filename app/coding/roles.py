"""Roles that only coding knows: which mention placed an event, what it hangs on, what holds it."""

from collections.abc import Sequence
from typing import cast

from app.domain.events import Event
from app.domain.toponyms import Role
from app.resolution.resolve import Resolved

_ANCHORED = {"offset", "between"}
_LITERAL = (
    "event_place",
    "containing_region",
    "reference_landmark",
    "origin",
    "destination",
    "reporting_place",
    "mention",
)
NO_EVENT = 0.5
HOLDS = 4.0


def final_roles(events: Sequence[Event], resolved: Sequence[Resolved]) -> dict[int, Role]:
    """Role by start offset of the mention, for those whose role changes now that the events are placed."""
    literal = {r.start: r for r in resolved if r.mention.kind == "literal" and r.place}
    roles: dict[int, Role] = {}
    # 1  The mention that gave an event its place; "12 km north of X" and "between X and Y" make X a landmark.
    for event in events:
        for where in filter(None, (event.place, *event.alternative_places)):
            if where.start not in literal:
                continue
            anchored = where.relation is not None and where.relation.type in _ANCHORED
            roles[where.start] = "reference_landmark" if anchored else "event_place"
        if event.unresolved_place:
            roles[event.unresolved_place.start] = "event_place"
    placed = set(roles)
    homes = [literal[s].place for s, role in roles.items() if role == "event_place" and s in literal]
    held = {(place.country, place.admin1) for place in homes if place}
    previous: Resolved | None = None
    for start, item in literal.items():
        place, mention = item.place, item.mention
        if start not in placed and mention.role == "mention" and mention.roles:
            belief = {role: mention.roles.get(role, 0.0) for role in _LITERAL}
            belief["event_place"] *= NO_EVENT
            # 2  The unit or country that holds an event place, or the place named just before it.
            if place and place.is_admin:
                near = previous is not None and previous.mention.sentence is mention.sentence
                holds_last = near and previous is not None and previous.place and place.holds(previous.place)
                if holds_last or any(c == place.country and (place.is_country or a == place.admin1) for c, a in held):
                    belief["containing_region"] *= HOLDS
            best = max(belief, key=lambda role: (belief[role], role))
            roles[start] = cast(Role, best)
        previous = item
    return roles
