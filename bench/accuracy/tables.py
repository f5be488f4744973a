"""Figures, gains and losses for the eye."""

from rich.console import Console
from rich.table import Table

from bench.accuracy.compare import Change, changes, moves
from bench.accuracy.kept import Result
from bench.accuracy.measure import LOWER_IS_BETTER
from bench.accuracy.tally import Tally


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _change(change: Change) -> str:
    if change.gain is None:
        return "gone" if change.now is None else "new"
    moved = (change.now or 0) - (change.kept or 0)
    style = "red" if change.fell else "green" if change.rose else "dim"
    return f"[{style}]{100 * moved:+.2f}[/]"


def _words(name: str) -> str:
    note = " (lower is better)" if name in LOWER_IS_BETTER else ""
    return name.replace("_", " ") + note


def figure_table(title: str, kept: Result | None, now: Result) -> Table:
    """The figures, with the kept ones and the change in points where there are any."""
    table = Table(title=title)
    table.add_column("figure")
    table.add_column("now", justify="right")
    if kept:
        table.add_column("kept", justify="right")
        table.add_column("points", justify="right")
    for change in changes(kept, now):
        cells = [_words(change.figure), _figure(change.now)]
        table.add_row(*cells, *([_figure(change.kept), _change(change)] if kept else []))
    return table


def _tally(tally: Tally) -> str:
    return f"{tally.right} / {tally.told} / {tally.gold}"


def document_table(kept: Result, now: Result, most: int) -> Table | None:
    """The documents that lost or gained most, `most` of each for a measure; None when none did."""
    table = Table(title="Documents that lost or gained", caption="right / told / in the gold; + is fewer mistakes")
    for name in ("measure", "document"):
        table.add_column(name)
    for name in ("now", "kept", "mistakes"):
        table.add_column(name, justify="right")
    for moved in moves(kept, now):
        losses = [move for move in moved if move.gain < 0]
        gains = [move for move in reversed(moved) if move.gain > 0]
        table.add_section()
        name, whole = _words(moved[0].measure), sum(move.gain for move in moved)
        table.add_row(f"[bold]{name}[/]", "all", f"{len(losses)} lost", f"{len(gains)} gained", _gain(whole))
        for move in (*losses[:most], *gains[:most]):
            table.add_row("", move.document, _tally(move.now), _tally(move.kept), _gain(move.gain))
    return table if table.row_count else None


def _gain(gain: int) -> str:
    return f"[{'green' if gain > 0 else 'red' if gain < 0 else 'dim'}]{gain:+d}[/]"


def print_result(console: Console, name: str, kept: Result | None, now: Result, most: int) -> None:
    """Both tables, and what has to be known to read them."""
    console.print(figure_table(f"{name}: {len(now.documents)} documents", kept, now))
    if kept is None:
        return
    if kept.made_by != now.made_by:
        console.print(f"kept with {_made_by(kept)}; now {_made_by(now)}", highlight=False, style="dim")
    if documents := document_table(kept, now, most):
        console.print(documents)
    else:
        console.print("No document lost or gained.")


def _made_by(result: Result) -> str:
    return ", ".join(f"{what} {version}" for what, version in result.made_by.items())
