"""`--check`: does every kept figure still stand? What .ci/run asks."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from app import PlaceIndex
from bench.accuracy.compare import Change, changes, obstacle
from bench.accuracy.gold import load_gold
from bench.accuracy.kept import REPOSITORY, Result, kept_names, load, to_result
from bench.accuracy.measure import measure
from bench.accuracy.tables import document_table
from bench.results import RESULTS

GOLD_DIR: Final = "DATELINE_GOLD_DIR"
DOCUMENTS: Final = 5
"""How many documents that lost, and how many that gained, are listed of a measure."""
WHAT_TO_DO: Final = (
    "A kept figure fell by more than one point, or cannot be compared. Mend what it shows; or, where the loss is the "
    "price of something better, keep the new figures with the command above and say in the commit what was bought."
)


def gold_folders(given: Sequence[Path]) -> list[Path]:
    """The folders named on the command line, else those in DATELINE_GOLD_DIR, separated as in PATH."""
    return list(given) or [Path(name) for name in os.environ.get(GOLD_DIR, "").split(os.pathsep) if name]


def find_gold(name: str, folders: Sequence[Path]) -> Path | None:
    """The gold file of a kept result: in the repository by its path, else by its name in one of the folders."""
    places = [REPOSITORY / name, *(folder / Path(name).name for folder in folders)]
    return next((path for path in places if path.is_file()), None)


def keep_command(name: str, gold: Path, result: Result) -> str:
    """What keeps the present figures under this name."""
    file = gold.relative_to(REPOSITORY) if gold.is_relative_to(REPOSITORY) else gold
    options = "".join(f" --drop-role {role}" for role in result.drop_roles)
    return f"python -m bench.accuracy {file}{options} --keep {name}"


def check_one(name: str, gold: Path, kept: Result, now: Result, console: Console) -> bool:
    """Print what became of one kept result; True when it stands."""
    command = keep_command(name, gold, kept)
    reason = obstacle(kept, now)
    if reason:
        console.print(f"[red]{name}: {reason}.[/] Keep them anew: {command}", soft_wrap=True)
        return False
    all_changes = changes(kept, now)
    fallen = [change for change in all_changes if change.fell]
    risen = [change for change in all_changes if change.rose]
    for change in fallen:
        console.print(f"[red]{name}: {_sentence(change)}[/]", soft_wrap=True)
    for change in risen:
        console.print(f"[green]{name}: {_sentence(change)}[/]", soft_wrap=True)
    if fallen:
        if documents := document_table(kept, now, DOCUMENTS):
            console.print(documents)
        console.print(f"{name}: to keep the new figures: {command}", soft_wrap=True)
        return False
    hint = f" Keep what was won: {command}" if risen else ""
    console.print(f"{name}: {len(all_changes)} figures stand.{hint}", soft_wrap=True)
    return True


def _sentence(change: Change) -> str:
    name = change.figure.replace("_", " ")
    if change.now is None:
        return f"{name} was {change.kept:.4f} and cannot be told any more"
    return f"{name} went from {change.kept:.4f} to {change.now:.4f}, {'worse' if change.fell else 'better'}"


def check(places: PlaceIndex, given: Sequence[Path], console: Console, results: Path = RESULTS) -> bool:
    """Measure every kept set whose gold is at hand; True when no figure fell by more than one point.

    Without any kept result nothing is guarded: that is False, too.
    """
    names = kept_names(results)
    if not names:
        console.print("[red]No result is kept[/] in bench/results: keep one with --keep.")
        return False
    stands = True
    for name in names:
        kept = load(name, results)
        path = find_gold(kept.gold, gold_folders(given))
        if path is None and "/" in kept.gold:
            console.print(f"[red]{name}: its gold, {kept.gold}, is missing in the repository.[/]", soft_wrap=True)
            stands = False
        elif path is None:
            console.print(
                f"{name}: skipped, its gold {kept.gold} is not in the repository; name its folder with --gold-dir or "
                f"{GOLD_DIR}.",
                soft_wrap=True,
            )
        else:
            gold = load_gold(path)
            now = to_result(gold, measure(gold, places, kept.drop_roles), kept.drop_roles, places.version)
            stands &= check_one(name, path, kept, now, console)
    if not stands:
        console.print(WHAT_TO_DO, soft_wrap=True)
    return stands
