"""`--check` and the command line, on a set of two made-up articles and a pipeline that reads them right."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from rich.console import Console

from app.domain.toponyms import Role
from bench.accuracy import __main__ as command
from bench.accuracy import measure as measure_module
from bench.accuracy.check import check
from bench.accuracy.gold import load_gold
from bench.accuracy.kept import Result, keep, kept_names, load, to_result
from bench.accuracy.measure import measure
from tests.factories import NoPlaces, make_document, make_toponym

TEXT = "Clashes broke out in Nassib on Thursday, residents of Nassib said."
PLACES = NoPlaces()


@pytest.fixture(autouse=True)
def _read_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here must not hang on what the recogniser finds."""
    document = make_document(toponyms=(make_toponym(start=21, end=27), make_toponym(start=54, end=60)))
    monkeypatch.setattr(measure_module, "geoparse", lambda *_, **__: document)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    point = {"lat": 32.5535, "lon": 36.1886}
    spans = [{"start": 21, "end": 27, **point}, {"start": 54, "end": 60, **point}]
    path = tmp_path / "set.jsonl"
    path.write_text(
        "".join(json.dumps({"id": name, "text": TEXT, "toponyms": spans}) + "\n" for name in "ab"), encoding="utf-8"
    )
    return path


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    monkeypatch.setattr(command, "kept_names", lambda: kept_names(folder))
    monkeypatch.setattr(command, "load", lambda name: load(name, folder))
    monkeypatch.setattr(command, "keep", lambda name, result: keep(name, result, folder))
    return folder


@pytest.fixture
def now(gold: Path) -> Result:
    read = load_gold(gold)
    return to_result(read, measure(read, PLACES), (), PLACES.version)


def checked(results: Path, *folders: Path) -> tuple[bool, str]:
    printed = io.StringIO()
    return check(PLACES, folders, Console(file=printed, width=200), results), printed.getvalue()


def with_figures(result: Result, **figures: float) -> Result:
    return replace(result, figures=dict(result.figures) | figures)


def test_the_set_is_read_right(now: Result) -> None:
    assert now.figures["recognition_f1"] == now.figures["end_to_end_f1"] == 1.0
    assert now.gold == "set.jsonl"


Mend = Callable[[Result], Result]


@pytest.mark.parametrize(
    ("kept", "stands", "said"),
    [
        (lambda now: now, True, "figures stand."),
        (lambda now: with_figures(now, acc10=0.9), True, "acc10 went from 0.9000 to 1.0000, better"),
        (lambda now: with_figures(now, acc10=0.9), True, "Keep what was won: python -m bench.accuracy"),
        (lambda now: with_figures(now, acc10=0.995), True, "figures stand."),
        (lambda now: with_figures(now, acc10=1.009), True, "figures stand."),
        (lambda now: with_figures(now, acc10=1.02), False, "acc10 went from 1.0200 to 1.0000, worse"),
        (lambda now: with_figures(now, acc10=1.02), False, "set.jsonl --keep set"),
        (lambda now: with_figures(now, acc10=1.02, overlap_f1=0.5), False, "overlap f1 went from 0.5000 to 1.0000"),
        (lambda now: with_figures(now, role=0.5), False, "role was 0.5000 and cannot be told any more"),
        (lambda now: replace(now, sha256="another"), False, "is not the edition that the figures were kept for"),
        (lambda now: replace(now, gold="bench/gone.jsonl"), False, "bench/gone.jsonl, is missing in the repository"),
    ],
)
def test_check(kept: Mend, stands: bool, said: str, now: Result, results: Path, gold: Path) -> None:
    keep("set", kept(now), results)
    found, printed = checked(results, gold.parent)
    assert found == stands
    assert said in printed
    assert ("say in the commit what was bought" in printed) == (not stands)


def test_a_set_is_measured_with_the_options_it_was_kept_with(gold: Path, results: Path) -> None:
    read, roles = load_gold(gold), get_args(Role)
    keep("set", to_result(read, measure(read, PLACES, roles), roles, PLACES.version), results)
    found, printed = checked(results, gold.parent)
    assert found
    assert "better" not in printed
    assert load("set", results).figures["recognition_f1"] == 0.0  # all was left out
    assert load("set", results).drop_roles == tuple(sorted(roles)) != roles  # their order says nothing


def test_a_fall_shows_the_documents_that_lost(now: Result, results: Path, gold: Path) -> None:
    better = {
        name: dict(counts) | {"acc10": replace(counts["acc10"], gold=0)} for name, counts in now.documents.items()
    }
    keep("set", replace(with_figures(now, acc10=1.02), documents=better), results)
    _, printed = checked(results, gold.parent)
    assert re.search(r"acc10 +│ all +│ +2 lost │ +0 gained │ +-4 │", printed)


def test_what_is_not_at_hand_is_skipped_and_said(now: Result, results: Path) -> None:
    keep("set", with_figures(now, acc10=2.0), results)
    found, printed = checked(results)
    assert found
    assert "set: skipped, its gold set.jsonl is not in the repository" in printed


def test_folders_come_from_the_environment(
    now: Result, results: Path, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("set", with_figures(now, acc10=2.0), results)
    monkeypatch.setenv("DATELINE_GOLD_DIR", f"/nowhere:{gold.parent}")
    assert not checked(results)[0]


def test_one_that_stands_does_not_hide_one_that_fell(now: Result, results: Path, gold: Path) -> None:
    keep("a", with_figures(now, acc10=2.0), results)
    keep("b", now, results)
    assert not checked(results, gold.parent)[0]


def test_nothing_kept_is_nothing_guarded(results: Path) -> None:
    assert not checked(results)[0]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, results: Path) -> Callable[..., int]:
    """The command, on the little gazetteer and the scratch folder of results."""
    monkeypatch.setattr(command, "build", lambda *_, **__: None)
    monkeypatch.setattr(command, "load_places", lambda _: PLACES)
    monkeypatch.setattr(command, "check", lambda places, given, console: check(places, given, console, results))
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str | Path) -> int:
        monkeypatch.setattr("sys.argv", ["bench.accuracy", *map(str, arguments)])
        return command.main()

    return call


def test_keep_then_compare_then_check(
    run: Callable[..., int], gold: Path, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(gold, "--keep", "set") == 0
    assert "points" not in capsys.readouterr().out  # nothing to compare with yet
    kept = load("set", results)
    assert run(gold) == 0  # its own name is what it is held against
    assert "No document lost or gained." in capsys.readouterr().out

    keep("set", with_figures(kept, acc10=0.75, kind=0.5), results)
    assert run(gold, "--against", "set") == 0
    printed = capsys.readouterr().out
    assert "+25.00" in printed
    assert "gone" in printed
    assert run("--check", "--gold-dir", gold.parent) == 1
    assert run("--check") == 0  # not at hand


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "name gold files, or ask for --check"),
        (["x.jsonl", "--check"], "name gold files, or ask for --check"),
        (["x.jsonl", "y.jsonl", "--keep", "both"], "go with one gold file"),
        (["x.jsonl", "--against", "nothing"], "no result is kept as nothing; there are: none"),
        (["x.jsonl", "--keep", "../x"], "is no name of a result"),
        (["x.jsonl"], "No such file or directory: 'x.jsonl'"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Callable[..., int], arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err
