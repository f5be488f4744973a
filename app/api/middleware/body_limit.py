"""Prevents: a body that fills the memory, with an honest length, a false one, or none at all (chunked)."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problem import error_response
from app.errors import TooLarge

MAX_BODY = 2 * 1024 * 1024
"""Bytes of a request body."""


class BodyLimit:
    """Answers 413 as soon as a body is known to be larger; what the caller still sends is read and dropped unkept."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        """Stand before `app`; `limit` in bytes."""
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge by the announced length first, then count while the body arrives."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        error = TooLarge(f"The body is too large: send at most {self.limit:,} bytes.")
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > self.limit:
            await error_response(error)(scope, receive, send)
            return
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise error
            return message

        await self.app(scope, receive_counted, send)
