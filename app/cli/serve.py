"""`dateline serve`: make ready what is missing, then answer HTTP until told to stop."""

import copy
import http.client
import logging
import socket
import sys
import threading
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
import uvicorn
from uvicorn.config import LOGGING_CONFIG
from uvicorn.supervisors import Multiprocess

from app.cli.gazetteer import compiled
from app.errors import NotReady
from app.settings import Settings

FINISH_SECONDS = 8
"""How long a request that is being answered may go on after SIGTERM or Ctrl-C."""

EXAMPLE = Path("docs/example.json")
"""The README's article as a request body, where `serve` starts in the project's folder."""


def command(
    host: Annotated[str | None, typer.Option(help="Address to listen on (DATELINE_HOST).")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one (DATELINE_PORT).")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes (DATELINE_WORKERS).")] = None,
    prepare: Annotated[
        bool, typer.Option(help="First compile the gazetteer and bring the database's schema up to date, where needed.")
    ] = True,
) -> None:
    """Serve the HTTP interface until Ctrl-C or SIGTERM."""
    settings = Settings()
    if prepare:
        _prepare(settings)
    with _listen(settings.host if host is None else host, settings.port if port is None else port) as listening:
        threading.Thread(target=_announce, args=(listening.getsockname(),), daemon=True).start()
        _run(settings, settings.workers if workers is None else workers, listening)


def _prepare(settings: Settings) -> None:
    from app.store.migrate import upgrade

    # A file that the settings name is somebody else's: it is used as it is, and compiled only where there is none.
    if "gazetteer_path" not in settings.model_fields_set or not settings.gazetteer_path.is_file():
        compiled(settings, apart=True)
    upgrade(settings)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise NotReady(
            f"Cannot listen on {host} port {port} ({error.strerror}): choose another with --port."
        ) from error


def _run(settings: Settings, workers: int, listening: socket.socket) -> None:
    from app.api.protocol import DeadlineProtocol

    config = uvicorn.Config(
        "app.asgi:app",
        http=DeadlineProtocol,
        ws="none",
        lifespan="on",
        workers=workers,
        log_config=_log_config(settings.log_level),
        log_level=settings.log_level,
        timeout_graceful_shutdown=FINISH_SECONDS,
        server_header=False,
    )
    try:
        if workers > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # the server has finished by then, and raises the signal again for whoever started it


class NoHealthChecks(logging.Filter):
    """Keeps the probes of an orchestrator, a few each minute, out of the access log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for an answer to a health probe."""
        return not (isinstance(record.args, tuple) and str(record.args[2]).startswith(("/readyz", "/healthz")))


def _log_config(level: str) -> dict[str, Any]:
    config = copy.deepcopy(LOGGING_CONFIG)
    config["filters"] = {"no_health_checks": {"()": NoHealthChecks}}
    config["handlers"]["access"]["filters"] = ["no_health_checks"]
    config["loggers"]["app"] = {"handlers": ["default"], "level": level.upper(), "propagate": False}
    return config


def _announce(address: tuple[Any, ...]) -> None:
    """Wait for the first answer of the service, then say where it is and how to try it."""
    host, port = address[0], address[1]
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not listened on
    connection = http.client.HTTPConnection(reach, port, timeout=60)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        problem = "" if answer.status == 200 else str(orjson.loads(answer.read()).get("detail"))
    except (OSError, http.client.HTTPException, ValueError):
        return  # it did not come up: the server's own log says why
    finally:
        connection.close()
    base = f"http://{f'[{reach}]' if ':' in reach else reach}:{port}"
    if problem:
        print(f"\nDateline answers at {base}, but is not ready: {problem}", file=sys.stderr, flush=True)
        return
    body = (
        f"@{EXAMPLE}" if EXAMPLE.is_file() else """'{"text": "Clashes broke out in Nassib, Syria, on 5 July 2018."}'"""
    )
    print(
        f"\nDateline is ready: {base} (documentation: {base}/docs, Ctrl-C ends it). Try:\n\n"
        f"  curl -s {base}/v1/geoparse -H 'content-type: application/json' --data {body}\n",
        flush=True,
    )
