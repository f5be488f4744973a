"""The shapes of the answers, for the OpenAPI document only.

Answers are written from plain dictionaries, so that the library, the command line and the service give the same bytes.
"""

from typing import Any, Literal

from pydantic import BaseModel, Field

from app.domain.dates import DateSource, DocumentDateSource, Granularity
from app.domain.documents import LanguageSource
from app.domain.events import ActorRole, Inter, RelationType, Status
from app.domain.places import FeatureClass, Match
from app.domain.toponyms import Role, ToponymKind
from app.services.worker import MAX_ERRORS

JobStatus = Literal["queued", "running", "done", "failed"]


class Place(BaseModel):
    """A gazetteer record."""

    id: str = Field(examples=["geonames:170905"])
    name: str
    country: str | None = Field(description="ISO 3166-1 alpha-2.")
    admin1: str | None
    admin2: str | None
    admin1_code: str | None = Field(description="ISO 3166-2, where known.")
    lat: float
    lon: float
    feature_class: FeatureClass | None = Field(description="GeoNames feature class.")
    feature_code: str | None = Field(description="GeoNames feature code.")
    population: int
    wikidata: str | None
    extent_km: float = Field(description="A circle of this radius around the point holds the place itself.")


class Relation(BaseModel):
    """How a place hangs on other places: 13 km north of X."""

    type: RelationType
    anchors: list[Place]
    distance_km: float | None
    bearing: float | None = Field(description="Degrees clockwise from north, from the first anchor.")


class Geometry(BaseModel):
    """A GeoJSON geometry (RFC 7946)."""

    type: Literal["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
    coordinates: list[Any]


class EventPlace(Place):
    """Where an event happened, with how exactly the text says so."""

    geo_precision: int = Field(ge=1, le=3, description="ACLED: 1 named town, 2 near a town or small area, 3 region.")
    where_prec: int = Field(ge=1, le=7, description="UCDP: 1 exact to 7 international.")
    radius_km: float = Field(description="The true place lies within this distance.")
    relation: Relation | None
    geometry: Geometry
    start: int | None
    end: int | None


class EventDate(BaseModel):
    """When an event happened, both ends inclusive; an open range lacks one end."""

    start: str | None = Field(examples=["2018-07-05"])
    end: str | None = Field(examples=["2018-07-05"])
    granularity: Granularity
    time_precision: int = Field(ge=1, le=3, description="ACLED.")
    date_prec: int = Field(ge=1, le=5, description="UCDP.")
    confidence: float
    source: DateSource
    start_char: int | None
    end_char: int | None


class Actor(BaseModel):
    """Somebody who acts in or suffers an event."""

    name: str
    role: ActorRole
    inter: Inter
    country: str | None
    start: int | None
    end: int | None


class Toll(BaseModel):
    """How many were killed or hurt."""

    low: int | None
    best: int | None
    high: int | None
    text: str
    vague: bool


class Attribution(BaseModel):
    """Who says so."""

    source: str
    start: int | None
    end: int | None


class Span(BaseModel):
    """`text[start:end]` of the article."""

    start: int
    end: int
    text: str


class AcledCodes(BaseModel):
    """The event in ACLED's columns."""

    event_type: str
    sub_event_type: str
    inter1: int | None
    inter2: int | None
    interaction: int | None
    geo_precision: int | None
    time_precision: int | None
    fatalities: int | None


class UcdpCodes(BaseModel):
    """The event in UCDP's columns."""

    type_of_violence: int
    where_prec: int | None
    date_prec: int | None
    low: int | None
    best: int | None
    high: int | None


class PloverCodes(BaseModel):
    """The event in PLOVER's words."""

    event: str
    mode: str | None


class Codes(BaseModel):
    """The event in other code books."""

    acled: AcledCodes
    ucdp: UcdpCodes | None
    plover: PloverCodes


class Event(BaseModel):
    """One thing that happened, or is claimed, denied or planned."""

    id: str
    kind: str
    event_type: str
    sub_event_type: str
    status: Status
    date: EventDate | None
    place: EventPlace | None
    unresolved_place: Span | None = Field(
        description="The name that places the event where the gazetteer lacks it; `place` is then its area, or null."
    )
    alternative_places: list[EventPlace]
    actors: list[Actor]
    fatalities: Toll | None
    injured: Toll | None
    attribution: Attribution | None
    trigger: Span
    evidence: Span
    confidence: float
    background: bool = Field(description="True when the event lies more than 30 days before the document's date.")
    codes: Codes
    reasons: list[str] = Field(description="Short machine-made words that explain the reading.")


class StoredEvent(Event):
    """An event of a stored article."""

    article_id: str
    incident_id: str | None
    created_at: str
    updated_at: str


class Alternative(BaseModel):
    """Another place that a mention could mean."""

    place: Place
    score: float


class Toponym(BaseModel):
    """A place name in the text."""

    start: int
    end: int
    text: str
    kind: ToponymKind
    role: Role
    place: Place | None
    confidence: float
    alternatives: list[Alternative] = Field(max_length=5)
    reasons: list[str]


class DocumentDate(BaseModel):
    """The day that the article speaks from."""

    start: str
    end: str
    granularity: Granularity
    confidence: float
    source: DocumentDateSource
    alternatives: list[str]


class Focus(BaseModel):
    """A country and first-level unit that the article is about."""

    country: str
    admin1: str | None
    share: float


class DocumentHead(BaseModel):
    """What holds for the article as a whole."""

    date: DocumentDate | None
    language: str | None
    language_source: LanguageSource | None = Field(
        None, description="Whether the language was given with the article or detected."
    )
    other_languages: list[str] = Field(
        [], description="ISO 639-1 codes of passages in other languages, in which only place names are read."
    )
    focus: list[Focus]


class GazetteerVersion(BaseModel):
    """The gazetteer that was used."""

    version: str
    sources: list[str]


class Provenance(BaseModel):
    """Which code and data made the answer."""

    pipeline: str
    model: str
    gazetteer: GazetteerVersion


class Document(BaseModel):
    """All that Dateline reads out of one article."""

    document: DocumentHead
    toponyms: list[Toponym]
    events: list[Event]
    provenance: Provenance


class Hints(BaseModel):
    """What the caller expected."""

    countries: list[str]
    bbox: list[float] | None


class StoredArticle(Document):
    """A stored article with what was read out of it."""

    id: str
    created_at: str
    updated_at: str
    text: str
    title: str | None
    published_at: str | None
    source: str | None
    url: str | None
    external_id: str | None
    language: str | None
    hints: Hints | None


class EventPage(BaseModel):
    """One page of stored events."""

    events: list[StoredEvent]
    next: str | None = Field(description="Address of the next page; null on the last.")
    matched: int = Field(description="How many events match in all.")


class Feature(BaseModel):
    """An event as a GeoJSON feature: every field of the event as a property, the geometry lifted out."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry | None
    properties: dict[str, Any]


class FeatureCollection(BaseModel):
    """One page of stored events as GeoJSON (RFC 7946), with `next` and `matched` as foreign members."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    next: str | None
    matched: int


class PlaceMatch(BaseModel):
    """How the search words met a gazetteer name."""

    name: str
    how: Match
    score: float


class FoundPlace(Place):
    """A place that answers a search."""

    match: PlaceMatch


class PlacePage(BaseModel):
    """Places that answer a search, best first."""

    places: list[FoundPlace]
    attribution: list[str] = Field(description="What the licences of the gazetteer's sources ask to be shown.")


class PlaceName(BaseModel):
    """One spelling of a place."""

    name: str
    script: str = Field(description="ISO 15924 code of the script.", examples=["Arab"])


class Outline(BaseModel):
    """The polygon of a place."""

    geometry: dict[str, Any] | None = Field(description="GeoJSON, WGS 84; null where only a point is known.")
    approximate: bool | None = Field(description="True for a circle, or a border that is a guess; null without one.")


class PlaceRecord(Place, Outline):
    """A place with all its spellings."""

    names: list[PlaceName]
    hierarchy: list[Place] = Field(description="What holds it, the narrowest first.")
    attribution: list[str] = Field(description="What the licences of the gazetteer's sources ask to be shown.")


class FoundRegion(Place, Outline):
    """A region that a name may stand for."""


class RegionPage(BaseModel):
    """Regions that a name may stand for, best first."""

    regions: list[FoundRegion]
    attribution: list[str] = Field(description="What the licences of the gazetteer's sources ask to be shown.")


class JobError(BaseModel):
    """A line that was rejected."""

    line: int = Field(ge=1, description="Its number in the body; blank lines count.")
    detail: str = Field(description="A sentence that says what to change.")


class JobLinks(BaseModel):
    """Where to go from a job."""

    self: str
    events: str


class Job(BaseModel):
    """Many articles that were sent at once, and how far their reading has come."""

    id: str
    status: JobStatus
    total: int = Field(description="Lines that are not blank.")
    done: int = Field(description="How many of them are created, duplicates or rejected.")
    created: int
    duplicates: int = Field(description="Articles that were stored before.")
    rejected: int
    errors: list[JobError] = Field(max_length=MAX_ERRORS, description="The first lines that were rejected.")
    created_at: str
    updated_at: str
    links: JobLinks


class Health(BaseModel):
    """`ok`, or which part is missing."""

    status: str


class Landing(BaseModel):
    """The addresses of the service."""

    title: str
    description: str
    links: dict[str, str]


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = Field(None, description="The parameter or body field at fault.")


ANSWERS: tuple[type[BaseModel], ...] = (
    Document, StoredArticle, EventPage, StoredEvent, FeatureCollection, PlacePage, PlaceRecord, RegionPage, Job,
    Landing, Health, Problem,
)  # fmt: skip
