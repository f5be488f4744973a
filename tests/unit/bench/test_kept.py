from pathlib import Path

import pytest

from bench.accuracy.kept import REPOSITORY, Result, gold_name, keep, kept_names, load
from bench.accuracy.tally import Tally

RESULT = Result(
    "bench/accuracy/gold.jsonl",
    "abc",
    ("demonym",),
    {"model": "rules-1", "gazetteer": "2-ab"},
    {"acc10": 0.8884, "false_alarms": 0.0},
    {
        "a": {"recognition": Tally(3, 4, 5), "events_strict": Tally(1, 2, 3)},
        'b "quoted"': {"recognition": Tally(), "events_strict": Tally(), "false_alarms": Tally(0, 2, 0)},
    },
)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    path = keep("own-1", RESULT, tmp_path)
    assert path == tmp_path / "accuracy-own-1.json"
    assert load("own-1", tmp_path) == RESULT
    assert kept_names(tmp_path) == ["own-1"]


def test_each_document_is_one_line(tmp_path: Path) -> None:
    lines = keep("own", RESULT, tmp_path).read_text(encoding="utf-8").splitlines()
    assert '    "a": [[3, 4, 5], [1, 2, 3], null],' in lines


def test_a_result_without_documents_is_json(tmp_path: Path) -> None:
    bare = Result("g", "abc", (), {}, {}, {})
    keep("bare", bare, tmp_path)
    assert load("bare", tmp_path) == bare


@pytest.mark.parametrize("name", ["", "../elsewhere", "a b", "a.json"])
def test_what_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no name of a result"):
        keep(name, RESULT, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", ["{}", "[]", '{"gold": "g"}', "no JSON"])
def test_what_is_no_result_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "accuracy-own.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"is no kept result|Expecting value"):
        load("own", tmp_path)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (REPOSITORY / "bench/accuracy/own_articles.jsonl", "bench/accuracy/own_articles.jsonl"),
        (REPOSITORY / "bench/../bench/gold.jsonl", "bench/gold.jsonl"),
        (Path("/elsewhere/lgl.jsonl.gz"), "lgl.jsonl.gz"),  # nothing that tells whose machine it was
    ],
)
def test_gold_name(path: Path, name: str) -> None:
    assert gold_name(path) == name
