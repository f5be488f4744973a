"""The service as a stranger meets it: start, the printed curl line, the end by signal."""

import json
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bench.service import Service, StartError
from tests.compiled import REPOSITORY

pytestmark = pytest.mark.server

ARTICLE = (REPOSITORY / "tests/golden/nassib_talks.txt").read_text(encoding="utf-8")
EXAMPLE = REPOSITORY / "docs/example.json"


def test_example_is_the_article_of_the_golden_tests() -> None:
    assert json.loads(EXAMPLE.read_text(encoding="utf-8")) == {"text": ARTICLE.rstrip("\n")}


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_printed_curl_line_answers(server: Service) -> None:
    line = next(line for line in server.log.splitlines() if line.startswith("  curl "))
    answer = subprocess.run(
        [*shlex.split(line), "--write-out", "\n%{http_code}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=30,
    )
    body, _, status = answer.stdout.rpartition("\n")
    assert status == "200"
    document = json.loads(body)
    assert document["document"]["date"]["start"] == "2018-07-05"
    assert {event["place"]["country"] for event in document["events"] if event["place"]} == {"SY"}


def test_nothing_but_the_curl_line_follows_the_start(server: Service) -> None:
    # No access line of the readiness probe, no warning: what a stranger should do next stands last.
    last = [line for line in server.log.splitlines() if line.strip()][-1]
    assert last.startswith("  curl -s http://127.0.0.1:")


def test_second_start_is_quick(server: Service, capsys: pytest.CaptureFixture[str]) -> None:
    assert server.request("POST", "/v1/articles", {"text": ARTICLE})[0] == 201
    server.stop()
    server.start()
    with capsys.disabled():
        print(f"\nsecond start: ready after {server.seconds_to_start:.2f} s")
    # The aim is 3 s on a quiet machine (bench.speed measures it); this only catches a start that compiles or waits.
    assert server.seconds_to_start < 10
    assert server.request("GET", "/readyz") == (200, {"status": "ready"})
    assert server.request("POST", "/v1/articles", {"text": ARTICLE})[0] == 200


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_request_in_flight_is_answered_before_the_end(server: Service, sign: signal.Signals) -> None:
    answers: list[tuple[int, Any]] = []
    # Long enough to be read for about a second, with the lexicons that the first request loads.
    long = {"text": "\n\n".join([ARTICLE] * 10)}
    post = threading.Thread(target=lambda: answers.append(server.request("POST", "/v1/geoparse", long)))
    post.start()
    time.sleep(0.3)
    seconds = server.stop(sign)
    post.join(5)
    assert [status for status, _ in answers] == [200]
    assert seconds < 10
    assert "Traceback" not in server.log
    # uvicorn raises SIGTERM again once it has finished, as a supervisor expects; Ctrl-C is an ordinary end.
    assert server.process.returncode == (-signal.SIGTERM if sign == signal.SIGTERM else 0)


def test_several_workers_share_port_and_store(tmp_path: Path, gazetteer_file: Path) -> None:
    with Service(tmp_path / "data", gazetteer_file, "--workers", "2") as service:
        statuses = [service.request("POST", "/v1/articles", {"text": f"{ARTICLE} {n % 4}"})[0] for n in range(12)]
        assert sorted(statuses) == [200] * 8 + [201] * 4
        assert service.log.count("Dateline is ready") == 1
        assert service.stop() < 10
        assert "Traceback" not in service.log


def test_a_taken_port_is_said_in_one_line(tmp_path: Path, gazetteer_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        service = Service(tmp_path / "data", gazetteer_file, "--port", str(port))
        with pytest.raises(StartError, match="exit status 1"):
            service.start()
    assert re.fullmatch(
        rf"dateline: Cannot listen on 127.0.0.1 port {port} \(.*\): choose another with --port.\n", service.log
    )


def test_an_unprepared_service_says_what_is_missing(tmp_path: Path) -> None:
    # --no-prepare neither compiles nor migrates: /readyz names both.
    nowhere = tmp_path / "none" / "gazetteer.sqlite"
    service = Service(tmp_path / "data", nowhere, "--no-prepare")
    with pytest.raises(StartError):
        service.start(patience=8)
    assert "is not ready" in service.log
    assert "dateline gazetteer build" in service.log
    assert not nowhere.exists()


def test_module_and_command_are_the_same(gazetteer_file: Path) -> None:
    answer = subprocess.run([sys.executable, "-m", "app.cli", "-h"], cwd=REPOSITORY, capture_output=True, text=True)
    assert answer.returncode == 0
    assert "Usage: dateline" in answer.stdout
