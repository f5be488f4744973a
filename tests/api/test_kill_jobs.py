"""kill -9 of a server in the middle of a job: the next one ends it, each article is there once and counted once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.settings import Settings
from app.store import open_store

SERVER = """
import sys
from datetime import timedelta
import uvicorn
from app.main import create_app
from app.services.worker import Worker
from app.settings import Settings
from tests.few_places import few_places

Worker.lease = timedelta(seconds=1)
uvicorn.run(create_app(Settings(), places=few_places()), port=int(sys.argv[1]), log_level="warning")
"""

ARTICLES = 200


def ask(port: int, path: str, body: bytes | None = None) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", body, {"Content-Type": "application/x-ndjson"} if body else {}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def start(settings: Settings, port: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "DATELINE_DATABASE_URL": settings.database_url,
        "DATELINE_DATA_DIR": str(settings.data_dir),
    }
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], env=environment)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            ask(port, "/readyz")
        except OSError:
            time.sleep(0.05)
        else:
            return server
    server.kill()
    raise AssertionError("the server did not come up")


@pytest.mark.server
def test_job_survives_kills(store_settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    lines = [json.dumps({"text": f"Rebels clashed with the army in Daraa, report {n}."}) for n in range(ARTICLES)]
    lines[100:100] = ["no JSON", lines[5]]
    server = start(settings=store_settings, port=port)
    job = ask(port, "/v1/articles", "\n".join(lines).encode())
    reached = [0]
    try:
        for kill_at in (0, 40, 110):  # the first one at the moment the job is acknowledged
            while job["done"] < kill_at:
                job = ask(port, f"/v1/jobs/{job['id']}")
            server.send_signal(signal.SIGKILL)
            server.wait()
            server = start(store_settings, port)
            job = ask(port, f"/v1/jobs/{job['id']}")
            assert job["done"] >= max(reached), "what was done stays done"
            reached.append(job["done"])
        assert reached[-1] < len(lines), "killed in the middle"
        until = time.monotonic() + 60
        while job["status"] != "done":
            assert time.monotonic() < until, job
            time.sleep(0.05)
            job = ask(port, f"/v1/jobs/{job['id']}")
    finally:
        server.kill()
        server.wait()
    assert (job["total"], job["done"]) == (ARTICLES + 2, ARTICLES + 2)
    assert (job["created"], job["duplicates"], job["rejected"]) == (ARTICLES, 1, 1)
    assert [error["line"] for error in job["errors"]] == [101]
    store = open_store(store_settings)
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM articles")) == ARTICLES
        orphans = "SELECT count(*) FROM events WHERE article_id NOT IN (SELECT id FROM articles)"
        assert connection.scalar(text(orphans)) == 0
        assert connection.scalar(text("SELECT count(*) FROM job_parts")) == 0
    store.close()
