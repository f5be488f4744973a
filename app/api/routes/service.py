"""The service itself: where its doors are, and whether it lives and can work."""

from fastapi import APIRouter
from starlette.responses import Response

from app.api.documented import answer, problems
from app.api.links import link
from app.api.parts import AllParts
from app.api.responses import json_response
from app.errors import NotReady

router = APIRouter(tags=["service"])

_DOORS = {
    "documentation": "/docs",
    "openapi": "/openapi.json",
    "geoparse": "/v1/geoparse",
    "articles": "/v1/articles",
    "events": "/v1/events",
    "places": "/v1/places",
    "regions": "/v1/regions",
    "health": "/healthz",
    "ready": "/readyz",
}


@router.get("/", summary="Where to go from here", responses={200: answer("Landing", "Links."), **problems(400)})
async def landing(parts: AllParts) -> Response:
    """The addresses of the service."""
    return json_response(
        {
            "title": "Dateline",
            "description": "Article text in; dated, located, typed conflict events out.",
            "links": {name: link(parts.settings, path) for name, path in _DOORS.items()},
        }
    )


@router.get("/healthz", summary="Alive?", responses={200: answer("Health", "The process lives."), **problems(400)})
async def healthz() -> Response:
    """Answers while the process lives, whatever else is missing."""
    return json_response({"status": "ok"})


@router.get(
    "/readyz",
    summary="Ready?",
    responses={200: answer("Health", "Database and gazetteer can serve."), **problems(400, 503)},
)
def readyz(parts: AllParts) -> Response:
    """Answers 200 only when database and gazetteer can serve; else the problem names the part that cannot."""
    faults = list(parts.missing.values())
    if parts.store is not None and (fault := parts.store.ready()):
        faults.append(fault)
    try:
        parts.places()
    except NotReady as error:
        faults.append(str(error))
    if faults:
        raise NotReady(" ".join(faults))
    return json_response({"status": "ready"})
