"""Prevents: a URL so long that the HTTP parser miscounts it (it wraps at 65,536 bytes) or a log line without end."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problem import problem_response

MAX_URL = 8 * 1024
"""Bytes of path and query together."""


class UrlLength:
    """Answers 414 to a longer URL."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Measure the URL before anything reads it."""
        if scope["type"] == "http" and len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_URL:
            answer = problem_response(414, f"The URL is too long: send at most {MAX_URL:,} bytes.")
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)
