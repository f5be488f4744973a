"""What the article as a whole says about where it plays: its names as one chorus, the caller's hints, the outlet."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.domain.documents import Hints
from app.domain.places import Candidate, Place
from app.recognition.mentions import Mention
from app.resolution.support import Chorus, Voice, hear

ACTOR_VOICE = 0.2
"""What a named armed group says of its country; armies fight abroad, so it is little."""
OUTLET_VOICE = 0.3
HINT_VOICE = 2.0
DEMONYM_VOICE = 0.4
CLEAR = 1.5
"""Voices for one country from which on the article is about it."""


@dataclass(frozen=True, slots=True)
class Context:
    """The chorus of the article's names, and what the caller said."""

    chorus: Chorus = field(default_factory=lambda: Chorus({}, {}))
    voice_of: Mapping[str, int] = field(default_factory=dict)
    """Name in small letters -> number of its voice."""
    hinted: frozenset[str] = frozenset()
    box: tuple[float, float, float, float] | None = None
    """West, south, east, north (degrees): where the caller expects the article to play."""
    outlet: str | None = None
    held: frozenset[tuple[int, str]] = frozenset()
    """(start of a mention, place id): readings in which one name of "Celaya, Guanajuato" holds the other."""
    elsewhere: frozenset[int] = frozenset()
    """Starts of mentions that the words put where none of their readings lies."""

    def in_box(self, place: Place) -> bool:
        """The place lies in the box that the caller expects; one with west > east crosses the antimeridian."""
        if self.box is None:
            return False
        west, south, east, north = self.box
        inside = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
        return inside and south <= place.lat <= north

    @property
    def main_country(self) -> str | None:
        """The country that the article names most, where it names it often enough to count on it."""
        countries = self.chorus.countries
        best = max(countries, key=lambda code: (countries[code], code), default=None)
        return best if best is not None and countries[best] >= CLEAR else None


def held_readings(mentions: Sequence[Mention]) -> frozenset[tuple[int, str]]:
    """For names joined by a comma or "in", the readings in which the second holds the first: "Isulan, Sultan
    Kudarat".
    """
    held: set[tuple[int, str]] = set()
    for first, second in pairwise(mentions):
        joined = first.sentence is second.sentence and 0 < second.start - first.end <= 5
        if not joined or first.cues.after[:1] not in ((",",), ("in",), ("(",)) or not second.candidates:
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


def first_beliefs(candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """Belief in each reading before anything else is heard: countries and large places are meant more often."""
    weights = []
    for candidate in candidates:
        place = candidate.place
        people = (
            place.population
            if place.is_country or not place.is_admin
            else 200_000
            if place.feature_code == "ADM1"
            else 0
        )
        weight = (people + 500) ** 0.5 * (3 if place.is_country else 1)
        weights.append(weight * (1.0 if candidate.how in {"name", "alternate"} else 0.3))
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def _trust(candidates: Sequence[Candidate]) -> float:
    """A name met by villages alone, or only without its article, says little about the country."""
    known = any(
        c.place.population >= 15_000 or c.place.is_admin or c.place.id.startswith("dateline:") for c in candidates
    )
    exact = any(c.how in {"name", "alternate"} for c in candidates)
    return (1.0 if known else 0.5) * (1.0 if exact else 0.4)


def listen(
    mentions: Sequence[Mention],
    hints: Hints,
    outlet: str | None,
    actors: Sequence[str],
    beliefs: Mapping[str, Mapping[str, float]] | None = None,
) -> Context:
    """The context of the article; `beliefs` (name -> place id -> share) are those of the round before."""
    extra = defaultdict(float, dict.fromkeys(hints.countries, HINT_VOICE))
    if outlet:
        extra[outlet] += OUTLET_VOICE
    for code in actors:
        extra[code] += ACTOR_VOICE
    heard = Counter(mention.text.casefold() for mention in mentions)
    voices: list[Voice] = []
    voice_of: dict[str, int] = {}
    for mention in mentions:
        name = mention.text.casefold()
        if mention.country:
            extra[mention.country] += DEMONYM_VOICE / heard[name] ** 0.5
            continue
        if not mention.candidates or name in voice_of:
            continue
        voice_of[name] = len(voices)
        places = tuple({c.place.id: c.place for c in mention.candidates}.values())
        aside = mention.role in {"actor", "name_part", "reporting_place"}
        loudness = min(2.0, heard[name] ** 0.5) * (0.5 if aside else 1.0)
        if beliefs is not None and name in beliefs:
            shares = tuple(beliefs[name].get(place.id, 0.0) for place in places)
        else:
            by_id: dict[str, float] = {}
            for candidate, share in zip(mention.candidates, first_beliefs(mention.candidates), strict=True):
                by_id[candidate.place.id] = max(share, by_id.get(candidate.place.id, 0.0))
            shares = tuple(by_id[place.id] for place in places)
            loudness *= _trust(mention.candidates)
        voices.append(Voice(places, shares, loudness))
    return Context(
        chorus=hear(voices, extra),
        voice_of=voice_of,
        hinted=frozenset(hints.countries),
        box=hints.bbox,
        outlet=outlet,
        held=held_readings(mentions),
        elsewhere=put_elsewhere(mentions),
    )
