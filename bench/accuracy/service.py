"""`python -m bench.accuracy.service --eval DIR --gold FILE`: the scores of a gold file, from outside scorers.

DIR holds run_service.py, score_events.py, score_records.py and score_toponyms.py, which know the service by its wire
contract alone. The gold's own fields decide who scores it: articles with coded events go to score_events.py, rows of
event tables and verbs with their places to score_records.py, others to score_toponyms.py.
Without --base a service is started for the run. Exit status 1 when an answer breaks the contract.
"""

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from app.settings import Settings
from bench.results import save
from bench.service import Service
from gazetteer.build import build


def first_row(gold: Path) -> dict[str, Any]:
    """The first article of a JSONL file, gzipped or not."""
    with gzip.open(gold, "rt", encoding="utf-8") if gold.suffix == ".gz" else gold.open(encoding="utf-8") as lines:
        row: dict[str, Any] = json.loads(next(line for line in lines if line.strip()))
    return row


def is_tenth(row: Mapping[str, Any]) -> bool:
    """One row in ten, by its id: always the same ones."""
    return int(hashlib.sha256(str(row["id"]).encode()).hexdigest(), 16) % 10 == 0


def ascii_copy(gold: Path, folder: Path, *, tenth: bool = False) -> Path:
    """The gold with every character beyond ASCII escaped: a scorer that splits at U+2028 then sees whole lines."""
    copy = folder / "gold.jsonl"
    with (
        gzip.open(gold, "rt", encoding="utf-8", newline="\n")
        if gold.suffix == ".gz"
        else gold.open(encoding="utf-8", newline="\n") as lines
    ):
        rows = [json.loads(line) for line in lines if line.strip()]
    kept = (row for row in rows if not tenth or is_tenth(row))
    copy.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="ascii")
    return copy


def scorer(folder: Path, gold: Path, answers: Path) -> list[str]:
    """The command that scores these answers."""
    first = first_row(gold)
    events = first.get("events") or ()
    if "location_in_text" in first or any("verb" in event for event in events):
        return [sys.executable, str(folder / "score_records.py"), str(gold), str(answers)]
    if any("event_type" in event for event in events):
        return [sys.executable, str(folder / "score_events.py"), str(gold), str(answers)]
    return [sys.executable, str(folder / "score_toponyms.py"), "--gold", str(gold), "--pred", str(answers)]


def main() -> int:
    """Run, print, and keep with --keep."""
    options = argparse.ArgumentParser(description="The scores of a gold file, from outside scorers.")
    options.add_argument("--eval", type=Path, required=True, help="the folder with the scorers")
    options.add_argument("--gold", type=Path, required=True, help="JSONL with what is right, gzipped or not")
    options.add_argument("--tenth", action="store_true", help="only one row in ten, by its id")
    options.add_argument("--base", help="the address of a running service")
    options.add_argument("--keep", metavar="NAME", help="keep the scores in bench/results/scores-NAME-VERSION.json")
    options.add_argument("--answers", type=Path, help="keep the service's answers in this file")
    options.add_argument("scorer_options", nargs="*", help="after --: options for the scorer, such as --verbose")
    chosen = options.parse_args()

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        answers = chosen.answers or folder / "answers.jsonl"
        gold = ascii_copy(chosen.gold, folder, tenth=chosen.tenth)
        base = chosen.base
        if base is None:
            service = stack.enter_context(Service(folder / "data", build(Settings().data_dir, progress=True)))
            base = f"http://{service.host}:{service.port}"
        asking = [sys.executable, str(chosen.eval / "run_service.py"), "--base", base]
        asked = subprocess.run([*asking, "--in", str(gold), "--out", str(answers), "--check-contract"])
        command = scorer(chosen.eval, gold, answers)
        subprocess.run([*command, *chosen.scorer_options], check=True)
        if chosen.keep:
            scores = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout
            path = save(f"scores-{chosen.keep}", {"gold": chosen.gold.name, "scores": json.loads(scores)})
            print(f"kept in {path}")
    return asked.returncode


if __name__ == "__main__":
    sys.exit(main())
