"""The protocol below the application, spoken to by a real socket: who never finishes is cut off, with a problem."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import uvicorn

from app.api.protocol import MAX_HEAD, DeadlineProtocol
from app.main import create_app
from app.settings import Settings
from app.store import Store

DEADLINE_S = 0.6


class Impatient(DeadlineProtocol):
    """The same with a deadline that a test can wait for."""

    deadline_s = DEADLINE_S


@pytest.fixture
def address(sqlite_settings: Settings, sqlite_store: Store, places: Any) -> Iterator[tuple[str, int]]:
    app = create_app(sqlite_settings, store=sqlite_store, places=places)
    config = uvicorn.Config(app, http=Impatient, log_level="critical", lifespan="on")
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


def talk(address: tuple[str, int], *parts: bytes, pause: float = 0) -> tuple[bytes, float]:
    """Send the parts with pauses; what came back until the server closed, and after how many seconds it did."""
    began = time.monotonic()
    answer = b""
    with socket.create_connection(address, timeout=10) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            while data := connection.recv(65_536):
                answer += data
        except (ConnectionResetError, BrokenPipeError):
            pass  # closed while we were still sending: what it said before that counts
    return answer, time.monotonic() - began


def status_and_problem(answer: bytes) -> tuple[int, dict[str, Any]]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    return int(head.split()[1]), orjson.loads(body)


HEAD = b"POST /v1/geoparse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((), id="says nothing"),
        pytest.param((b"GET /heal",), id="half a line"),
        pytest.param((HEAD,), id="half a head"),
        pytest.param((HEAD + b'Content-Length: 40\r\n\r\n{"text"',), id="half a body"),
        pytest.param((HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",), id="half a chunk"),
        # the second request of a connection is timed as well
        pytest.param((b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /heal"), id="half a second request"),
    ],
)
def test_unfinished_request_is_cut_off(address: tuple[str, int], parts: tuple[bytes, ...]) -> None:
    answer, seconds = talk(address, *parts, pause=0.05)
    assert DEADLINE_S * 0.9 <= seconds < DEADLINE_S + 2
    last = answer[answer.rindex(b"HTTP/1.1 ") :]
    assert status_and_problem(last)[0] == 408


def test_a_long_body_that_comes_at_a_fair_pace_has_its_time(address: tuple[str, int]) -> None:
    body = b'{"text": "Shells hit the town."' + b" " * 99_999 + b"}"
    chunks = [body[start : start + 10_000] for start in range(0, len(body), 10_000)]
    parts = [HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body), *chunks]
    answer, seconds = talk(address, *parts, pause=0.12)
    assert seconds > 2 * DEADLINE_S
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_bytes_that_came_buy_no_rest(address: tuple[str, int]) -> None:
    body = b"{" + b" " * 30_000
    answer, seconds = talk(address, HEAD + b"Content-Length: 100000\r\n\r\n" + body)
    assert DEADLINE_S + 0.5 < seconds < DEADLINE_S + 2.5  # 30,000 bytes at 50,000 a second
    assert status_and_problem(answer)[0] == 408


def test_a_byte_now_and_then_does_not_buy_time(address: tuple[str, int]) -> None:
    _, seconds = talk(address, *([b"X"] * 100), pause=0.05)
    assert seconds < DEADLINE_S + 2


def test_head_without_end_is_cut_off(address: tuple[str, int]) -> None:
    answer, seconds = talk(address, b"GET /healthz HTTP/1.1\r\n", b"X-Long: " + b"x" * (MAX_HEAD + 1))
    assert status_and_problem(answer)[0] == 431
    assert seconds < DEADLINE_S


def test_garbage_is_a_problem_too(address: tuple[str, int]) -> None:
    assert status_and_problem(talk(address, b"\x16\x03\x01 hello\r\n\r\n")[0])[0] == 400


def test_body_over_the_limit_is_answered_before_it_has_arrived(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(HEAD + b"Content-Length: 100000000\r\n\r\n")
        began = time.monotonic()
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")
        assert time.monotonic() - began < DEADLINE_S
        # only one answer, then the end: a second one would be taken for that of the next request
        assert connection.recv(65_536) == b""


def test_large_body_without_length_is_answered(address: tuple[str, int]) -> None:
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    parts = [HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n", *([chunk] * 33)]
    assert status_and_problem(talk(address, *parts)[0])[0] == 413


def test_finished_requests_share_a_connection(address: tuple[str, int]) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(address, timeout=10) as connection:
        # together longer than the deadline: the clock stops with each request
        for _ in range(4):
            connection.sendall(request)
            answer = b""
            while b'{"status":"ok"}' not in answer:  # head and body may come in two pieces
                piece = connection.recv(65_536)
                assert piece, "closed before it answered"
                answer += piece
            time.sleep(DEADLINE_S / 3)
