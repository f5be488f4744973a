"""`python -m bench.lookup`: what the gazetteer costs to compile, to open, on disk, and to ask."""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app import load_places
from app.settings import Settings
from bench.results import quantile, save, show
from gazetteer.build import build

SEED = 20180705
ASKED = 10_000
REMEMBERED = 1_000


def spellings(gazetteer: Path, count: int) -> list[str]:
    """One spelling each of so many places, drawn by chance: villages and capitals, in all scripts."""
    choose = random.Random(SEED)
    database = sqlite3.connect(f"{gazetteer.absolute().as_uri()}?mode=ro", uri=True)
    try:
        rows = database.execute("SELECT spellings FROM place ORDER BY id").fetchall()
    finally:
        database.close()
    return [choose.choice(row[0].split("\n")) for row in choose.sample(rows, count)]


def timed(call: Callable[[], Any]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def measure_opening(gazetteer: Path) -> float:
    """Milliseconds, the median of 20."""

    def open_and_close() -> None:
        load_places(gazetteer).close()

    return 1000 * statistics.median(timed(open_and_close) for _ in range(20))


def measure_lookup(gazetteer: Path, names: Sequence[str]) -> dict[str, float]:
    """Microseconds a name, each asked alone and for the first time; then again, when its answer is remembered."""
    places = load_places(gazetteer)
    first = [1e6 * timed(lambda name=name: places.lookup([name])) for name in names]  # type: ignore[misc]
    last = names[-REMEMBERED:]
    again = [1e6 * timed(lambda name=name: places.lookup([name])) for name in last]  # type: ignore[misc]
    found = sum(1 for name in names if places.lookup([name]))
    places.close()
    return {
        "names": len(names),
        "found": found,
        "p50_us": quantile(first, 0.5),
        "p95_us": quantile(first, 0.95),
        "remembered_p50_us": quantile(again, 0.5),
    }


def main() -> None:
    """Measure, print and keep."""
    options = argparse.ArgumentParser(description="What the gazetteer costs to compile, to open, on disk, and to ask.")
    options.add_argument("--quick", action="store_true", help="no compiling, 1,000 names; nothing is kept")
    quick = options.parse_args().quick
    figures: dict[str, Any] = {}
    gazetteer = build(Settings().data_dir, progress=True)
    if not quick:
        with tempfile.TemporaryDirectory() as folder:
            figures["build_s"] = timed(lambda: build(Path(folder)))
    figures["check_that_it_is_current_ms"] = 1000 * timed(lambda: build(Settings().data_dir))
    figures["size_mb"] = gazetteer.stat().st_size / 1e6
    figures["open_ms"] = measure_opening(gazetteer)
    figures["lookup"] = measure_lookup(gazetteer, spellings(gazetteer, 1_000 if quick else ASKED))
    show("Gazetteer", figures)
    if not quick:
        print(f"kept in {save('lookup', figures)}")


if __name__ == "__main__":
    main()
