"""The gazetteer: search by name, fetch one place, find regions."""

import re
from typing import Annotated, Any

import shapely
from fastapi import APIRouter, Depends
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry as Geometry
from starlette.responses import Response

from app.api.bodies import country_codes, json_body
from app.api.documented import answer, problems, ref
from app.api.links import link
from app.api.media_types import JSON
from app.api.parameters import Parameter, Query, checked_id, openapi_parameters, read_query
from app.api.parts import AllParts, ThePlaces, TheStore
from app.api.place_body import read_place
from app.api.responses import json_response
from app.domain.places import Candidate, Place
from app.domain.queries import PlaceQuery, position
from app.errors import BadInput, NotFound
from app.formats.document import place_to_dict
from app.places import Gazetteer
from app.places.regions import hierarchy, outline
from app.places.search import search
from app.services.own_places import add_place, delete_place
from app.services.regions import regions_named

router = APIRouter(prefix="/v1/places", tags=["places"])

Body = Annotated[bytes, Depends(json_body)]

MAX_PLACES = 100
_FEATURE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,4}")
DEFAULTS = PlaceQuery(q="")

PARAMETERS = (
    Parameter("q", "A place name in any listed spelling.", {"type": "string", "maxLength": 200}, "Busra al-Sham"),
    Parameter("country", "ISO 3166-1 alpha-2 codes.",
              {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z]{2}$"}}, "SY"),
    Parameter("admin1", "First-level unit by name or ISO 3166-2 code.", example="Daraa"),
    Parameter("feature", "GeoNames feature classes (P, S...) or codes (PSTB, CMPRF...).",
              {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9]{0,4}$"}}, "P"),
    Parameter("near", "lon,lat: of places that match equally well the nearest comes first.", {"type": "string"},
              "36.10,32.62"),
    Parameter("limit", "How many places at most.",
              {"type": "integer", "minimum": 1, "maximum": MAX_PLACES, "default": DEFAULTS.limit}),
)  # fmt: skip

_EXTRA = openapi_parameters(PARAMETERS)
_EXTRA["parameters"][0]["required"] = True


def _found(candidate: Candidate) -> dict[str, Any]:
    match = {"name": candidate.matched, "how": candidate.how, "score": candidate.score}
    return place_to_dict(candidate.place) | {"match": match}


def _features(raw: list[str]) -> tuple[str, ...]:
    if not all(_FEATURE.fullmatch(value) for value in raw):
        raise BadInput("feature must be GeoNames feature classes or codes, such as P or PSTB.", field="feature")
    return tuple(value.upper() for value in raw)


@router.get(
    "",
    summary="Search places by name",
    responses={200: answer("PlacePage", "Places, best first."), **problems(400, 503)},
    openapi_extra=_EXTRA,
)
def get_places(query: Annotated[Query, Depends(read_query)], places: ThePlaces) -> Response:
    """Gazetteer records whose name, or another listed spelling of it, meets `q`."""
    name = query.one("q")
    if name is None:
        raise BadInput("q is missing: give the name of a place, for example q=Daraa.", field="q")
    near = query.one("near")
    asked = PlaceQuery(
        q=name,
        country=country_codes(query.many("country"), "country", places),
        admin1=query.one("admin1"),
        feature=_features(query.many("feature")),
        near=None if near is None else position(near, "near"),
        limit=query.whole("limit", 1, MAX_PLACES, DEFAULTS.limit),
    )
    found = [_found(candidate) for candidate in search(places, asked)]
    return json_response({"places": found, "attribution": list(places.attributions)})


@router.get(
    "/{place_id}",
    summary="A place",
    responses={
        200: answer("PlaceRecord", "The place with all its spellings, what it lies in, and its outline where known."),
        **problems(400, 404, 503),
    },
)
def get_place(place_id: str, places: ThePlaces) -> Response:
    """One gazetteer record, for example `geonames:170905`."""
    place = places.place(checked_id(place_id))
    if place is None:
        raise NotFound("The gazetteer holds no place under that id.")
    return json_response(_record(places, place))


def _record(places: Gazetteer, place: Place) -> dict[str, Any]:
    shape = outline(places, place)
    record = {
        "names": [{"name": name, "script": script} for name, script in places.names(place.id)],
        "hierarchy": [place_to_dict(holder) for holder in hierarchy(places, place)],
        **_outline(*(shape or (None, False))),
    }
    return place_to_dict(place) | record | {"attribution": list(places.attributions)}


@router.post(
    "",
    summary="Add a place",
    status_code=201,
    responses={
        201: answer("PlaceRecord", "Added: articles that are read from now on may mean it.", Location="Its address."),
        **problems(400, 413, 415, 503),
    },
    openapi_extra={"requestBody": {"required": True, "content": {JSON: {"schema": ref("PlaceIn")}}}},
)
def post_place(body: Body, store: TheStore, places: ThePlaces, parts: AllParts) -> Response:
    """Add one place of your own. It is stored with the events, and every worker finds it from the next request on."""
    sent = read_place(body, places)
    place = add_place(store, places, sent.place, sent.spellings, sent.unit)
    record = _record(parts.places(), place)
    return json_response(record, 201, headers={"Location": link(parts.settings, f"/v1/places/{place.id}")})


@router.delete(
    "/{place_id}",
    summary="Delete a place of your own",
    status_code=204,
    responses={204: {"description": "Deleted. Stored events keep the place they have."}, **problems(400, 404, 503)},
)
def delete_own_place(place_id: str, store: TheStore) -> Response:
    """Take a place out again that was added with POST."""
    delete_place(store, checked_id(place_id))
    return Response(status_code=204)


regions = APIRouter(prefix="/v1/regions", tags=["places"])

_REGION_PARAMETERS = (
    Parameter("q", "A region's name, place id or ISO 3166 code.", {"type": "string", "maxLength": 200}, "Donbas"),
)
_REGION_EXTRA = openapi_parameters(_REGION_PARAMETERS)
_REGION_EXTRA["parameters"][0]["required"] = True


@regions.get(
    "",
    summary="Find regions",
    responses={200: answer("RegionPage", "Regions, best first."), **problems(400, 503)},
    openapi_extra=_REGION_EXTRA,
)
def get_regions(query: Annotated[Query, Depends(read_query)], places: ThePlaces) -> Response:
    """Countries, units and wide areas that a name or code may stand for; `region=` in queries means the first one."""
    name = query.one("q")
    if name is None:
        raise BadInput("q is missing: give the name or code of a region, for example q=Daraa Governorate.", field="q")
    found = [
        place_to_dict(region.place) | _outline(region.outline, region.approximate)
        for region in regions_named(places, name)
    ]
    return json_response({"regions": found, "attribution": list(places.attributions)})


def _outline(shape: Geometry | None, approximate: bool) -> dict[str, Any]:
    if shape is None:
        return {"geometry": None, "approximate": None}
    return {"geometry": mapping(shapely.set_precision(shape, 0.0001)), "approximate": approximate}
