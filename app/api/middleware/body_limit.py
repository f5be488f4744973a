"""Prevents: a body that fills the memory, with an honest length, a false one, or none at all (chunked)."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.media_types import NDJSON, media_type
from app.api.problem import error_response
from app.errors import TooLarge


class BodyLimit:
    """Answers 413 as soon as a body is known to be larger; what the caller still sends is read and dropped unkept."""

    def __init__(self, app: ASGIApp, limit: int, bulk_limit: int) -> None:
        """Stand before `app`; `limit` in bytes, `bulk_limit` that of NDJSON, which is not held in one piece."""
        self.app = app
        self.limit = limit
        self.bulk_limit = bulk_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge by the announced length first, then count while the body arrives."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self.bulk_limit if media_type(headers) == NDJSON else self.limit
        error = TooLarge(f"The body is too large: send at most {limit:,} bytes.")
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > limit:
            await error_response(error)(scope, receive, send)
            return
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise error
            return message

        await self.app(scope, receive_counted, send)
