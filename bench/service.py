"""A real service in a process of its own, for measurements and for tests/system."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

ROOT = Path(__file__).parent.parent
READY = re.compile(r"Dateline is ready: http://([0-9.]+):([0-9]+) ")


class StartError(RuntimeError):
    """The process ended, or did not answer in time; the message holds its log."""


class Service:
    """`dateline serve` on a free port. As a context manager it is started, and killed at the end."""

    def __init__(
        self, data_dir: Path, gazetteer: Path, *options: str, command: tuple[str, ...] = (), folder: Path = ROOT
    ) -> None:
        """Prepare a start with a data folder and a compiled gazetteer; `options` go to `serve`, and the log to a file.

        `command` starts another installation than this one, and chooses the port then; `folder` is where it starts.
        """
        data_dir.mkdir(parents=True, exist_ok=True)
        self.log_file = data_dir / "serve.log"
        self._command = [*(command or (sys.executable, "-m", "app.cli", "serve", "--port", "0")), *options]
        self._folder = folder
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")} | {
            "DATELINE_DATA_DIR": str(data_dir),
            "DATELINE_GAZETTEER_PATH": str(gazetteer),
            "PYTHONUNBUFFERED": "1",
        }
        self.host, self.port = "127.0.0.1", 0
        self.seconds_to_start = 0.0

    @property
    def log(self) -> str:
        """What the process has printed so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def start(self, patience: float = 60) -> None:
        """Start, and return when `/readyz` has answered 200. Raises StartError."""
        began = time.monotonic()
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        while not (ready := READY.search(self.log)):
            if self.process.poll() is not None or time.monotonic() - began > patience:
                self.kill()
                raise StartError(f"exit status {self.process.returncode}:\n{self.log}")
            time.sleep(0.01)
        self.seconds_to_start = time.monotonic() - began
        self.host, self.port = ready[1], int(ready[2])

    def kill(self) -> None:
        """`kill -9`, the workers too."""
        with contextlib.suppress(ProcessLookupError):  # it may have ended already
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, sign: signal.Signals = signal.SIGTERM, patience: float = 15) -> float:
        """Ask it to end; how many seconds it took. Raises subprocess.TimeoutExpired."""
        began = time.monotonic()
        self.process.send_signal(sign)
        self.process.wait(patience)
        return time.monotonic() - began

    def fetch(self, method: str, path: str, body: bytes | None = None, timeout: float = 30) -> tuple[int, bytes]:
        """Status and body of one request over a connection of its own. Raises OSError or http.client.HTTPException."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, path, body, {"content-type": "application/json"} if body else {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def request(self, method: str, path: str, body: Any = None, timeout: float = 30) -> tuple[int, Any]:
        """The same with JSON values: None as body sends none. Raises ValueError, too, for an answer cut short."""
        status, content = self.fetch(method, path, None if body is None else orjson.dumps(body), timeout)
        return status, orjson.loads(content) if content else None

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Kill."""
        self.kill()
