"""`python -m training.events FILE...`: reads annotated events (EVENTS.md) and says what is wrong with them."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.ontology import KINDS
from training.reports import REPORTS, Marked, Report, read_reports

EVENTS = Path(__file__).parent / "events"
STATUSES = frozenset({"occurred", "claimed", "denied", "planned"})
_SIDES = {"initiator", "target", "party"}


@dataclass(frozen=True, slots=True)
class Told:
    """One annotated event: offsets of trigger and evidence, the mark that is its place, days, tolls as (low, best, high)."""

    start: int
    end: int
    kind: str
    status: str
    place: Marked | None
    relation: str | None
    days: tuple[date | None, date | None]
    fatalities: tuple[int | None, int | None, int | None] | None
    injured: tuple[int | None, int | None, int | None] | None
    actors: tuple[tuple[str, str], ...]
    evidence: tuple[int, int]


def _nth(text: str, part: str, number: int) -> int:
    """Offset of the number-th occurrence (from 1 on). Raises ValueError where there is none."""
    at = -1
    for _ in range(number):
        at = text.find(part, at + 1)
        if at < 0:
            raise ValueError(f"{part!r} does not stand in the text {number} times")
    return at


def _toll(row: dict, name: str) -> tuple[int | None, int | None, int | None] | None:
    toll = row[name]
    if toll is None:
        return None
    low, best, high = toll
    known = [n for n in (low, best, high) if n is not None]
    if any(not isinstance(n, int) or n < 0 for n in known) or known != sorted(known) or not known:
        raise ValueError(f"{name} {toll} is no [low, best, high]")
    return low, best, high


def read_event(row: dict, report: Report) -> Told:
    """One event. Raises ValueError or KeyError with what is wrong."""
    trigger, number = row["trigger"]
    start = _nth(report.text, trigger, number)
    if row["kind"] not in KINDS:
        raise ValueError(f"unknown kind {row['kind']!r}")
    if row["status"] not in STATUSES:
        raise ValueError(f"unknown status {row['status']!r}")
    place = None
    if row["place"] is not None:
        name, number = row["place"]
        marks = [mark for mark in report.marks if mark.text == name]
        if not 1 <= number <= len(marks):
            raise ValueError(f"{name!r} is not marked {number} times")
        place = marks[number - 1]
    if row["relation"] and row["relation"] not in report.text:
        raise ValueError(f"relation {row['relation']!r} does not stand in the text")
    first, last = (date.fromisoformat(day) if day else None for day in row["date"])
    if first and last and last < first:
        raise ValueError(f"{last} lies before {first}")
    for _, side in row["actors"]:
        if side not in _SIDES:
            raise ValueError(f"unknown side {side!r}")
    at = _nth(report.text, row["evidence"], 1)
    if not at <= start < at + len(row["evidence"]):
        inside = [i for i in range(len(report.text)) if report.text.startswith(row["evidence"], i)]
        at = next((i for i in inside if i <= start < i + len(row["evidence"])), -1)
        if at < 0:
            raise ValueError(f"the evidence does not hold the trigger {trigger!r}")
    return Told(
        start, start + len(trigger), row["kind"], row["status"], place, row["relation"], (first, last), _toll(row, "fatalities"),
        _toll(row, "injured"), tuple((name, side) for name, side in row["actors"]), (at, at + len(row["evidence"])),
    )  # fmt: skip


def read_file(path: Path) -> Iterator[tuple[Report, list[Told], list[str]]]:
    """Reports of one file with their events and what is wrong with them."""
    reports = {report.id: report for report in read_reports(REPORTS / f"{path.stem}.txt")}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        report, told, wrong = reports[row["id"]], [], []
        for event in row["events"]:
            try:
                told.append(read_event(event, report))
            except (ValueError, KeyError, TypeError) as error:
                wrong.append(f"{event.get('trigger')}: {error}")
        yield report, told, wrong


def all_told() -> Iterator[tuple[Report, list[Told]]]:
    """Every report with annotated events, by file name. Raises ValueError for one that does not follow the guide."""
    for path in sorted(EVENTS.glob("*.jsonl")):
        for report, told, wrong in read_file(path):
            if wrong:
                raise ValueError(f"{path.name} {report.id}: {wrong[0]}")
            yield report, told


def main() -> int:
    """Print counts and faults; 1 when there are any."""
    faults, kinds = 0, Counter[str]()
    for path in [Path(name) for name in sys.argv[1:]] or sorted(EVENTS.glob("*.jsonl")):
        seen = set()
        for report, told, wrong in read_file(path):
            seen.add(report.id)
            kinds.update(event.kind for event in told)
            for fault in wrong:
                faults += 1
                print(f"{path.name} {report.id}: {fault}")
        missing = [r.id for r in read_reports(REPORTS / f"{path.stem}.txt") if r.id not in seen]
        print(f"{path.name}: {len(seen)} texts", f"without a line: {missing}" if missing else "")
    print(sum(kinds.values()), dict(kinds.most_common()))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
