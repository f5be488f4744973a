"""What the article as a whole says about where it plays: how strongly each country and first-level unit is named."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.domain.documents import Hints
from app.domain.places import Candidate, Place
from app.recognition.mentions import Mention
from app.resolution.geo import quick_km

CANDIDATES_FOR_VOTES = 12
ACTOR_VOTE = 0.4
"""What a named armed group says of the country; armies fight abroad, so it is little."""
MOST_SURE = 200
"""Places kept to measure distances from; a text that names more is a list and has no one region."""


@dataclass(slots=True)
class Context:
    """Votes for countries and units, and the places that are sure so far. Shares are relative to the strongest."""

    countries: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    units: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    sure: dict[str, Place] = field(default_factory=dict)
    """By place id."""
    hinted: frozenset[str] = frozenset()
    box: tuple[float, float, float, float] | None = None
    """West, south, east, north (degrees): where the caller expects the article to play."""
    _nearest: dict[str, float | None] = field(default_factory=dict)
    held: frozenset[tuple[int, str]] = frozenset()
    elsewhere: frozenset[int] = frozenset()
    """(start of a mention, place id): readings in which one name of "Celaya, Guanajuato" holds the other."""
    _top_country: float = 0.0
    _top_unit: float = 0.0

    def country_share(self, code: str | None) -> float:
        """0 to 1: how strongly the article names this country, the strongest one being 1."""
        return self.countries.get(code, 0.0) / self._top_country if code and self._top_country > 0 else 0.0

    def in_box(self, place: Place) -> bool:
        """The place lies in the box that the caller expects; one with west > east crosses the antimeridian."""
        if self.box is None:
            return False
        west, south, east, north = self.box
        inside = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
        return inside and south <= place.lat <= north

    def unit_share(self, place: Place) -> float:
        """0 to 1: the same for the first-level unit of the place."""
        if not place.country or not place.admin1:
            return 0.0
        votes = self.units.get((place.country, place.admin1), 0.0)
        return votes / self._top_unit if self._top_unit > 0 else 0.0

    def nearest_km(self, place: Place) -> float | None:
        """Kilometres to the nearest other place that is sure; None when there is none. Asked only once `sure` is
        full.
        """
        if place.id not in self._nearest:
            others = (quick_km(place, other) for other in self.sure.values() if other.id != place.id)
            self._nearest[place.id] = min(others, default=None)
        return self._nearest[place.id]

    @property
    def main_country(self) -> str | None:
        """The country that the article names most, where it names it often enough to count on it."""
        if not self.is_clear:
            return None
        return max(self.countries, key=lambda code: (self.countries[code], code))

    @property
    def is_clear(self) -> bool:
        """The article names some country often enough to count on it."""
        return self._top_country >= 2.0

    def settled(self) -> "Context":
        """The context once all votes are in."""
        self._top_country = max(self.countries.values(), default=0.0)
        self._top_unit = max(self.units.values(), default=0.0)
        return self


def held_readings(mentions: Sequence[Mention]) -> frozenset[tuple[int, str]]:
    """For names joined by a comma or "in", the readings in which the second holds the first: "Isulan, Sultan
    Kudarat".
    """
    held: set[tuple[int, str]] = set()
    for first, second in pairwise(mentions):
        joined = first.sentence is second.sentence and 0 < second.start - first.end <= 5
        if not joined or first.cues.after[:1] not in ((",",), ("in",)) or not second.candidates:
            continue
        for inner in first.candidates:
            for outer in second.candidates:
                if outer.place.holds(inner.place):
                    held |= {(first.start, inner.place.id), (second.start, outer.place.id)}
    return frozenset(held)


def put_elsewhere(mentions: Sequence[Mention]) -> frozenset[int]:
    """Starts of mentions that the words put into a unit of a country where no candidate lies: "Maga in Kebbi state"."""
    found: set[int] = set()
    for first, second in pairwise(mentions):
        joined = first.sentence is second.sentence and 0 < second.start - first.end <= 9
        if not joined or first.cues.after[:1] != ("in",) or second.cues.feature is None:
            continue
        units = {c.place.country for c in second.candidates if c.place.is_admin}
        if units and not units & {c.place.country for c in first.candidates}:
            found.add(first.start)
    return frozenset(found)


def _weight(mention: Mention) -> float:
    """A demonym or a speaking capital says less about where things happen than a place on the ground."""
    if mention.role in {"demonym", "actor", "name_part"}:
        return 0.5
    return 0.3 if mention.role in {"dateline", "reporting_place"} else 1.0


def _population_shares(candidates: Sequence[Candidate]) -> Mapping[str, float]:
    """Share of each country in the mention's voice: its largest namesake counts, not how many there are."""
    weights: dict[str, float] = {}
    for candidate in candidates[:CANDIDATES_FOR_VOTES]:
        place = candidate.place
        if place.country:
            people = place.population if place.is_country or not place.is_admin else 0
            weight = (people + 500) ** 0.5 * (4 if place.is_country else 1)
            weights[place.country] = max(weight, weights.get(place.country, 0.0))
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()} if total else {}


def _trust(candidates: Sequence[Candidate]) -> float:
    """A village, or a name met only without its article, says little about the country."""
    known = any(
        c.place.population >= 15_000 or c.place.is_admin or c.place.id.startswith("dateline:") for c in candidates
    )
    exact = any(c.how in {"name", "alternate"} for c in candidates)
    return (1.0 if known else 0.35) * (1.0 if exact else 0.4)


def first_votes(
    mentions: Sequence[Mention], titles: Iterable[Mention], hints: Hints, outlet: str | None, actors: Sequence[str]
) -> Context:
    """Votes before anything is resolved: each mention splits its voice over the countries of its candidates."""
    context = Context(
        hinted=frozenset(hints.countries),
        box=hints.bbox,
        held=held_readings(mentions),
        elsewhere=put_elsewhere(mentions),
    )
    for code in hints.countries:
        context.countries[code] += 2.0
    if outlet:
        context.countries[outlet] += 0.4
    heard: Counter[str] = Counter()
    for code in actors:
        context.countries[code] += ACTOR_VOTE
    for mention in (*mentions, *titles):
        # The same name again adds little: one unlucky namesake must not outvote the article.
        heard[mention.text.casefold()] += 1
        if heard[mention.text.casefold()] > 2:
            continue
        if mention.country:
            context.countries[mention.country] += 0.5
            continue
        country = next((c.place for c in mention.candidates[:3] if c.place.is_country), None)
        if country and country.country:
            context.countries[country.country] += 1.5 * _weight(mention)
            continue
        for code, share in _population_shares(mention.candidates).items():
            context.countries[code] += share * share * _weight(mention) * _trust(mention.candidates)
    return context.settled()


def second_votes(first: Context, resolved: Iterable[tuple[Mention, Place, float]]) -> Context:
    """Votes once more from what was resolved, each by its confidence; the first votes stay in at a quarter."""
    context = Context(hinted=first.hinted, box=first.box, held=first.held, elsewhere=first.elsewhere)
    for code, votes in first.countries.items():
        context.countries[code] += votes / 4
    for mention, place, confidence in resolved:
        weight = _weight(mention) * confidence
        if place.country:
            context.countries[place.country] += weight
            if place.admin1 and mention.kind == "literal":
                context.units[place.country, place.admin1] += weight
        if confidence >= 0.8 and mention.kind == "literal" and not place.is_country and len(context.sure) < MOST_SURE:
            context.sure[place.id] = place
    return context.settled()
