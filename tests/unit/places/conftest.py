"""The compiled gazetteer, built once from the installed packages into a folder that outlives the test run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.places import Gazetteer, load_places
from gazetteer.build import build

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    """The real gazetteer. Building takes about 20 s the first time and nothing while its inputs stay the same."""
    folder = Path(os.environ.get("DATELINE_TEST_DATA_DIR") or REPOSITORY / "data" / "test")
    places = load_places(build(folder))
    yield places
    places.close()
