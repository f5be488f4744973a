"""The gazetteer as seen from code: name keys, lookup, hierarchy and search over one compiled file."""

import os
from pathlib import Path

from app.places.gazetteer import Gazetteer
from app.places.layout import FILE_NAME

__all__ = ["Gazetteer", "load_places"]


def load_places(path: Path | None = None) -> Gazetteer:
    """Open the compiled gazetteer: the file at `path`, else `gazetteer.sqlite` in DATELINE_DATA_DIR (or `./data`).

    Raises NotReady, with what to run, when it is missing or compiled for another layout.
    """
    if path is None:
        path = Path(os.environ.get("DATELINE_DATA_DIR") or "data")
    return Gazetteer(path / FILE_NAME if path.is_dir() or not path.suffix else path)
