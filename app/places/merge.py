"""One place, several sources: the hits of all parts of the gazetteer become one list without doubles.

Parts come in the order of their authority: the user's own places, his lists, the base, then what was added to it. A
record of a later part is the same place as one of an earlier part when it has the same id, or the same kind, country
and name not further off than `TWIN_KM`. The earlier record answers; the later one adds what the earlier does not know.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import cos, hypot, radians
from typing import Final, Protocol

from app.domain.places import Candidate, Match, Place
from app.places.file import Hit
from app.places.layout import HOW
from app.places.names import exact_keys, mention_keys

TWIN_KM: Final = 5.0
"""Settlements and spots of one name that lie no further apart are one. Sources differ by 1 to 3 km for villages."""
TWIN_UNIT_KM: Final = 60.0
_FAMILIES: Final = ({"AIRB", "AIRF", "AIRP", "AIRQ"}, {"CMP", "CMPRF"}, {"PSTB", "PSTC", "CSTM"}, {"MT", "MTS", "PK"})
"""Feature codes that sources use for the same thing."""
_DEGREE_KM: Final = 111.2
_UNIT_WEIGHT: Final = 100_000
"""First-level units carry no population of their own; among namesakes they count as much as a large city."""


class Part(Protocol):
    """What can be asked of each part of the gazetteer: a compiled file, or the user's own places."""

    def by_keys(self, keys: Iterable[str]) -> Mapping[str, Sequence[Hit]]:
        """What each key leads to."""

    def by_beginning(self, key: str, countries: Sequence[str], most: int) -> list[tuple[str, Hit]]:
        """Keys that begin with this one and what they lead to."""

    def keys_of_skeletons(self, skeletons: Sequence[str]) -> list[str]:
        """The keys that have one of these skeletons."""

    def place(self, place_id: str) -> Hit | None:
        """The record under a public id."""

    def spellings(self, place_id: str) -> list[str]:
        """All spellings of a place."""


def weight(place: Place) -> int:
    """How well known a place is among its namesakes: its population, or what stands for it.

    The people of a unit live in its towns and do not count, whichever source tells their number.
    """
    if place.is_admin and not place.is_country:
        return _UNIT_WEIGHT if place.feature_code == "ADM1" else 0
    return place.population


def is_kept_first(place: Place) -> bool:
    """True for what a crowd of namesakes must not push out: our own rows, countries, first-level units."""
    return place.id.startswith(("dateline:", "own:")) or place.is_country or place.feature_code == "ADM1"


def order(candidate: Candidate) -> tuple[int, int, str]:
    """How the name met, then how well known the place is, then the id."""
    how = HOW.index(candidate.how) if candidate.how in HOW else len(HOW)
    return how, -weight(candidate.place), candidate.place.id


def apart_km(place: Place, lat: float, lon: float) -> float:
    """Kilometres from a place to a point (degrees), on a flat map; over the antimeridian where that is nearer."""
    north = (place.lat - lat) * _DEGREE_KM
    east = ((place.lon - lon + 180) % 360 - 180) * _DEGREE_KM * cos(radians(place.lat))
    return hypot(north, east)


def is_near(one: Place, other: Place, most_km: float) -> bool:
    """Two places lie within so many kilometres of one another."""
    return apart_km(one, other.lat, other.lon) <= most_km


def are_twins(one: Place, other: Place) -> bool:
    """Records of two sources that share a name are one place."""
    if one.country != other.country or one.feature_class != other.feature_class:
        return False
    if one.feature_class == "P":
        return is_near(one, other, TWIN_KM)
    if one.feature_code != other.feature_code and not any(
        {one.feature_code, other.feature_code} <= family for family in _FAMILIES
    ):
        return False  # a hospital is no border post, though both are spots
    return is_near(one, other, max(TWIN_UNIT_KM, one.radius_km) if one.feature_class == "A" else TWIN_KM)


def filled(place: Place, other: Place) -> Place:
    """The place with what only the other record of it knows."""
    code = place.feature_code
    if code == "PPL" and (other.feature_code or "").startswith("PPLA"):
        code = other.feature_code
    if (place.admin2 or not other.admin2) and (place.population or not other.population) and code == place.feature_code:
        return place if place.wikidata or not other.wikidata else replace(place, wikidata=other.wikidata)
    return replace(
        place,
        admin2=place.admin2 or other.admin2,
        population=place.population or other.population,
        wikidata=place.wikidata or other.wikidata,
        feature_code=code,
    )


@dataclass(slots=True)
class Met:
    """A place with its best meeting of a mention."""

    hit: Hit
    how: Match
    part: int
    twins: list[str] = field(default_factory=list)
    """Ids under which later parts hold the same place."""


def best_meetings(mention: str, hits: Mapping[str, Sequence[Hit]], part: int) -> dict[str, Met]:
    """The places of one part that a mention leads to, each once, by its best meeting."""
    exact = set(exact_keys(mention))
    best: dict[str, Met] = {}
    for key in mention_keys(mention):
        for hit in hits.get(key, ()):
            how = hit.how if key in exact else "article"
            held = best.get(hit.place.id)
            if held is None or HOW.index(how) < HOW.index(held.how):
                best[hit.place.id] = Met(hit, how, part)
    return best


def join(earlier: dict[str, Met], later: Iterable[Met]) -> None:
    """Add the meetings of a later part to those of earlier ones, folding doubles into them."""
    before: dict[tuple[str | None, str | None], list[Met]] = defaultdict(list)
    for held in earlier.values():
        before[held.hit.place.country, held.hit.place.feature_class].append(held)
    for met in later:
        place = met.hit.place
        alike = before.get((place.country, place.feature_class), ())
        twin = earlier.get(place.id) or next((held for held in alike if are_twins(held.hit.place, place)), None)
        if twin is None:
            earlier[met.hit.place.id] = met
            continue
        if met.hit.place.id != twin.hit.place.id:
            twin.twins.append(met.hit.place.id)
        how = met.how if HOW.index(met.how) < HOW.index(twin.how) else twin.how
        spelling = met.hit.spelling if how != twin.how else twin.hit.spelling
        twin.hit = replace(twin.hit, place=filled(twin.hit.place, met.hit.place), spelling=spelling)
        twin.how = how
