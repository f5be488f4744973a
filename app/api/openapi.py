"""The OpenAPI document: what the framework gathers from the routes, and the schemas of bodies and answers."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.responses import Response

from app.api.bodies import ArticleIn
from app.api.place_body import PlaceIn
from app.api.responses import json_response
from app.api.schemas import ANSWERS

router = APIRouter(include_in_schema=False)


def install(app: FastAPI) -> None:
    """Make `app.openapi()` answer our document, built when it is first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = build_openapi(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents


def build_openapi(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of `app`. Servers are left out: clients take the address they read the document from."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    _, schemas = models_json_schema(
        [(ArticleIn, "validation"), (PlaceIn, "validation"), *((model, "serialization") for model in ANSWERS)],
        ref_template="#/components/schemas/{model}",
    )
    document.setdefault("components", {})["schemas"] = schemas["$defs"]
    for operations in document["paths"].values():
        for operation in operations.values():
            # The framework's own 422, which this service never answers.
            operation["responses"].pop("422", None)
    return document


@router.get("/openapi.json")
async def openapi_json(request: Request) -> Response:
    """The document."""
    return json_response(request.app.openapi())
