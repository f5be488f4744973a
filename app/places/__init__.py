"""The gazetteer as seen from code: name keys, lookup and search over a compiled base and what was added to it."""

import os
from pathlib import Path

from app.places.gazetteer import Gazetteer
from app.places.layout import FILE_NAME

__all__ = ["Gazetteer", "load_places"]


def load_places(path: str | os.PathLike[str] | None = None) -> Gazetteer:
    """Open the compiled gazetteer: the file at `path`, else `gazetteer.sqlite` in DATELINE_DATA_DIR (or `./data`).

    Raises NotReady, with what to run, when it is missing or compiled for another layout.
    """
    place = Path(os.environ.get("DATELINE_DATA_DIR") or "data") if path is None else Path(path)
    return Gazetteer(place / FILE_NAME if place.is_dir() or not place.suffix else place)
