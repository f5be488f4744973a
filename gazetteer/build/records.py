"""What the stages hand to one another."""

from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry as Geometry


@dataclass(slots=True)
class Record:
    """One place in the making. `spellings` are all others than the headline name."""

    ref: str
    """The public id: `geonames:170905`, `dateline:nassib-crossing`, `airport:OSDI`."""
    name: str
    spellings: list[str]
    country: str | None
    lat: float
    lon: float
    feature_code: str
    population: int = 0
    unit: tuple[str, str] | None = None
    """Country and GeoNames code of the first-level unit, once linked."""
    second_unit: str = ""
    """GeoNames code of the second-level unit, within `unit`."""
    unit_hint: str = ""
    """What the source says of the unit: a GeoNames code, an ISO 3166-2 code, or nothing."""
    radius_km: float = 0.0
    feature_class: str = ""
    wikidata: str = ""
    source: str = ""
    """Which source it comes from: `geonames`, `airports`, `supplement`."""
    keep_all_spellings: bool = False
    """True where people chose each spelling, so that short and capital ones (UK, T4) stay."""
    covers: tuple[str, ...] = ()
    """ISO codes of the units and countries that together make up an area."""
    outline: Geometry | None = None
    """The area's own polygon."""


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One first-level unit of admin1.csv. `covers` lists finer ISO 3166-2 codes that belong to it."""

    country: str
    code: str
    iso: str
    name: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondUnit:
    """One second-level unit: the mean point of its settlements, and a circle that holds them."""

    country: str
    code1: str
    code2: str
    name: str
    plain: str
    """The name without its word for the kind of unit."""
    places: tuple[int, ...]
    """GeoNames ids of the settlements in it."""
    spellings: tuple[str, ...] = ()
    iso: str = ""
    """ISO 3166-2 code, where our notes give it one."""
    lat: float = 0.0
    lon: float = 0.0
    radius_km: float = 0.0


@dataclass(frozen=True, slots=True)
class FeatureKind:
    """Class and usual extent of a GeoNames feature code."""

    feature_class: str
    radius_km: float


@dataclass(slots=True)
class Material:
    """All that was read: the records of all sources, the units, and the table of feature codes."""

    records: list[Record] = field(default_factory=list)
    units: dict[tuple[str, str], UnitRecord] = field(default_factory=dict)
    second_units: dict[tuple[str, str, str], SecondUnit] = field(default_factory=dict)
    """By country, code of the first-level unit, and code."""
    shapes: dict[tuple[str, ...], tuple[Geometry, bool]] = field(default_factory=dict)
    """Outlines of units by country and codes (one for a first-level unit, two for a second-level one), and whether
    they are approximate."""
    kinds: dict[str, FeatureKind] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    """Ids of base records that a row of ours takes the place of."""
