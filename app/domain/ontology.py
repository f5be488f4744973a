"""The code tables as data: kinds, event types, actor classes, and what each means to ACLED, PLOVER and UCDP.

Source: research on the published codebooks; the tables themselves stand in ontology.yaml, where an analyst can read
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.datafiles import read_yaml

Ucdp = Literal["fight", "attack", "none"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table of kinds."""

    name: str
    event_type: str
    sub_event_type: str
    plover: str
    mode: str | None
    ucdp: Ucdp


_TABLES = read_yaml("app.domain", "ontology.yaml")

EVENT_TYPES: Mapping[str, tuple[str, ...]] = {name: tuple(subs) for name, subs in _TABLES["event_types"].items()}
"""Event type -> its sub-event types, spelled as ACLED publishes them."""

EVENT_TYPE_OF: Mapping[str, str] = {sub: name for name, subs in EVENT_TYPES.items() for sub in subs}

INTER_CODES: Mapping[str, int] = {name: int(code) for name, code in _TABLES["inter"].items()}
"""Actor class -> ACLED number."""

KINDS: Mapping[str, Kind] = {
    name: Kind(
        name,
        EVENT_TYPE_OF[row["sub_event_type"]],
        row["sub_event_type"],
        row["plover"],
        row["mode"] or None,
        row["ucdp"],
    )
    for name, row in _TABLES["kinds"].items()
}
"""Our kinds by name."""
