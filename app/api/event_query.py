"""The query of `GET /v1/events` as a value of the field."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

from app.api.bodies import country_codes
from app.api.parameters import MAX_CURSOR, Parameter, Query, list_of
from app.domain.events import Status
from app.domain.ontology import EVENT_TYPES, KINDS
from app.domain.places import PlaceIndex
from app.domain.queries import MAX_LIMIT, Bbox, EventQuery, Near, Sort
from app.errors import BadInput

Format = Literal["json", "geojson"]

DEFAULTS = EventQuery()
SUB_EVENT_TYPES = tuple(sub for subs in EVENT_TYPES.values() for sub in subs)
MAX_RADIUS_KM = 2_000
"""The widest circle that `near` takes: domain.queries.Near."""

_LOWEST_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_DAY = {"type": "string", "format": "date"}

PARAMETERS = (
    Parameter("bbox", "west,south,east,north in WGS 84 degrees; west > east crosses the antimeridian.",
              {"type": "string"}, "35.5,32.3,37.0,33.5"),
    Parameter("near", "lon,lat in WGS 84 degrees; needs radius_km.", {"type": "string"}, "36.10,32.62"),
    Parameter("radius_km", "Geodesic distance from `near`.",
              {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_RADIUS_KM}, "25"),
    Parameter("region", "A country, unit or wide area (Donbas) by name, place id or ISO 3166-2 code.", example="Daraa"),
    Parameter("country", "ISO 3166-1 alpha-2 codes.",
              {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z]{2}$"}}, "SY"),
    Parameter("admin1", "First-level unit by name or ISO 3166-2 code.", example="SY-DR"),
    Parameter("from", "First day; an event matches when its interval overlaps.", _DAY, "2018-07-01"),
    Parameter("to", "Last day, included.", _DAY, "2018-07-31"),
    Parameter("event_type", "ACLED event types.", list_of(tuple(EVENT_TYPES)), "Battles"),
    Parameter("sub_event_type", "ACLED sub-event types.", list_of(SUB_EVENT_TYPES)),
    Parameter("kind", "Fine types.", list_of(tuple(KINDS))),
    Parameter("status", "What the text says of the event.", list_of(get_args(Status))),
    Parameter("actor", "Part of an actor's name."),
    Parameter("source", "Name of the outlet, as it was sent with the article."),
    Parameter("min_confidence", "Least confidence of the event.", _LOWEST_SHARE, "0.5"),
    Parameter("max_radius_km", "Widest circle that holds the true place.", {"type": "number", "minimum": 0}, "10"),
    Parameter("sort", "Order; `-` puts the latest or surest first.",
              {"type": "string", "enum": list(get_args(Sort)), "default": DEFAULTS.sort}),
    Parameter("limit", "Events a page.",
              {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULTS.limit}),
    Parameter("cursor", "Where the page begins: taken from `next` of the page before.",
              {"type": "string", "maxLength": MAX_CURSOR}),
    Parameter("format", "Form of the answer.", {"type": "string", "enum": list(get_args(Format)), "default": "json"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventRequest:
    """What is asked, and in which form the answer goes out."""

    query: EventQuery
    format: Format


def event_request(query: Query, places: PlaceIndex | None) -> EventRequest:
    """Read and check the query; raises BadInput. Country codes are checked where a gazetteer is at hand."""
    bbox, near = query.one("bbox"), query.one("near")
    radius_km = query.number("radius_km")
    if radius_km is not None and near is None:
        raise BadInput("radius_km needs near as well, for example near=36.10,32.62.", field="near")
    from_day, to_day = query.day("from"), query.day("to")
    if from_day and to_day and from_day > to_day:
        raise BadInput("from must not lie after to.", field="from")
    asked = EventQuery(
        bbox=None if bbox is None else Bbox.from_param(bbox),
        near=None if near is None else Near.from_params(near, radius_km),
        region=query.one("region"),
        country=country_codes(query.many("country"), "country", places),
        admin1=query.one("admin1"),
        from_day=from_day,
        to_day=to_day,
        event_type=query.choices("event_type", tuple(EVENT_TYPES)),
        sub_event_type=query.choices("sub_event_type", SUB_EVENT_TYPES),
        kind=query.choices("kind", tuple(KINDS)),
        status=cast(tuple[Status, ...], query.choices("status", get_args(Status))),
        source=query.one("source"),
        actor=query.one("actor"),
        min_confidence=query.number("min_confidence", 0, 1),
        max_radius_km=query.number("max_radius_km", 0),
        sort=cast(Sort, query.choice("sort", get_args(Sort), DEFAULTS.sort)),
        limit=query.whole("limit", 1, MAX_LIMIT, DEFAULTS.limit),
        cursor=query.one("cursor", longest=MAX_CURSOR),
    )
    return EventRequest(asked, cast(Format, query.choice("format", get_args(Format), "json")))
