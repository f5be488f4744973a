"""`python -m bench.world`: does a table of the size of the whole world fit?

Three generated tables, each four times as long as the one before, are added as a layer, each in a process of its own:
seconds, peak memory and size show whether adding grows with the rows and memory does not. Then places are looked up.
The rows are seeded: names of two to five syllables, some with alternate names, units by chance; as many as
GeoNames has (12 to 13 million in 2026).
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psutil

from app import load_places
from app.places.layout import FILE_NAME
from app.settings import Settings
from bench.results import quantile, save, show
from gazetteer.build import build

ROWS: Final = 13_000_000
STEPS: Final = 3
SHRINK: Final = 4
SEED: Final = 20180705
LOOKUPS: Final = 5_000
FIRST_ID: Final = 20_000_000
"""Above all real ids, so that no generated place is a real one."""

_ONSETS: Final = (*"bdfghjklmnpqrstvwyz", "bl", "br", "ch", "dr", "gh", "kh", "kr", "sh", "st", "th", "tr")
_VOWELS: Final = (*"aeiou", "aa", "ai", "ei", "ou")
_SYLLABLES: Final = (2, *[3] * 9, *[4] * 8, 5, 5)
_CODES: Final = (*["PPL"] * 12, "PPLA3", "PPLX", "MT", "STM", "HLL", "FRST", "DAM", "SCH")


def _name(choose: random.Random) -> str:
    syllables = choose.choice(_SYLLABLES)
    parts = [choose.choice(_ONSETS) + choose.choice(_VOWELS) for _ in range(syllables)]
    return ("".join(parts) + choose.choice(("", "n", "r", "t", "b"))).capitalize()


def rows(count: int, seed: int = SEED) -> Iterator[str]:
    """Lines of a GeoNames table."""
    choose = random.Random(seed)
    countries = [a + b for a in "BCDFGKLMNPRST" for b in "ADEFGKLMNPRSTUYZ"]
    for number in range(count):
        name = _name(choose)
        others = ",".join(_name(choose) for _ in range(choose.choice((0, 0, 1, 2)) if choose.random() < 0.5 else 0))
        lat, lon = choose.uniform(-60, 70), choose.uniform(-180, 180)
        code = choose.choice(_CODES)
        country, first, second = choose.choice(countries), f"{choose.randint(1, 20):02}", str(choose.randint(1, 40))
        letter = "P" if code.startswith("PPL") else "S"
        cells = [
            str(FIRST_ID + number), name, name, others, f"{lat:.5f}", f"{lon:.5f}", letter, code, country, "", first,
            second, "", "", str(choose.choice((0, 0, 0, choose.randint(100, 90_000)))), "", "", "", "2026-11-23",
        ]  # fmt: skip
        yield "\t".join(cells) + "\n"


def add_in_this_process(data_dir: Path, table: Path) -> None:
    """Add the table and print what it took, as JSON. Run as a process of its own: its peak of memory is the layer's."""
    from gazetteer.layers.add import add_geonames

    began = time.perf_counter()
    layer = add_geonames(data_dir, table)
    took = {"s": time.perf_counter() - began, "peak_mb": peak_mb(), "size_mb": layer.path.stat().st_size / 1e6}
    print(json.dumps({**took, "places": layer.meta["places"], "names": layer.meta["names"]}))


def peak_mb() -> float:
    """Most memory that this process ever had (Linux: VmHWM, which begins anew with the process, unlike ru_maxrss)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def look_up(data_dir: Path, names: list[str]) -> dict[str, float]:
    """Microseconds a name, each asked alone and once; the process's own memory afterwards."""
    places = load_places(data_dir / FILE_NAME)
    took = []
    for name in names:
        began = time.perf_counter()
        found = places.lookup([name])
        took.append(1e6 * (time.perf_counter() - began))
        assert found[name]
    figures = {"p50_us": quantile(took, 0.5), "p95_us": quantile(took, 0.95), "own_memory_mb": own_memory_mb()}
    places.close()
    return figures


def own_memory_mb() -> float:
    """Memory that is this process's own; pages of the mapped file, which the system may drop, are not counted."""
    held = psutil.Process().memory_info()
    return (held.rss - held.shared) / 1e6


def measure(count: int, base: Path, folder: Path) -> dict[str, Any]:
    """Generate a table, add it, look names of it up."""
    table, data_dir = folder / "world.txt", folder / "data"
    shutil.rmtree(data_dir, ignore_errors=True)
    data_dir.mkdir()
    (data_dir / FILE_NAME).symlink_to(base.absolute())
    choose = random.Random(SEED)
    wanted = set(choose.sample(range(count), LOOKUPS))
    names = []
    with table.open("w", encoding="utf-8") as file:
        for number, line in enumerate(rows(count)):
            file.write(line)
            if number in wanted:
                names.append(line.split("\t")[1])
    call = [sys.executable, "-m", "bench.world", "--add", str(data_dir), str(table)]
    added = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
    call = [sys.executable, "-m", "bench.world", "--look-up", str(data_dir)]
    asked = subprocess.run(call, check=True, capture_output=True, text=True, input=json.dumps(names)).stdout
    table.unlink()
    figures = {"rows": count, "add": added, "us_a_row": 1e6 * added["s"] / count, "lookup": json.loads(asked)}
    shutil.rmtree(data_dir)
    return figures


def main() -> None:
    """Measure, print and keep."""
    options = argparse.ArgumentParser(description="What a table of the size of the world costs.")
    options.add_argument("--rows", type=int, default=ROWS)
    options.add_argument("--add", nargs=2, type=Path, help=argparse.SUPPRESS)
    options.add_argument("--look-up", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.add:
        add_in_this_process(*chosen.add)
        return
    if chosen.look_up:
        print(json.dumps(look_up(chosen.look_up, json.load(sys.stdin))))
        return
    base = build(Settings().data_dir, progress=True)
    steps = []
    for step in reversed(range(STEPS)):
        with tempfile.TemporaryDirectory(dir=Settings().data_dir) as folder:
            steps.append(measure(chosen.rows // SHRINK**step, base, Path(folder)))
            show(f"{steps[-1]['rows']:,} rows", steps[-1])
    if chosen.rows == ROWS:
        print(f"kept in {save('world', {'steps': steps})}")


if __name__ == "__main__":
    main()
