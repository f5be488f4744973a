"""Places that users of this service added one at a time, kept in memory: they answer what a compiled file answers."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.places import Place
from app.places.file import Hit
from app.places.layout import HOW
from app.places.skeleton import proposes
from app.places.spellings import choose_spellings, key_rows


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One place of the user's own, with all its spellings, the headline name first."""

    place: Place
    spellings: tuple[str, ...]


class OwnPlaces:
    """An index over a few thousand places of the user's own. Immutable: another table is another index."""

    def __init__(self, places: Iterable[OwnPlace]) -> None:
        """Over these places."""
        self._places = {own.place.id: own for own in places}
        self._keys: dict[str, list[Hit]] = defaultdict(list)
        self._skeletons: dict[str, set[str]] = defaultdict(set)
        for own in self._places.values():
            chosen = choose_spellings(own.spellings[0], own.spellings[1:], keep_all=True)
            for key, number, how in key_rows(chosen):
                self._keys[key].append(Hit(own.place, chosen[number][1], HOW[how]))
                if bones := proposes(key):
                    self._skeletons[bones].add(key)
        self._sorted = sorted(self._keys)
        facts = sorted((repr(own.place), own.spellings) for own in self._places.values())
        self.version = hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest() if facts else ""

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._places)

    def by_keys(self, keys: Iterable[str]) -> dict[str, list[Hit]]:
        """What each key leads to; keys that lead nowhere are left out."""
        return {key: self._keys[key] for key in keys if key in self._keys}

    def by_beginning(self, key: str, countries: Sequence[str], most: int) -> list[tuple[str, Hit]]:
        """Keys that begin with this one and what they lead to."""
        first, last = bisect_right(self._sorted, key), bisect_right(self._sorted, f"{key}\U0010ffff")
        found = [(full, hit) for full in self._sorted[first:last] for hit in self._keys[full]]
        return [(full, hit) for full, hit in found if not countries or hit.place.country in countries][:most]

    def keys_of_skeletons(self, skeletons: Sequence[str]) -> list[str]:
        """The keys that have one of these skeletons."""
        return [key for bones in skeletons for key in sorted(self._skeletons.get(bones, ()))]

    def place(self, place_id: str) -> Hit | None:
        """The place under this id, by its headline name."""
        own = self._places.get(place_id)
        return Hit(own.place, own.place.name, "name") if own else None

    def spellings(self, place_id: str) -> list[str]:
        """All spellings of a place, the headline name first; empty when it is not here."""
        own = self._places.get(place_id)
        return list(own.spellings) if own else []
