"""Kept results: `bench/results/accuracy-NAME.json`, figures and the counts of each document, no word of any text."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.pipeline import PIPELINE_VERSION
from app.recognition.tiers import MODELS
from bench.accuracy.gold import Gold
from bench.accuracy.measure import Scored, figures
from bench.accuracy.tally import Counts, Tally
from bench.results import RESULTS, release

REPOSITORY: Final = Path(__file__).parents[2]
MEASURES: Final = (
    "recognition", "overlap", "acc161", "acc10", "end_to_end", "kind", "role",
    "events_strict", "events_loose", "events_strict_status", "false_alarms",
)  # fmt: skip
"""The order of a document's tallies in the file."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a set came to, and with what."""

    gold: str
    """The file: its path where it is in the repository, else its name alone."""
    sha256: str
    drop_roles: tuple[str, ...]
    made_by: Mapping[str, str]
    """Versions of release, pipeline, model, gazetteer."""
    figures: Mapping[str, float]
    documents: Mapping[str, Counts]


def gold_name(path: Path) -> str:
    """How a gold file is called in a kept result."""
    full = path.resolve()
    return full.relative_to(REPOSITORY).as_posix() if full.is_relative_to(REPOSITORY) else full.name


def to_result(gold: Gold, scored: Mapping[str, Scored], drop_roles: tuple[str, ...], gazetteer: str) -> Result:
    """The result of a run."""
    return Result(
        gold_name(gold.path),
        gold.sha256,
        tuple(sorted(drop_roles)),
        {"release": release(), "pipeline": PIPELINE_VERSION, "model": MODELS["fast"], "gazetteer": gazetteer},
        figures(list(scored.values())),
        {name: document.counts for name, document in scored.items()},
    )


def result_path(name: str, folder: Path = RESULTS) -> Path:
    """Where a result of this name is kept. Raises ValueError for what is no name."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise ValueError(f"{name!r} is no name of a result: use letters, digits, - and _.")
    return folder / f"accuracy-{name}.json"


def kept_names(folder: Path = RESULTS) -> list[str]:
    """The names of all kept results."""
    return sorted(path.stem.removeprefix("accuracy-") for path in folder.glob("accuracy-*.json"))


def _lines(result: Result) -> Iterator[str]:
    """One document a line: the file stays small, and a change of it can be read."""
    head: dict[str, Any] = {
        "gold": result.gold,
        "sha256": result.sha256,
        "drop_roles": list(result.drop_roles),
        "made_by": dict(result.made_by),
        "articles": len(result.documents),
        "figures": dict(result.figures),
    }
    yield json.dumps(head, indent=2).removesuffix("\n}")
    measures = [name for name in MEASURES if any(name in counts for counts in result.documents.values())]
    yield f',\n  "measures": {json.dumps(measures)},\n  "right_told_gold": {{\n'
    rows = (
        f"    {json.dumps(name)}: "
        + json.dumps([[t.right, t.told, t.gold] if (t := counts.get(m)) else None for m in measures])
        for name, counts in result.documents.items()
    )
    yield ",\n".join(rows) + "\n  }\n}\n"


def keep(name: str, result: Result, folder: Path = RESULTS) -> Path:
    """Write the file of this name; one that is there is replaced."""
    path = result_path(name, folder)
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(_lines(result)), encoding="utf-8")
    return path


def load(name: str, folder: Path = RESULTS) -> Result:
    """Read a kept result. Raises OSError, or ValueError for a file that is none."""
    path = result_path(name, folder)
    content = json.loads(path.read_text(encoding="utf-8"))
    try:
        return Result(
            content["gold"],
            content["sha256"],
            tuple(content["drop_roles"]),
            content["made_by"],
            content["figures"],
            {
                document: {m: Tally(*row) for m, row in zip(content["measures"], rows, strict=True) if row is not None}
                for document, rows in content["right_told_gold"].items()
            },
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is no kept result: {error!r}") from None
