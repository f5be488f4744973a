"""How the OpenAPI document describes answers: success by its schema, every error as a problem."""

from http import HTTPStatus
from typing import Any

from app.api.media_types import JSON, NDJSON
from app.api.problem import MEDIA_TYPE

_SAYS = {
    400: "Bad input: the sentence says what to change.",
    404: "There is nothing under that id.",
    413: "The body or the text is too large.",
    414: "The URL is too long.",
    415: "The body is not of a type that is read here.",
    503: "The database or the gazetteer is not ready.",
}


def ref(schema: str) -> dict[str, str]:
    """A reference to a component of the OpenAPI document."""
    return {"$ref": f"#/components/schemas/{schema}"}


def answer(schema: str, description: str, media_type: str = "application/json", **headers: str) -> dict[str, Any]:
    """A 2xx answer. `headers` are names and descriptions."""
    documented: dict[str, Any] = {"description": description, "content": {media_type: {"schema": ref(schema)}}}
    if headers:
        documented["headers"] = {
            name: {"description": says, "schema": {"type": "string"}} for name, says in headers.items()
        }
    return documented


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors that an operation answers; 414 and 500 may come from every one."""
    return {
        status: {
            "description": _SAYS.get(status, HTTPStatus(status).phrase),
            "content": {MEDIA_TYPE: {"schema": ref("Problem")}},
        }
        for status in sorted({*statuses, 414, 500})
    }


def article_body() -> dict[str, Any]:
    """The request body of the endpoints that take an article, for a route's `openapi_extra`."""
    return {"requestBody": {"required": True, "content": {JSON: {"schema": ref("ArticleIn")}}}}


def articles_body() -> dict[str, Any]:
    """The same for one that takes many articles too."""
    documented = article_body()
    # OpenAPI 3.1 has no word for a body of lines (3.2 has itemSchema): it is a text.
    documented["requestBody"]["content"][NDJSON] = {
        "schema": {"type": "string", "description": "One ArticleIn a line, as JSON in UTF-8, each line ended by LF."},
        "example": '{"text": "Shells hit the town of Saida."}\n{"text": "Talks will resume at Nassib."}\n',
    }
    return documented
