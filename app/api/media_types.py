"""What a request says that its body is."""

from starlette.datastructures import Headers

JSON = "application/json"
NDJSON = "application/x-ndjson"
"""One JSON value a line."""


def media_type(headers: Headers) -> str:
    """The media type of the body in small letters, without parameters; JSON where none is given."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() or JSON
