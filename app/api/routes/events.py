"""Stored events: search by region and date, fetch one."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.api.documented import answer, problems, ref
from app.api.event_query import PARAMETERS, event_request
from app.api.links import link
from app.api.parameters import Query, checked_id, openapi_parameters, read_query
from app.api.parts import AllParts, PlacesIfReady, TheStore
from app.api.responses import json_response
from app.errors import NotReady
from app.formats import geojson
from app.places import Gazetteer
from app.services.regions import region_of
from app.services.search import get_event, search_events
from app.store.records import Region

router = APIRouter(prefix="/v1/events", tags=["events"])

_PAGE = answer("EventPage", "One page of events.", Link="The next page, as `next` in the body (RFC 8288).")
_PAGE["content"][geojson.MEDIA_TYPE] = {"schema": ref("FeatureCollection")}


def _region(places: Gazetteer | None, name: str) -> Region:
    """What a region's name stands for. Only a query with a region needs the gazetteer; raises NotReady without it."""
    if places is None:
        raise NotReady("The gazetteer is not open, so a region cannot be found by name: use bbox or country.")
    return region_of(places, name)


@router.get(
    "",
    summary="Search stored events",
    responses={200: _PAGE, **problems(400, 503)},
    openapi_extra=openapi_parameters(PARAMETERS),
)
def get_events(
    query: Annotated[Query, Depends(read_query)], store: TheStore, places: PlacesIfReady, parts: AllParts
) -> Response:
    """Events that match all named parameters; of a parameter with several values one is enough."""
    asked = event_request(query, places)
    page = search_events(store, partial(_region, places), asked.query)
    following = None
    headers = {}
    if page.next_cursor is not None:
        kept = [(name, value) for name, value in query.items if name != "cursor"]
        following = link(parts.settings, "/v1/events", [*kept, ("cursor", page.next_cursor)])
        headers["Link"] = f'<{following}>; rel="next"'
    if asked.format == "geojson":
        collection = geojson.events_to_geojson(page.events, next=following, matched=page.matched)
        return json_response(collection, headers=headers, media_type=geojson.MEDIA_TYPE)
    return json_response({"events": page.events, "next": following, "matched": page.matched}, headers=headers)


@router.get(
    "/{event_id}",
    summary="A stored event",
    responses={200: answer("StoredEvent", "The event."), **problems(400, 404, 503)},
)
def get_stored_event(event_id: str, store: TheStore) -> Response:
    """One event of a stored article."""
    return json_response(get_event(store, checked_id(event_id)))
