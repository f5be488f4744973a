"""The Dockerfile and compose.yaml, without a container engine: linted, and their install steps run for real.

The steps of the build stage run in a temporary folder that stands for the image's root; what they leave behind must
serve, as the last stage serves it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bench.service import Service
from tests.compiled import REPOSITORY

IMAGE_PATHS = ("/opt/dateline", "/src")
"""Folders of the image that the build stage writes."""


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction, its continuation lines joined."""

    word: str
    rest: str


def read_steps() -> list[Step]:
    text = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [Step(*line.split(maxsplit=1)) for line in joined.splitlines()]


STEPS = read_steps()
SECOND = max(index for index, step in enumerate(STEPS) if step.word == "FROM")
BUILD, LAST = STEPS[:SECOND], STEPS[SECOND:]


def every(word: str, steps: list[Step] = STEPS) -> list[str]:
    return [step.rest for step in steps if step.word == word]


def test_two_stages_of_one_pinned_python() -> None:
    images = [rest.split()[0] for rest in every("FROM")]
    assert len(images) == 2
    assert len(set(images)) == 1
    assert re.fullmatch(r"python:3\.1[1-9]-slim", images[0])


def test_runs_as_nobody_in_particular() -> None:
    assert every("USER", LAST) == ["dateline"]
    index = {step.word: position for position, step in enumerate(LAST)}
    assert index["USER"] < index["CMD"]


def test_nothing_is_fetched_outside_the_lock() -> None:
    assert not every("ADD")
    installs = [rest for rest in every("RUN") if "pip install" in rest]
    # the pins by their hashes; the project itself without asking for anything
    assert all("--require-hashes" in rest or "--no-deps --no-build-isolation" in rest for rest in installs)
    assert installs
    assert not [rest for rest in every("RUN", LAST) if re.search(r"\b(pip|apt|apt-get|curl|wget)\b", rest)]


def test_last_stage_takes_only_what_was_installed() -> None:
    assert every("COPY", LAST) == ["--from=build /opt/dateline /opt/dateline"]


def test_health_is_asked_with_what_the_image_has() -> None:
    (check,) = every("HEALTHCHECK")
    command = json.loads(check[check.index("CMD ") + 4 :])
    assert command[:2] == ["python", "-c"]
    assert "/readyz" in command[2]
    compile(command[2], "HEALTHCHECK", "exec")


def test_commands_are_lists() -> None:
    # A string would run under a shell, which keeps SIGTERM to itself.
    assert json.loads(every("CMD", LAST)[0]) == ["dateline", "serve"]


def test_what_is_copied_is_there_and_not_ignored() -> None:
    sources = [name for rest in every("COPY", BUILD) for name in rest.split()[:-1]]
    kept = {line[1:] for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(sources) == kept
    assert [name for name in sources if not (REPOSITORY / name).exists()] == []


def test_compose_joins_service_and_postgis() -> None:
    services = yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert services["dateline"]["environment"]["DATELINE_DATABASE_URL"].startswith("postgresql://dateline:")
    assert services["dateline"]["depends_on"] == {"postgis": {"condition": "service_healthy"}}
    assert "pg_isready" in services["postgis"]["healthcheck"]["test"]
    assert services["postgis"]["volumes"] == ["postgis:/var/lib/postgresql/data"]
    assert re.fullmatch(r"postgis/postgis:\d+-\d\.\d", services["postgis"]["image"])


def skip_when_offline(python: Path, folder: Path) -> None:
    pin = re.search(r"^setuptools==\S+", (REPOSITORY / "requirements.lock").read_text(), re.MULTILINE)
    assert pin
    asking = [
        str(python),
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-cache-dir",
        "--retries",
        "1",
        "--dest",
        str(folder),
    ]
    asked = subprocess.run([*asking, pin[0]], capture_output=True, text=True)
    if asked.returncode:
        pytest.skip(f"the packages of the lock cannot be downloaded: {asked.stderr.strip().splitlines()[-1]}")


@pytest.mark.server
def test_build_steps_make_a_service(tmp_path: Path) -> None:
    def inside(text: str) -> str:
        for path in IMAGE_PATHS:
            text = text.replace(path, f"{tmp_path}{path}")
        return re.sub(r"^python\b", sys.executable, text)

    installed = tmp_path / "opt/dateline"
    folder = tmp_path
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PYTHON"))}
    for step in BUILD:
        if step.word == "WORKDIR":
            folder = Path(inside(step.rest))
            folder.mkdir(parents=True)
        elif step.word == "COPY":
            *sources, target = step.rest.split()
            for name in sources:
                source = REPOSITORY / name
                if source.is_dir():
                    shutil.copytree(source, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(source, folder / target)
        elif step.word == "RUN":
            if "--require-hashes" in step.rest:
                skip_when_offline(installed / "bin/python", tmp_path / "probe")
            ran = subprocess.run(
                ["/bin/sh", "-ec", inside(step.rest)], cwd=folder, env=environment, capture_output=True
            )
            assert ran.returncode == 0, f"{step.rest}\n{ran.stderr.decode()[-2000:]}"
        else:
            assert step.word == "FROM"

    # Away from the sources, so that only what was installed can answer.
    assert not (installed / "bin/pip").exists()
    assert sum(file.stat().st_size for file in installed.rglob("*") if file.is_file()) < 400e6
    command = (str(installed / "bin/dateline"), "serve", "--port", "0")
    gazetteer = installed / "share/gazetteer.sqlite"
    with Service(tmp_path / "data", gazetteer, command=command, folder=tmp_path) as service:
        status, document = service.request("POST", "/v1/geoparse", {"text": "Clashes broke out in Nassib, Syria."})
        assert status == 200
        assert [event["place"]["name"] for event in document["events"]] == ["Nassib"]
        # data files of every kind have come along
        for path in ("/docs", "/docs/docs.js", "/docs/LICENSE", "/v1/places?q=Nassib"):
            assert service.fetch("GET", path)[0] == 200
