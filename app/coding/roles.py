"""Roles that only coding knows: which mention placed an event, what it hangs on, what holds it."""

from collections.abc import Sequence

from app.domain.events import Event
from app.domain.toponyms import Role
from app.resolution.resolve import Resolved

_ANCHORED = {"offset", "between"}


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
    homes = [literal[start].place for start, role in roles.items() if role == "event_place"]
    held = {(place.country, place.admin1) for place in homes if place}
    previous: Resolved | None = None
    for start, item in literal.items():
        place, free = item.place, start not in roles and item.mention.role == "mention"
        # 2  The unit or country that holds an event place, or the place named just before it.
        if free and place and place.is_admin:
            near = previous is not None and previous.mention.sentence is item.mention.sentence
            holds_last = near and previous is not None and previous.place and place.holds(previous.place)
            if holds_last or any(c == place.country and (place.is_country or a == place.admin1) for c, a in held):
                roles[start] = "containing_region"
        # 3  Rivers and mountains on which nothing happened are landmarks.
        elif free and place and place.feature_class in {"H", "T"}:
            roles[start] = "reference_landmark"
        previous = item
    return roles
