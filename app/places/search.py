"""Places for a name that somebody types, the best first; each says how it matched.

1. The name as it stands: headline name, another spelling, without its Arabic article.
2. The name without a generic word, among places of that kind: "Nassib border gate", "Mount Hermon"; and the name
   without what is said behind a comma or in brackets, which then must hold the place: "Ber, Mali".
3. Misspellings: consonant skeletons propose, letters decide (`close`).

Each only where the one before finds no place that fits the query. Names that begin so fill the rest.
Within one way of matching the nearest comes first where a point is given, else the best known.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from app.domain.places import Candidate, Match, Place
from app.domain.queries import PlaceQuery
from app.places.close import close_places
from app.places.gazetteer import Gazetteer
from app.places.generic import readings
from app.places.merge import Met, apart_km, join, weight
from app.places.names import mention_keys, name_key
from app.places.plain import plain_name

_PREFIX_ROWS: Final = 200
_SCORES: Final[dict[Match, float]] = {"name": 1.0, "alternate": 0.99, "article": 0.97, "generic": 0.95}
_BEGINNING: Final = 0.5
_LEAST_BEGINNING: Final = 3
"""Letters: more places begin with two than anybody reads."""
_MOST_HEADS: Final = 50
_MOST_WORDS: Final = 6
_LISTED: Final = 50_000
"""A place of our own tables or the user's, whatever its population, counts as much as a town of this size."""
_TAIL = re.compile(r"^(?P<head>[^,(]+?)\s*(?:,\s*(?P<comma>[^,()]+)|\((?P<bracket>[^()]+)\))\s*$")


def search(gazetteer: Gazetteer, query: PlaceQuery) -> list[Candidate]:
    """At most `query.limit` places, the best first. Nothing for a name without a letter or digit."""
    if not mention_keys(query.q):
        return []
    found = _Found(query)
    found.add(_exact(gazetteer, query.q))
    if not found.places:
        found.add(_generic(gazetteer, query.q))
        found.add(_tail(gazetteer, query))
    if not found.places:
        found.add(close_places(gazetteer.parts, query.q, gazetteer.faced))
        for reading in readings(query.q):
            found.add(
                c for c in close_places(gazetteer.parts, reading.core, gazetteer.faced) if reading.kind.fits(c.place)
            )
    if len(found.places) < query.limit:
        found.add(_beginnings(gazetteer, query))
    return found.ranked()


class _Found:
    """Candidates that fit the query, each place once by its best match."""

    def __init__(self, query: PlaceQuery) -> None:
        self.query = query
        self.places: dict[str, Candidate] = {}

    def add(self, candidates: Iterable[Candidate]) -> None:
        for candidate in candidates:
            if _fits(candidate.place, self.query):
                held = self.places.get(candidate.place.id)
                if held is None or candidate.score > held.score:
                    self.places[candidate.place.id] = candidate

    def ranked(self) -> list[Candidate]:
        known = {place_id: _known(c.place) for place_id, c in self.places.items()}
        for candidate in self.places.values():
            # A unit goes behind the settlement that it is named after.
            if candidate.place.feature_code in {"ADM1", "ADM2"} and candidate.how != "generic":
                named = (c for c in self.places.values() if _tier(c) >= _SCORES["generic"])
                seats = [known[c.place.id] for c in named if _is_seat(c.place, candidate.place)]
                if seats:
                    known[candidate.place.id] = min(known[candidate.place.id], max(seats) - 0.5)
        near = self.query.near
        if near is not None:
            lon, lat = near
            known = {place_id: -apart_km(c.place, lat, lon) for place_id, c in self.places.items()}
        ranked = sorted(self.places.values(), key=lambda c: (-_tier(c), -known[c.place.id], -c.score, c.place.id))
        return ranked[: self.query.limit]


def _known(place: Place) -> float:
    """How likely somebody who asks this service means the place: what our own tables list, the news names."""
    listed = place.id.startswith(("dateline:", "own:")) and place.feature_code != "ADM2"
    return float(max(weight(place), _LISTED if listed else 0))


def _tier(candidate: Candidate) -> float:
    """Exact spellings are equal, misspellings rank by likeness, beginnings come last."""
    if candidate.how == "beginning":
        return 0.0
    if candidate.how == "fuzzy":
        return round(candidate.score, 2)
    return 1.0 if candidate.score > _SCORES["article"] else _SCORES["generic"]


def _is_seat(place: Place, unit: Place) -> bool:
    same = place.country == unit.country and place.admin1 == unit.admin1
    return place.feature_class == "P" and place.feature_code != "PPLX" and place.population > 0 and same


def _fits(place: Place, query: PlaceQuery) -> bool:
    if query.country and place.country not in query.country:
        return False
    if query.feature and not {place.feature_class, place.feature_code} & set(query.feature):
        return False
    return query.admin1 is None or _lies_in(place, query.admin1)


def _lies_in(place: Place, admin1: str) -> bool:
    return admin1.upper() == place.admin1_code or name_key(admin1) == (name_key(place.admin1 or "") or None)


def _exact(gazetteer: Gazetteer, name: str) -> Iterator[Candidate]:
    for met in gazetteer.meetings([name])[name]:
        yield Candidate(met.hit.place, met.hit.spelling, met.how, _SCORES[met.how])


def _generic(gazetteer: Gazetteer, name: str) -> Iterator[Candidate]:
    """Places of the kind that a generic word asks for, under the bare name or with another word of the kind."""
    for reading in readings(name):
        spelled = list(dict.fromkeys((reading.core, *reading.kind.spelled(reading.core))))
        for meetings in gazetteer.meetings(spelled).values():
            for met in meetings:
                if reading.kind.fits(met.hit.place):
                    yield Candidate(met.hit.place, met.hit.spelling, "generic", _SCORES["generic"])


def _tail(gazetteer: Gazetteer, query: PlaceQuery) -> Iterator[Candidate]:
    """For "Ber, Mali", "Argelia (Cauca)" and "El Plateado Argelia": places of the first name that lie in the second."""
    for head, tail in _splits(query.q.strip()):
        holders = [met.hit.place for met in gazetteer.meetings([tail])[tail] if met.hit.place.is_admin]
        named = {name_key(tail), *(name_key(plain_name(place.name)) for place in holders)} - {""}
        countries = tuple(sorted({place.country for place in holders if place.country}))
        if not countries:
            continue
        heads = replace(query, q=head, limit=_MOST_HEADS, country=query.country or countries)
        for candidate in search(gazetteer, heads):
            place = candidate.place
            inside = any(holder.holds(place) for holder in holders) or name_key(plain_name(place.admin2 or "")) in named
            if candidate.how != "beginning" and (inside or _lies_in(place, tail)):
                yield candidate


def _splits(q: str) -> Iterator[tuple[str, str]]:
    """What may be a name and what holds it: at the comma or bracket, else between any two words."""
    match = _TAIL.match(q)
    if match is not None:
        yield match["head"], (match["comma"] or match["bracket"]).strip()
        return
    words = q.split()
    for at in range(len(words) - 1, 0, -1) if len(words) <= _MOST_WORDS else ():
        yield " ".join(words[:at]), " ".join(words[at:])


def _beginnings(gazetteer: Gazetteer, query: PlaceQuery) -> Iterator[Candidate]:
    key = mention_keys(query.q)[0]
    if len(key) < _LEAST_BEGINNING:
        return
    places: dict[str, Met] = {}
    scores: dict[str, float] = {}
    for number, part in enumerate(gazetteer.parts):
        later: dict[str, Met] = {}
        for full, hit in part.by_beginning(key, query.country, max(_PREFIX_ROWS, 2 * query.limit)):
            score = round(_BEGINNING * len(key) / len(full), 3)
            if score > scores.get(hit.place.id, 0.0):
                scores[hit.place.id] = score
                later[hit.place.id] = Met(gazetteer.faced(hit), hit.how, number)
        join(places, later.values())
    for place_id, met in places.items():
        yield Candidate(met.hit.place, met.hit.spelling, "beginning", scores[place_id])
