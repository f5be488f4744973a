"""Places of the gazetteer, and the protocol through which the pipeline sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from shapely.geometry.base import BaseGeometry

FeatureClass = Literal["A", "H", "L", "P", "R", "S", "T", "U", "V"]
"""GeoNames feature classes: A admin unit, H water, L area, P populated place, R road, S spot, T landform, V forest."""

Match = Literal["name", "alternate", "article", "generic", "fuzzy", "beginning"]
"""How a mention met a gazetteer name: its headline name, another listed spelling, the name without the article
al-/el-/as-..., without a generic word ("crossing", "Mount"), a close spelling, or a name that begins so. A later word
never beats an earlier one without saying so."""


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer record. Coordinates are WGS 84 degrees."""

    id: str
    """`geonames:170905`, `dateline:nassib-crossing`, `airport:OSDI`."""
    name: str
    country: str | None
    """ISO 3166-1 alpha-2; None for what belongs to no country (a sea)."""
    admin1: str | None
    """Name of the first-level unit that holds the place."""
    admin2: str | None
    admin1_code: str | None
    """ISO 3166-2 code of that unit, where known: `SY-DR`."""
    lat: float
    lon: float
    feature_class: FeatureClass | None
    feature_code: str | None
    """GeoNames feature code: PPL, PPLX, ADM1, PCLI, PSTB, AIRB..."""
    population: int
    wikidata: str | None = None
    radius_km: float = 1.0
    """The place's own extent: a circle of this radius around the point holds it."""

    @property
    def is_country(self) -> bool:
        """True for records that stand for a whole country or territory."""
        return (self.feature_code or "").startswith("PCL") or self.feature_code == "TERR"

    @property
    def is_admin(self) -> bool:
        """True for countries and administrative units."""
        return self.feature_class == "A"

    def holds(self, inner: "Place") -> bool:
        """True where this is the country or the first-level unit in which `inner` lies."""
        if not self.is_admin or inner.is_country or self.id == inner.id or self.country != inner.country:
            return False
        return self.is_country or (self.feature_code == "ADM1" != inner.feature_code and self.admin1 == inner.admin1)

    @property
    def is_settlement(self) -> bool:
        """True for populated places, from a city down to a neighbourhood."""
        return self.feature_class == "P"

    @property
    def is_area(self) -> bool:
        """True where the point only stands for something wide: admin units, regions, rivers, mountains, forests."""
        return self.feature_class in {"A", "H", "L", "T", "V"} and (self.is_admin or self.radius_km >= 5)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may mean, with the spelling that met it and how."""

    place: Place
    matched: str
    """The gazetteer spelling that the mention met."""
    how: Match
    score: float = 1.0
    """1 for an exact meeting of keys; below 1 for a close spelling."""


class PlaceIndex(Protocol):
    """The gazetteer as resolution sees it. Tests hand in a dictionary, the service a compiled SQLite file."""

    @property
    def version(self) -> str:
        """Version of the compiled gazetteer."""

    @property
    def sources(self) -> Sequence[str]:
        """The sources that went in, as `name version (licence)`."""

    def lookup(self, mentions: Iterable[str]) -> Mapping[str, Sequence[Candidate]]:
        """Candidates of each mention that meets a gazetteer name; mentions that meet none are left out."""

    def similar(self, name: str, country: str) -> Sequence[Candidate]:
        """Places of a country whose name is spelled nearly so, the most alike first; for a name that meets nothing."""

    def country(self, code: str) -> Place | None:
        """The record of a country by ISO 3166-1 alpha-2 code."""

    def admin1(self, country: str, name: str) -> Place | None:
        """The record of a first-level unit by the country's code and the unit's name as records carry it."""

    def outline(self, place: Place) -> BaseGeometry | None:
        """The outline of a unit, a country or a region (WGS 84 degrees, longitude first), or None where none is known.

        It may be simplified. A circle that stands in for an outline is none.
        """
