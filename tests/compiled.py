"""The real gazetteer for tests that need all of it."""

import os
from pathlib import Path

from gazetteer.build import build

REPOSITORY = Path(__file__).parents[1]


def compiled_gazetteer() -> Path:
    """The file, in a folder that outlives the test run: it is compiled (20 s) only when its inputs have changed."""
    return build(Path(os.environ.get("DATELINE_TEST_DATA_DIR") or REPOSITORY / "data" / "test"))
