"""Prevents: a fault of ours that reaches the caller as a plain-text 500, or a traceback for a caller who hung up."""

import logging

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problem import SENTENCES, problem_response

logger = logging.getLogger(__name__)


class UnexpectedErrors:
    """Logs what nobody foresaw with its traceback and answers a 500 problem that gives nothing away."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; once an answer has begun only the log can still say what happened."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except ClientDisconnect:
            logger.info("the caller hung up before the request was complete")
        except Exception:
            logger.exception("unexpected error in %s", scope["method"])
            if started:
                raise
            await problem_response(500, SENTENCES[500])(scope, receive, send)
