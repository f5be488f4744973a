"""How the names of one article hold each other up: what lies near, in the same unit, in the same country.

Each name spreads one voice over the places it may mean, by belief. A reading is supported by the voices of the other
names: of those nearby, of those in its first-level unit, of those in its country. Names repeated speak little louder.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.places import Place
from app.resolution.geo import EARTH_KM

NEAR_KM = 80.0
"""Distance at which a voice has lost two thirds of its weight."""
MOST_PLACES = 1000
"""Readings that are compared with each other; where a text has more, each name keeps its likeliest ones."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One name of the article: its readings with the belief in each (sums to at most 1), and how loud it speaks."""

    places: tuple[Place, ...]
    beliefs: tuple[float, ...]
    loudness: float


@dataclass(frozen=True, slots=True)
class Support:
    """The voices of the other names for one reading: of those near it, in its unit, in its country."""

    near: float
    unit: float
    country: float


@dataclass(frozen=True, slots=True)
class Chorus:
    """All voices together."""

    supports: Mapping[tuple[int, str], Support]
    """By number of the voice and place id."""
    countries: Mapping[str, float]
    """Voices for each country, demonyms, actors and hints included."""

    def of(self, voice: int, place: Place) -> Support:
        """Support of one reading of a voice; a voice that came too late to be counted hears of countries alone."""
        found = self.supports.get((voice, place.id))
        return found or Support(0.0, 0.0, self.countries.get(place.country or "", 0.0))

    @property
    def loudest(self) -> float:
        """Voices for the country that most are for."""
        return max(self.countries.values(), default=0.0)


def _vectors(places: Sequence[Place]) -> np.ndarray:
    lat = np.radians([place.lat for place in places])
    lon = np.radians([place.lon for place in places])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def hear(voices: Sequence[Voice], extra: Mapping[str, float]) -> Chorus:
    """What the voices say together; `extra` are voices for countries alone (demonyms, actors, outlet, hints)."""
    countries = defaultdict(float, extra)
    units: defaultdict[tuple[str, str], float] = defaultdict(float)
    own_country: list[defaultdict[str, float]] = []
    own_unit: list[defaultdict[tuple[str, str], float]] = []
    for voice in voices:
        mine: defaultdict[str, float] = defaultdict(float)
        home: defaultdict[tuple[str, str], float] = defaultdict(float)
        for place, belief in zip(voice.places, voice.beliefs, strict=True):
            if place.country:
                mine[place.country] += belief * voice.loudness
                if place.admin1:
                    home[place.country, place.admin1] += belief * voice.loudness
        for code, heard in mine.items():
            countries[code] += heard
        for key, heard in home.items():
            units[key] += heard
        own_country.append(mine)
        own_unit.append(home)
    most = max(2, MOST_PLACES // max(1, len(voices)))
    rows = [
        (number, place, belief * voice.loudness)
        for number, voice in enumerate(voices[: MOST_PLACES // 2])
        for place, belief in _likeliest(voice, most)
    ]
    if not rows:
        return Chorus({}, countries)
    near = _near(rows)
    supports = {}
    for (number, place, _), close in zip(rows, near, strict=True):
        country, unit = place.country or "", (place.country or "", place.admin1 or "")
        supports[number, place.id] = Support(
            close,
            units[unit] - own_unit[number][unit] if place.admin1 else 0.0,
            countries[country] - own_country[number][country] if country else 0.0,
        )
    return Chorus(supports, countries)


def _likeliest(voice: Voice, most: int) -> list[tuple[Place, float]]:
    readings = list(zip(voice.places, voice.beliefs, strict=True))
    return readings if len(readings) <= most else sorted(readings, key=lambda reading: -reading[1])[:most]


def _near(rows: Sequence[tuple[int, Place, float]]) -> list[float]:
    """For each reading the voices of other names nearby; a country's point says nothing about distances."""
    places = [place for _, place, _ in rows]
    vectors = _vectors(places)
    voice = np.array([number for number, _, _ in rows])
    weight = np.array([0.0 if place.is_country else belief for _, place, belief in rows])
    angles = np.arccos(np.clip(vectors @ vectors.T, -1.0, 1.0))
    heard = np.exp(angles * (-EARTH_KM / NEAR_KM)) * weight
    starts = np.flatnonzero(np.r_[True, voice[1:] != voice[:-1]])
    best = np.maximum.reduceat(heard, starts, axis=1)
    best[voice[:, None] == voice[starts][None, :]] = 0.0
    total: list[float] = best.sum(axis=1).tolist()
    return total
