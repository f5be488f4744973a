import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy.gold import GoldEvent, GoldToponym, load_gold

EVENT: dict[str, Any] = {"event_type": "Battles", "sub_event_type": "Armed clash", "status": "occurred"}


def row(**fields: Any) -> dict[str, Any]:
    return {"id": "a", "text": "Rebels fought in X.", **fields}


def written(folder: Path, *rows: dict[str, Any], name: str = "gold.jsonl") -> Path:
    path = folder / name
    content = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows).encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def test_packed_or_not_it_is_the_same_gold(tmp_path: Path) -> None:
    rows = [row(), row(id="b", text="a line\u2028and no other")]  # a separator that ends lines elsewhere
    plain = load_gold(written(tmp_path, *rows))
    packed = load_gold(written(tmp_path, *rows, name="gold.jsonl.gz"))
    assert plain.articles == packed.articles
    assert plain.sha256 == packed.sha256 != load_gold(written(tmp_path, rows[0])).sha256
    assert [article.id for article in plain.articles] == ["a", "b"]


def test_the_pipeline_is_told_no_gold(tmp_path: Path) -> None:
    whole = row(title="T", source="S", language="en", published="2024-05-01", tags=["x"], notes="y", events=[EVENT])
    (article,) = load_gold(written(tmp_path, whole)).articles
    sent = {"text": whole["text"], "title": "T", "source": "S", "language": "en", "published_at": "2024-05-01"}
    assert article.sent == sent


def test_a_text_stays_out_of_tracebacks(tmp_path: Path) -> None:
    (article,) = load_gold(written(tmp_path, row(title="Secret"))).articles
    assert "Rebels" not in repr(article)
    assert "Secret" not in repr(article)


@pytest.mark.parametrize(
    ("fields", "toponyms", "neutral", "has_roles"),
    [
        ({}, [], [], False),
        ({"toponyms": [{"start": 0, "end": 4}]}, [GoldToponym(0, 4)], [], False),
        ({"toponyms": [{"start": 0, "end": 4, "lat": 0, "lon": 5}]}, [GoldToponym(0, 4, (0.0, 5.0))], [], False),
        ({"toponyms": [{"start": 0, "end": 4, "lat": 1.0, "lon": None}]}, [GoldToponym(0, 4)], [], False),
        (
            {"toponyms": [{"start": 0, "end": 4, "kind": "x", "role": "y", "feature": "sea", "country": "SY"}]},
            [GoldToponym(0, 4, None, "x", "y", "sea", "SY")], [], True,
        ),
        ({"toponyms": [{"start": 0, "end": 8, "fine": "descriptive"}]}, [], [GoldToponym(0, 8)], False),
        ({"other_spans": [{"start": 0, "end": 8}]}, [], [GoldToponym(0, 8)], False),
    ],
)  # fmt: skip
def test_toponyms(
    fields: dict[str, Any], toponyms: list[GoldToponym], neutral: list[GoldToponym], has_roles: bool, tmp_path: Path
) -> None:
    gold = load_gold(written(tmp_path, row(**fields)))
    assert (list(gold.articles[0].toponyms), list(gold.articles[0].neutral)) == (toponyms, neutral)
    assert gold.has_roles == has_roles


def test_an_event(tmp_path: Path) -> None:
    event = EVENT | {
        "kind": "ambush", "alt_types": [["Violence against civilians", "Attack"]], "alt_status": ["claimed"],
        "date_start": "2024-05-01", "date_end": None, "date_granularity": "week", "optional": True,
        "location": {"lat": 1, "lon": 2, "tolerance_km": 15, "alternatives": [{"lat": 3, "lon": 4}, {"name": "?"}]},
        "evidence": {"start": 0, "end": 13},
    }  # fmt: skip
    (article,) = load_gold(written(tmp_path, row(events=[event]))).articles
    assert article.events == (
        GoldEvent(
            "Battles", "Armed clash", "ambush", (("Violence against civilians", "Attack"),), ("occurred", "claimed"),
            date(2024, 5, 1), None, "week", ((1.0, 2.0), (3.0, 4.0)), 15, (0, 13), optional=True,
        ),
    )  # fmt: skip


def test_without_coded_events_nothing_is_asked_of_events(tmp_path: Path) -> None:
    # "No event" would make every told event a false alarm.
    assert load_gold(written(tmp_path, row(events=[{"verb": "fought"}]))).articles[0].events is None
    coded = load_gold(written(tmp_path, row(events=[EVENT]), row(id="b", events=[])))
    assert coded.articles[1].events == ()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"id": "a", "text": "t"}\n{"id": ', "line 2 is not JSON"),
        ('{"id": "a"}', "no gold file: KeyError\\('text'\\)"),
        ("[]", "no gold file"),
        ("\n", "holds no article"),
        ('{"id": "a", "text": "t"}\n{"id": "a", "text": "u"}', "two with the same id"),
    ],
)
def test_what_is_no_gold_is_said(content: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=sentence):
        load_gold(path)
