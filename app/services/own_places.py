"""Places that users add one at a time: stored with the events, found by every worker with its next request."""

import threading
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any, Final

from app.domain.places import Place
from app.errors import BadInput, NotFound
from app.places import Gazetteer
from app.places.own import OwnPlace, OwnPlaces
from app.places.regions import is_far_off, unit_at, unit_named
from app.services.checks import is_storable
from app.store import Store
from app.store.own_places import State

MOST_PLACES: Final = 10_000
"""They are kept in memory; a longer list is added as a file (`dateline gazetteer add --csv`)."""
PREFIX: Final = "own:"
_NOTHING: Final = "There is no place of your own under this id; only what POST /v1/places added can be deleted."


def add_place(store: Store, gazetteer: Gazetteer, place: Place, spellings: tuple[str, ...], unit: str | None) -> Place:
    """Store a place and answer it as it will be found. Raises BadInput.

    `unit` is its first-level unit by name or ISO 3166-2 code; where it is None, the one whose outline holds the point.
    """
    held = _in_its_unit(gazetteer, place, unit)
    with store.begin() as transaction:
        count, _ = transaction.own_places.state()
        if transaction.own_places.is_stored(held.id):
            raise BadInput("There is a place under this id already: delete it first, or choose another id.", field="id")
        if count >= MOST_PLACES:
            raise BadInput(
                f"There are {MOST_PLACES:,} places of your own already: add a list as a file, with "
                "`dateline gazetteer add --csv FILE`."
            )
        transaction.own_places.add(held.id, asdict(held), list(spellings), datetime.now(UTC))
    return held


def _in_its_unit(gazetteer: Gazetteer, place: Place, unit: str | None) -> Place:
    if place.country is None:
        return place
    if is_far_off(gazetteer, place.country, place.lon, place.lat):
        raise BadInput("lat and lon lie far outside of the country: check order and signs.", field="lat")
    if unit is None:
        record = unit_at(gazetteer, place.country, place.lon, place.lat)
    else:
        record = unit_named(gazetteer, place.country, unit)
        if record is None:
            raise BadInput(
                "admin1 is no first-level unit of the country: give its name or ISO 3166-2 code.", field="admin1"
            )
    return place if record is None else replace(place, admin1=record.admin1, admin1_code=record.admin1_code)


def delete_place(store: Store, place_id: str) -> None:
    """Take a place out again. Raises NotFound for what no user added."""
    if not is_storable(place_id):
        raise NotFound(_NOTHING)
    with store.begin() as transaction:
        if not transaction.own_places.delete(place_id):
            raise NotFound(_NOTHING)


class CurrentOwnPlaces:
    """The users' own places as the store holds them now; one short query a call. Safe to share between threads."""

    def __init__(self) -> None:
        """Knows no place yet."""
        self._lock = threading.Lock()
        self._held: tuple[State, OwnPlaces] = ((0, 0), OwnPlaces(()))

    @property
    def last(self) -> OwnPlaces:
        """The index as it was known last."""
        return self._held[1]

    def __call__(self, store: Store) -> OwnPlaces:
        """The index, built anew where the table has changed. Raises NotReady."""
        with store.read() as transaction:
            state = transaction.own_places.state()
        held = self._held
        if held[0] == state:
            return held[1]
        with self._lock:
            if self._held[0] != state:  # another thread may have built it meanwhile
                with store.read() as transaction:
                    state = transaction.own_places.state()
                    rows = transaction.own_places.all()
                self._held = state, OwnPlaces(OwnPlace(_place(row.place), tuple(row.spellings)) for row in rows)
            return self._held[1]


def _place(stored: Mapping[str, Any]) -> Place:
    """A place as it was stored, by the names of its fields: those of a later version are let be."""
    known = {field.name for field in fields(Place)}
    return Place(**{name: value for name, value in stored.items() if name in known})
