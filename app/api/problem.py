"""Every answer that is not 2xx or 304: RFC 9457 problem+json with a sentence that tells the caller what to change.

Here stands the one table from error class to status code. A problem never repeats what the caller sent: an echoed lone
surrogate cannot be encoded, and an echoed script may be run.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from app.errors import BadInput, DatelineError, NotFound, NotReady, TooLarge

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class UnsupportedMediaType(DatelineError):
    """The body is of a type that the endpoint does not read; the message names the type it does read."""


STATUS: Mapping[type[DatelineError], HTTPStatus] = {
    BadInput: HTTPStatus.BAD_REQUEST,
    NotFound: HTTPStatus.NOT_FOUND,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    NotReady: HTTPStatus.SERVICE_UNAVAILABLE,
}

SENTENCES: Mapping[int, str] = {
    404: "There is nothing at this address: /docs lists the addresses of this service.",
    405: "This address does not take that method: the Allow header lists the methods it takes.",
    500: "Something went wrong in the service, not in your request. The log of the service has the details.",
}
"""What the framework itself refuses, and what nobody foresaw."""

RETRY_AFTER_S = "5"


def problem_body(status: int, detail: str, *, field: str | None = None) -> bytes:
    """The bytes of a problem document; `field` names the parameter or body field at fault."""
    problem: dict[str, str | int] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
    }
    if field is not None:
        problem["field"] = field
    return orjson.dumps(problem)


def problem_response(
    status: int, detail: str, *, field: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The same as an HTTP answer; 503 says when to try again."""
    extra = dict(headers or {})
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        extra.setdefault("Retry-After", RETRY_AFTER_S)
    return Response(problem_body(status, detail, field=field), status, extra, MEDIA_TYPE)


def error_response(error: DatelineError) -> Response:
    """The answer to an error raised on purpose; a class without a row in the table is a fault of ours (500)."""
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), None)
    if status is None:
        logger.error("no status for %s", type(error).__name__, exc_info=error)
        return problem_response(500, SENTENCES[500])
    return problem_response(status, str(error), field=getattr(error, "field", None))


def _allowed(request: Request) -> str:
    """The methods that some route takes at this path; the router itself names those of one route only."""
    routes = request.app.router.routes

    def takes(method: str) -> bool:
        return any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)

    methods = [method for method in ("GET", "POST", "PUT", "PATCH", "DELETE") if takes(method)]
    return ", ".join([*methods, "HEAD"] if "GET" in methods else methods)


def install(app: FastAPI) -> None:
    """Make `app` answer every error as a problem."""

    @app.exception_handler(DatelineError)
    async def on_purpose(request: Request, error: DatelineError) -> Response:
        return error_response(error)

    @app.exception_handler(HTTPException)
    async def refused_by_routing(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = _allowed(request)
        detail = SENTENCES.get(error.status_code, HTTPStatus(error.status_code).description)
        return problem_response(error.status_code, detail, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def refused_by_framework(request: Request, error: RequestValidationError) -> Response:
        # The contract and OGC API want 400, the framework would say 422 and repeat the input.
        first = error.errors()[0]
        field = str(first["loc"][-1])
        return problem_response(400, f"{field}: {first['msg']}.", field=field)
