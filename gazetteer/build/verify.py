"""Last stage: the finished file is opened as the service opens it, and must answer before it takes its name."""

import json
import sqlite3
from pathlib import Path

_FAULTS = {
    "names that lead to no place": "SELECT count(*) FROM name WHERE place NOT IN (SELECT id FROM place)",
    "places without a name": "SELECT count(*) FROM place WHERE id NOT IN (SELECT place FROM name)",
    "coordinates off the earth": (
        "SELECT count(*) FROM place WHERE NOT (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180)"
    ),
    "units without their record": (
        # A layer need not hold the units that its places lie in.
        "SELECT count(*) FROM admin1 WHERE place IS NULL AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'kind')"
    ),
    "skeletons that lead to no name": "SELECT count(*) FROM skeleton WHERE key NOT IN (SELECT key FROM name)",
    "shapes without their place": "SELECT count(*) FROM shape WHERE place NOT IN (SELECT id FROM place)",
    "places without an extent": "SELECT count(*) FROM place WHERE radius_km <= 0",
}


class BrokenBuild(RuntimeError):
    """The compiled file is not what it should be; it was not put in place."""


def read_meta(path: Path) -> dict[str, object]:
    """The meta table of a compiled file, without changing or locking it. Raises sqlite3.Error for anything else."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return {key: json.loads(value) for key, value in database.execute("SELECT key, value FROM meta")}
    finally:
        database.close()


def verify(path: Path) -> None:
    """Raise BrokenBuild unless the file is whole and its tables agree with one another."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        state = database.execute("PRAGMA quick_check").fetchone()[0]
        if state != "ok":
            raise BrokenBuild(f"the compiled gazetteer is damaged: {state}")
        for fault, query in _FAULTS.items():
            count = database.execute(query).fetchone()[0]
            if count:
                raise BrokenBuild(f"the compiled gazetteer has {count} {fault}")
    finally:
        database.close()
