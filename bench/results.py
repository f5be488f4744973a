"""Where figures go: a table for the eye, JSON for the release."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.pipeline import PIPELINE_VERSION

RESULTS = Path(__file__).parent / "results"


def release() -> str:
    """The version of the project that is measured."""
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "0"


def machine() -> dict[str, Any]:
    """What a figure depends on besides the code; nothing that tells whose machine it is."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "architecture": platform.machine(),
    }


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values stay below."""
    return statistics.quantiles(values, n=1000, method="inclusive")[max(0, round(share * 1000) - 1)]


def show(title: str, figures: Mapping[str, Any]) -> None:
    """Print figures as a table with two columns; nested ones are set apart by their names."""
    table = Table(title=title, show_header=False)
    for name, value in figures.items():
        for inner, figure in value.items() if isinstance(value, Mapping) else [("", value)]:
            digits = ",.0f" if isinstance(figure, float) and figure >= 100 else ".3g"
            shown = f"{figure:{digits}}" if isinstance(figure, float) else str(figure)
            table.add_row(f"{name} {inner}".strip().replace("_", " "), shown)
    Console().print(table)


def save(name: str, figures: Mapping[str, Any]) -> Path:
    """Keep figures, with machine and versions, as `results/<name>-<version>.json`; a file of that name is replaced."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}-{release()}.json"
    content = {"version": release(), "pipeline": PIPELINE_VERSION, "machine": machine(), **figures}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return path
