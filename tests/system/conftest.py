"""Fixtures of the tests that start real processes: `server` is a service of the test's own, over SQLite.

Each has its own data folder and port; the compiled gazetteer is shared, because it is only read.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.service import Service
from tests.compiled import compiled_gazetteer


@pytest.fixture(scope="session")
def gazetteer_file() -> Path:
    return compiled_gazetteer()


@pytest.fixture
def server(tmp_path: Path, gazetteer_file: Path) -> Iterator[Service]:
    with Service(tmp_path / "data", gazetteer_file) as service:
        yield service
