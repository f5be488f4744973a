"""Prevents: callers who open connections and never finish a request (slow loris), which uvicorn keeps for minutes.

Used by `dateline serve` as uvicorn's `http=`. Refusals at this level are problem documents too.
"""

from asyncio import TimerHandle, Transport
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.api.problem import MEDIA_TYPE, problem_body

MAX_HEAD = 64 * 1024
"""Bytes of a request before its body; the parser itself knows no limit."""


class DeadlineProtocol(HttpToolsProtocol):
    """uvicorn's own protocol with one timer: a request must have arrived in full `deadline_s` after it began, and each
    byte of its body buys the time that it takes at `slowest` bytes a second.

    The first request of a connection is timed from the moment the connection opened. Between requests uvicorn's
    keep-alive timer counts, and while an answer is being made none does.
    """

    deadline_s: ClassVar[float] = 30.0
    slowest: ClassVar[float] = 50_000.0
    """A body of 64 MiB that comes at this pace takes 22 minutes."""

    _deadline: TimerHandle | None = None
    _bought_s = 0.0
    _unread_head = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start the clock of the first request."""
        super().connection_made(transport)
        self._start()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, and refuse a head that does not end."""
        self._unread_head += len(data)
        super().data_received(data)
        if self._unread_head > MAX_HEAD and not self.transport.is_closing():
            self._refuse(431, f"The head of the request is too large: send at most {MAX_HEAD:,} bytes.")

    def on_message_begin(self) -> None:
        """Start the clock of a later request on the same connection."""
        super().on_message_begin()
        if self._deadline is None:
            self._start()

    def on_body(self, body: bytes) -> None:
        """What comes now is body, which the application limits."""
        self._unread_head = 0
        self._bought_s += len(body) / self.slowest
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is here: what follows is our own time."""
        self._stop()
        self._unread_head = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer bytes that are no HTTP request, or a URL that the parser cannot measure."""
        self._refuse(400, "This is no valid HTTP/1.1 request.")

    def _refuse(self, status: int, detail: str) -> None:
        body = problem_body(status, detail)
        head = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self.transport.close()

    def _start(self) -> None:
        self._bought_s = 0.0
        self._deadline = self.loop.call_later(self.deadline_s, self._expire)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _expire(self) -> None:
        if self._bought_s > 0:
            self._deadline = self.loop.call_later(self._bought_s, self._expire)
            self._bought_s = 0.0
            return
        self._deadline = None
        cycle = self.cycle
        if self.transport.is_closing():
            return
        if cycle is not None and cycle.more_body and cycle.response_started:
            # An answer went out before its body had arrived (413): a second one would be taken for the next request's.
            self.transport.close()
        else:
            self._refuse(408, "The request did not arrive in time: send it without pauses.")
