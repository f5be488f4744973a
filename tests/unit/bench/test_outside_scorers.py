"""Our scorer against the outside ones, where they are at hand: the same answers come to the same figures.

Each set is scored twice: as it was read, and with every kind of mistake put into the answers by chance (seeded), so
that rules which a good reader never touches are compared as well. The rules themselves are tested, without these
tools, in the tables beside this file.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from app.domain.documents import Document
from app.domain.events import Event, Status
from app.domain.spans import Span
from app.domain.toponyms import Role, Toponym
from app.formats.document import document_to_dict
from app.pipeline import geoparse
from app.places import Gazetteer
from bench.accuracy.gold import Gold, load_gold
from bench.accuracy.measure import TODAY, figures, score, to_article
from tests.compiled import REPOSITORY

SHARED = Path(os.environ.get("DATELINE_SHARED") or REPOSITORY.parent / "shared")
EVAL = SHARED / "eval"
OWN = REPOSITORY / "bench/accuracy/own_articles.jsonl"
DEVELOPMENT = EVAL / "articles_dev.jsonl"
GEOWEBNEWS, RE3D = (SHARED / "corpora" / f"{name}_a.jsonl.gz" for name in ("geowebnews", "re3d"))
ROUNDING, CALIBRATION_ROUNDING = 0.00011, 0.0011
"""Figures have four digits; the shares that go into their calibration error have three."""

pytestmark = pytest.mark.skipif(
    not EVAL.is_dir(), reason=f"{EVAL} is not there; DATELINE_SHARED may name its parent folder"
)


def _toponyms(told: tuple[Toponym, ...], length: int, chance: random.Random) -> Iterator[Toponym]:
    for toponym in told:
        start = max(0, toponym.start - chance.choice((0, 0, 0, 1, 9)))
        end = min(length, max(start + 1, toponym.end + chance.choice((0, 0, 0, -2, 7))))
        north = chance.choice((0, 0, 0.05, 0.2, 3))  # degrees: 0, 6, 22, 333 km
        place = toponym.place and replace(toponym.place, lat=min(90, toponym.place.lat + north))
        yield replace(
            toponym,
            start=start,
            end=end,
            place=chance.choice((place, place, place, None, *(other.place for other in toponym.alternatives))),
            kind=chance.choice((toponym.kind, toponym.kind, "literal", "associative")),
            role=chance.choice((toponym.role, toponym.role, *get_args(Role))),
            confidence=chance.random(),
        )


def _events(told: tuple[Event, ...], chance: random.Random) -> Iterator[Event]:
    for event in [*told, *chance.sample(told, k=len(told) // 2)]:
        other = chance.choice(told)
        days = timedelta(chance.choice((0, 0, 1, 3, 20)))
        when = event.date and replace(
            event.date,
            start=chance.choice((event.date.start, None)) if event.date.end else event.date.start,
            end=event.date.end and event.date.end + days,
        )
        where = event.place and replace(
            event.place, place=replace(event.place.place, lon=event.place.place.lon + chance.choice((0, 0, 0.1, 0.2)))
        )
        yield replace(
            chance.choice((event, event, replace(event, sub_event_type=other.sub_event_type, kind=other.kind))),
            date=chance.choice((when, when, other.date, None)),
            place=chance.choice((where, where, other.place, None)),
            status=chance.choice((event.status, *get_args(Status))),
            evidence=chance.choice((event.evidence, other.evidence, Span(0, 1, " "))),
            confidence=chance.random(),
        )


def _disturbed(document: Document, length: int, chance: random.Random) -> Document:
    toponyms = [each for each in _toponyms(document.toponyms, length, chance) if chance.random() < 0.9]
    return replace(document, toponyms=tuple(toponyms), events=tuple(_events(document.events, chance)))


def _outside(tool: str, answers: dict[str, Document], tmp_path: Path, *arguments: str | Path) -> dict[str, Any]:
    file = tmp_path / "answers.jsonl"
    rows = ({"id": name, **document_to_dict(document)} for name, document in answers.items())
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    told = [str(file) if argument == "ANSWERS" else str(argument) for argument in arguments]
    command = [sys.executable, str(EVAL / tool), *told, "--json"]
    scores: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return scores


_load = cache(load_gold)


@cache
def _read_once(path: Path, places: Gazetteer) -> dict[str, Document]:
    return {each.id: geoparse(to_article(each, places), places, today=TODAY) for each in _load(path).articles}


def _read(gold: Gold, places: Gazetteer, seed: int | None) -> dict[str, Document]:
    chance = random.Random(seed)
    read = _read_once(gold.path, places)
    if seed is None:
        return read
    return {each.id: _disturbed(read[each.id], len(each.text), chance) for each in gold.articles}


def _figures(gold: Gold, answers: dict[str, Document], *drop_roles: str) -> dict[str, float]:
    return figures(
        [score(each, answers[each.id], has_roles=gold.has_roles, drop_roles=drop_roles) for each in gold.articles]
    )


def _assert_same(ours: dict[str, float], theirs: dict[str, float]) -> None:
    assert {name: ours[name] for name in theirs} == {
        name: pytest.approx(value, abs=CALIBRATION_ROUNDING if "calibration" in name else ROUNDING)
        for name, value in theirs.items()
    }


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize("path", [OWN, DEVELOPMENT], ids=["own", "development"])
def test_articles(path: Path, seed: int | None, places: Gazetteer, tmp_path: Path) -> None:
    gold = _load(path)
    answers = _read(gold, places, seed)
    events = _outside("score_events.py", answers, tmp_path, path, "ANSWERS")
    spans = _outside("score_toponyms.py", answers, tmp_path, "--gold", path, "--pred", "ANSWERS")
    toponyms = events["toponyms"]
    _assert_same(
        _figures(gold, answers),
        {
            "recognition_precision": toponyms["literal_exact"]["p"],
            "recognition_recall": toponyms["literal_exact"]["r"],
            "recognition_f1": toponyms["literal_exact"]["f1"],
            "overlap_f1": toponyms["literal_overlap"]["f1"],
            **{name: toponyms[name]["right"] for name in ("acc161", "acc10", "kind", "role")},
            "end_to_end_f1": spans["end_to_end_161"]["f1"],
            **{f"events_{mode}_f1": events["events"][mode]["f1"] for mode in ("strict", "loose", "strict_status")},
            "calibration_error": events["calibration"]["toponyms"]["ece"],
            # Mistakes put in by chance make ties, of which the two scorers may pair either answer: the counts are the
            # same, but another one's confidence counts.
            **({"events_calibration_error": events["calibration"]["events"]["ece"]} if seed is None else {}),
            "false_alarms": events["negatives"]["occurred_or_claimed"] / events["negatives"]["articles"],
        },
    )


@pytest.mark.parametrize("seed", [None, 1])
@pytest.mark.parametrize(("path", "roles"), [(GEOWEBNEWS, ()), (RE3D, ("demonym",))], ids=["geowebnews", "re3d"])
def test_corpora(path: Path, roles: tuple[str, ...], seed: int | None, places: Gazetteer, tmp_path: Path) -> None:
    gold = _load(path)
    answers = _read(gold, places, seed)
    options = [word for role in roles for word in ("--drop-role", role)]
    theirs = _outside("score_toponyms.py", answers, tmp_path, "--gold", path, "--pred", "ANSWERS", *options)
    expected = {
        "recognition_precision": theirs["recognition_exact"]["p"],
        "recognition_recall": theirs["recognition_exact"]["r"],
        "recognition_f1": theirs["recognition_exact"]["f1"],
        "overlap_f1": theirs["recognition_overlap"]["f1"],
    }
    if theirs["gold_with_coordinates"]:
        expected["acc161"] = theirs["resolution"]["acc161_strict"]
        expected["end_to_end_f1"] = theirs["end_to_end_161"]["f1"]
    _assert_same(_figures(gold, answers, *roles), expected)
