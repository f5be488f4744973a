"""`python -m bench.accuracy GOLD...`: figures of gold files, and their change against the last kept result.

Everything happens in this process, without a service and without outside scorers. `--keep NAME` keeps the figures,
`--check` asks whether all kept ones still stand. `python -m bench.accuracy.service` is the long way round: a real
service, judged by tools that know it by its wire contract alone.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from app import PlaceIndex, load_places
from app.settings import Settings
from bench.accuracy.check import DOCUMENTS, GOLD_DIR, check
from bench.accuracy.compare import obstacle
from bench.accuracy.gold import GoldArticle, load_gold
from bench.accuracy.kept import Result, keep, kept_names, load, result_path, to_result
from bench.accuracy.measure import measure
from bench.accuracy.tables import print_result
from gazetteer.build import build

_ERRORS = Console(stderr=True)


def _watched(articles: Sequence[GoldArticle]) -> list[GoldArticle]:
    return list(track(articles, "reading", console=_ERRORS, transient=True))


def _kept(name: str, now: Result, console: Console) -> Result | None:
    """The kept result of that name, if there is one to compare with."""
    if name not in kept_names():
        return None
    kept = load(name)
    if reason := obstacle(kept, now):
        console.print(f"No comparison with {name}: {reason}.", style="yellow")
        return None
    return kept


def _show(path: Path, chosen: argparse.Namespace, places: PlaceIndex, console: Console) -> None:
    gold, roles = load_gold(path), tuple(chosen.drop_role)
    now = to_result(gold, measure(gold, places, roles, _watched), roles, places.version)
    name = chosen.against or chosen.keep or path.name.partition(".")[0]
    print_result(console, path.name, _kept(name, now, console), now, chosen.documents)
    if chosen.keep:
        console.print(f"kept in {keep(chosen.keep, now)}", soft_wrap=True)


def main() -> int:
    """Measure, print, compare, keep. Exit status 1 when --check finds that a figure fell."""
    options = argparse.ArgumentParser(description="The figures of gold files, against those that were kept.")
    options.add_argument("gold", type=Path, nargs="*", help="JSONL with what is right, gzipped or not")
    options.add_argument("--keep", metavar="NAME", help="keep the result as bench/results/accuracy-NAME.json")
    options.add_argument("--against", metavar="NAME", help="compare with this kept result; default: the file's name")
    options.add_argument(
        "--drop-role", metavar="ROLE", action="append", default=[], help="leave out toponyms told in this role"
    )
    options.add_argument("--documents", type=int, default=DOCUMENTS, help="losses and gains to list of a measure")
    options.add_argument("--check", action="store_true", help="has any kept figure fallen by more than one point?")
    options.add_argument(
        "--gold-dir",
        type=Path,
        metavar="DIR",
        action="append",
        default=[],
        help=f"for --check; default: {GOLD_DIR}",
    )
    chosen = options.parse_args()
    if chosen.check == bool(chosen.gold):
        options.error("name gold files, or ask for --check")
    if (chosen.keep or chosen.against) and len(chosen.gold) != 1:
        options.error("--keep and --against go with one gold file")
    try:
        if chosen.keep:
            result_path(chosen.keep)
        if chosen.against and chosen.against not in kept_names():
            options.error(f"no result is kept as {chosen.against}; there are: {', '.join(kept_names()) or 'none'}")
        places = load_places(build(Settings().data_dir, progress=True))
        console = Console()
        if chosen.check:
            return 0 if check(places, chosen.gold_dir, console) else 1
        for path in chosen.gold:
            _show(path, chosen, places, console)
    except (OSError, ValueError) as error:
        options.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
