"""`python -m bench.lookup`: what the gazetteer costs to compile, to open, on disk, and to ask.

`--dumps FOLDER` adds all country tables of that folder (SY.txt.gz, with alternateNamesV2.SY.txt.gz where there is one)
and measures again with all of them.
"""

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
from app.domain.queries import PlaceQuery
from app.places.layout import FILE_NAME
from app.places.search import search
from app.settings import Settings
from bench.results import quantile, save, show
from gazetteer.build import build
from gazetteer.layers.add import add_geonames

SEED = 20180705
ASKED = 10_000
REMEMBERED = 1_000
SEARCHED = 2_000
LONG = 7


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


def misspelt(name: str, choose: random.Random) -> str:
    """The name with one letter left out, doubled, changed, or swapped with the next."""
    at = choose.randrange(1, len(name) - 1)
    return choose.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + choose.choice("aeinrst") + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def measure_search(gazetteer: Path, names: Sequence[str]) -> dict[str, float]:
    """Milliseconds of a search as `GET /v1/places` does it: names as they stand, and with one fault in a name of seven
    letters or more; and how many of the misspelt ones lead back to a place of the name.
    """
    places, choose = load_places(gazetteer), random.Random(SEED)
    long = [name for name in names if len(name) >= LONG and name.isascii()]
    wrong = [misspelt(name, choose) for name in long]
    exact_ms = [1000 * timed(lambda name=name: search(places, PlaceQuery(name))) for name in long]  # type: ignore[misc]
    wrong_ms = [1000 * timed(lambda name=name: search(places, PlaceQuery(name))) for name in wrong]  # type: ignore[misc]
    back = 0
    for name, fault in zip(long, wrong, strict=True):
        meant = {candidate.place.id for candidate in places.lookup([name]).get(name, ())}
        back += bool(meant & {candidate.place.id for candidate in search(places, PlaceQuery(fault))})
    places.close()
    return {
        "names": len(long),
        "exact_p50_ms": quantile(exact_ms, 0.5),
        "exact_p95_ms": quantile(exact_ms, 0.95),
        "misspelt_p50_ms": quantile(wrong_ms, 0.5),
        "misspelt_p95_ms": quantile(wrong_ms, 0.95),
        "misspelt_found": round(back / len(long), 3),
    }


def measure_layers(base: Path, dumps: Path, names: Sequence[str]) -> dict[str, Any]:
    """Add all tables of a folder to a copy of the base, and measure with all of them."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        (data_dir / FILE_NAME).symlink_to(base.absolute())
        rows = size = 0
        began = time.perf_counter()
        for table in sorted(dumps.glob("??.txt.gz")):
            alternates = dumps / f"alternateNamesV2.{table.name}"
            layer = add_geonames(data_dir, table, alternates=[alternates] if alternates.is_file() else [])
            rows, size = rows + layer.meta["places"], size + layer.path.stat().st_size
        took = time.perf_counter() - began
        path = data_dir / FILE_NAME
        return {
            "add": {"places": rows, "s": took, "size_mb": size / 1e6},
            "open_ms": measure_opening(path),
            "lookup": measure_lookup(path, names),
            "search": measure_search(path, names),
        }


def main() -> None:
    """Measure, print and keep."""
    options = argparse.ArgumentParser(description="What the gazetteer costs to compile, to open, on disk, and to ask.")
    options.add_argument("--quick", action="store_true", help="no compiling, 1,000 names; nothing is kept")
    options.add_argument("--dumps", type=Path, help="a folder with GeoNames tables to add")
    chosen = options.parse_args()
    quick: bool = chosen.quick
    figures: dict[str, Any] = {}
    gazetteer = build(Settings().data_dir, progress=True)
    if not quick:
        with tempfile.TemporaryDirectory() as folder:
            figures["build_s"] = timed(lambda: build(Path(folder)))
    figures["check_that_it_is_current_ms"] = 1000 * timed(lambda: build(Settings().data_dir))
    figures["size_mb"] = gazetteer.stat().st_size / 1e6
    figures["open_ms"] = measure_opening(gazetteer)
    names = spellings(gazetteer, 1_000 if quick else ASKED)
    figures["lookup"] = measure_lookup(gazetteer, names)
    figures["search"] = measure_search(gazetteer, names[:SEARCHED])
    show("Gazetteer", figures)
    if chosen.dumps:
        figures["with_dumps"] = measure_layers(gazetteer, chosen.dumps, names)
        show("With all dumps", figures["with_dumps"])
    if not quick:
        print(f"kept in {save('lookup', figures)}")


if __name__ == "__main__":
    main()
