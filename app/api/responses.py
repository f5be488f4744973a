"""JSON answers, written by orjson from plain dictionaries."""

from typing import Any

import orjson
from starlette.responses import Response


def json_response(
    content: Any, status: int = 200, *, headers: dict[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    """`content` as JSON bytes; floats that JSON cannot hold (NaN) come out as null."""
    return Response(orjson.dumps(content), status, headers, media_type)
