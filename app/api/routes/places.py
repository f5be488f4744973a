"""The gazetteer: search by name, fetch one place."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.api.bodies import country_codes
from app.api.documented import answer, problems
from app.api.parameters import Parameter, Query, checked_id, openapi_parameters, read_query
from app.api.parts import ThePlaces
from app.api.responses import json_response
from app.domain.places import Candidate
from app.domain.queries import PlaceQuery
from app.errors import BadInput, NotFound
from app.formats.document import place_to_dict

router = APIRouter(prefix="/v1/places", tags=["places"])

MAX_PLACES = 100
DEFAULTS = PlaceQuery(q="")

PARAMETERS = (
    Parameter("q", "A place name in any listed spelling.", {"type": "string", "maxLength": 200}, "Busra al-Sham"),
    Parameter("country", "ISO 3166-1 alpha-2 codes.",
              {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z]{2}$"}}, "SY"),
    Parameter("admin1", "First-level unit by name or ISO 3166-2 code.", example="Daraa"),
    Parameter("limit", "How many places at most.",
              {"type": "integer", "minimum": 1, "maximum": MAX_PLACES, "default": DEFAULTS.limit}),
)  # fmt: skip

_EXTRA = openapi_parameters(PARAMETERS)
_EXTRA["parameters"][0]["required"] = True


def _found(candidate: Candidate) -> dict[str, Any]:
    match = {"name": candidate.matched, "how": candidate.how, "score": candidate.score}
    return place_to_dict(candidate.place) | {"match": match}


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
    asked = PlaceQuery(
        q=name,
        country=country_codes(query.many("country"), "country", places),
        admin1=query.one("admin1"),
        limit=query.whole("limit", 1, MAX_PLACES, DEFAULTS.limit),
    )
    found = [_found(candidate) for candidate in places.search(asked)]
    return json_response({"places": found, "attribution": list(places.attributions)})


@router.get(
    "/{place_id}",
    summary="A place",
    responses={200: answer("PlaceRecord", "The place with all its spellings."), **problems(400, 404, 503)},
)
def get_place(place_id: str, places: ThePlaces) -> Response:
    """One gazetteer record, for example `geonames:170905`."""
    place = places.place(checked_id(place_id))
    if place is None:
        raise NotFound("The gazetteer holds no place under that id.")
    names = [{"name": name, "script": script} for name, script in places.names(place.id)]
    return json_response(place_to_dict(place) | {"names": names, "attribution": list(places.attributions)})
