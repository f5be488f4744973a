"""What an event is to ACLED, UCDP and PLOVER: derived from kind, actors, toll and precision, never invented.

Rules: the ACLED, UCDP GED and PLOVER codebooks. Dateline is ACLED-compatible and not affiliated with any of them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.dates import EventDate
from app.domain.events import Actor, Toll
from app.domain.ontology import EVENT_TYPE_OF, INTER_CODES, KINDS
from app.resolution.relations import Spot

_SHOTS = re.compile(r"\b(?:live|shoot\w*|shot|gunfire|fir(?:e|ed|ing) (?:at|on|into)|opened fire)\b", re.IGNORECASE)
_LESS_LETHAL = re.compile(r"\b(?:gas|rubber|water|air|blanks?|grenades?|batons?)\b", re.IGNORECASE)
"""What a crowd is driven apart with where nobody means to kill."""


def event_types(
    kind: str, actors: Sequence[Actor], fatalities: Toll | None, trigger: str, country: str | None
) -> tuple[str, str]:
    """(event type, sub-event type). Who took the ground and how a march was met decide beyond the words."""
    sub = KINDS[kind].sub_event_type
    if kind == "territory_capture":
        takers = [a for a in actors if a.role == "initiator"] or [a for a in actors if a.role != "target"]
        # Foreign states taking land count as "overtakes": the word regains is for the state whose land it is.
        own_state = bool(takers) and takers[0].inter == "State forces" and (takers[0].country in {None, country})
        regained = any(a.inter == "State forces" and a.country in {None, country} for a in takers)
        if own_state or (regained and not any(a.inter == "Rebel group" for a in takers)):
            sub = "Government regains territory"
    deadly = bool(fatalities and (fatalities.low or fatalities.best or fatalities.high or 0) > 0)
    if kind == "protest_repression" and (deadly or (_SHOTS.search(trigger) and not _LESS_LETHAL.search(trigger))):
        sub = "Excessive force against protesters"
    return EVENT_TYPE_OF[sub], sub


def _inter_codes(actors: Sequence[Actor]) -> tuple[int | None, int | None]:
    first = [a for a in actors if a.role in {"initiator", "party"}]
    second = [a for a in actors if a.role == "target"] or first[1:]
    if not first and second:
        return None, INTER_CODES[second[0].inter]
    one = INTER_CODES[first[0].inter] if first else None
    two = INTER_CODES[second[0].inter] if second else None
    return one, two


def _interaction(one: int | None, two: int | None) -> int | None:
    """Two numbers joined low first; one-sided events end in 0."""
    known = sorted(code for code in (one, two) if code is not None)
    if not known:
        return None
    return known[0] * 10 + known[1] if len(known) == 2 else known[0] * 10


def _type_of_violence(kind: str, actors: Sequence[Actor]) -> int | None:
    how = KINDS[kind].ucdp
    if how == "none":
        return None
    targets = [a for a in actors if a.role == "target"]
    sides = [a for a in actors if a.inter != "Civilians"]
    state = any(a.inter in {"State forces", "External/Other forces"} for a in sides)
    if how == "attack" and (
        kind in {"killing", "massacre", "assassination", "protest_repression"}
        or any(a.inter in {"Civilians", "Protesters"} for a in targets)
    ):
        return 3
    return 1 if state else 2


def codes(
    kind: str,
    types: tuple[str, str],
    actors: Sequence[Actor],
    fatalities: Toll | None,
    when: EventDate | None,
    spot: Spot | None,
) -> Mapping[str, Any]:
    """The `codes` block of the contract."""
    one, two = _inter_codes(actors)
    deaths = None
    if fatalities:
        told = [value for value in (fatalities.best, fatalities.low, fatalities.high) if value is not None]
        deaths = told[0] if told else None
    acled = {
        "event_type": types[0],
        "sub_event_type": types[1],
        "inter1": one,
        "inter2": two,
        "interaction": _interaction(one, two),
        "geo_precision": spot.geo_precision if spot else None,
        "time_precision": when.time_precision if when else None,
        "fatalities": deaths,
    }
    ucdp = None
    violence = _type_of_violence(kind, actors)
    if violence and fatalities and (fatalities.best or fatalities.low):
        best = fatalities.best if fatalities.best is not None else fatalities.low
        ucdp = {
            "type_of_violence": violence,
            "where_prec": spot.where_prec if spot else None,
            "date_prec": when.date_prec if when else None,
            "low": fatalities.low,
            "best": best,
            "high": fatalities.high if fatalities.high is not None else best,
        }
    row = KINDS[kind]
    return {"acled": acled, "ucdp": ucdp, "plover": {"event": row.plover, "mode": row.mode}}
