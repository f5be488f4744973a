"""The build as a whole: what stands in the file, when it is made anew, and what an accident leaves behind."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

import gazetteer.build as builder
from app.errors import BadInput
from app.places import load_places
from app.places.layout import SCHEMA
from gazetteer.build import BrokenBuild, Inputs, build, info
from tests.unit.gazetteer.conftest import Workshop

FOUND = [
    ("Dara'a", ["geonames:170903", "geonames:170905"]),  # both spellings of one key; the unit is the headline name
    ("درعا", ["geonames:170905"]),
    ("Daraa District", ["dateline:unit-sy-06-169339"]),
    ("Sidon Governorate", ["dateline:unit-lb-06-2"]),  # as our notes call it
    ("LB-XX", ["dateline:unit-lb-06-2"]),
    ("Saida", ["geonames:268064"]),
    ("Bab", ["geonames:174018"]),  # the article left out
    ("Nasib border crossing", ["dateline:nassib-crossing"]),
    ("معبر نصيب", ["dateline:nassib-crossing"]),
    ("Syrian Arab Republic", ["geonames:163843"]),
    ("Aleppo Airport", ["airport:OSAP"]),
    ("Aleppo", ["geonames:170062"]),  # the airport does not take the city's name
    ("Shayrat Airbase", ["airport:OS65"]),
    ("Aero B Ranch Airport", []),  # a private strip in the US
    ("Some Heliport", []),
    ("QDA", []),  # a code
    ("1234", []),  # a number
]


@pytest.mark.parametrize(("mention", "expected"), FOUND)
def test_the_file_answers(workshop: Workshop, mention: str, expected: list[str]) -> None:
    places = load_places(build(workshop.data_dir, inputs=workshop.inputs))
    assert [candidate.place.id for candidate in places.lookup([mention]).get(mention, ())] == expected
    places.close()


def test_info_tells_version_sources_and_counts(workshop: Workshop) -> None:
    path = build(workshop.data_dir, inputs=workshop.inputs)
    told = info(path)
    # 12 of the tables and two second-level units; the third has no settlement.
    assert (told["places"], told["units"], told["shapes"], told["schema"]) == (14, 3, 3, SCHEMA)
    assert told["bytes"] == path.stat().st_size
    assert told["sources"] == [
        {"name": "Test places", "version": "7", "licence": "CC0", "attribution": "Nobody asks for any."}
    ]
    with pytest.raises(FileNotFoundError):
        info(path.parent / "other.sqlite")


def test_the_same_inputs_give_the_same_version_and_no_second_build(workshop: Workshop) -> None:
    path = build(workshop.data_dir, inputs=workshop.inputs)
    made = path.stat().st_mtime_ns
    assert build(workshop.data_dir, inputs=workshop.inputs).stat().st_mtime_ns == made
    first = info(path)
    build(workshop.data_dir, inputs=workshop.inputs, force=True)
    assert path.stat().st_mtime_ns != made
    assert info(path) == first


def test_a_changed_row_of_ours_builds_anew(workshop: Workshop) -> None:
    path = build(workshop.data_dir, inputs=workshop.inputs)
    version = info(path)["version"]
    workshop.write_supplement("x-post,X post,,SY,SY-DR,32.5,36.2,,PSTB,,ours,2026-11-23")
    build(workshop.data_dir, inputs=workshop.inputs)
    assert info(path)["version"] != version


def test_the_fingerprint_of_the_real_inputs_is_cheap() -> None:
    inputs = Inputs.standard()
    inputs.fingerprint()
    start = time.perf_counter()
    inputs.fingerprint()
    assert time.perf_counter() - start < 0.1


def _files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if not file.name.endswith(".lock")}


@pytest.mark.parametrize("accident", [KeyboardInterrupt, BrokenBuild, OSError])
def test_an_interrupted_build_leaves_no_file(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, accident: type[BaseException]
) -> None:
    def break_off(path: Path) -> None:
        assert path.stat().st_size > 0
        raise accident

    monkeypatch.setattr(builder, "verify", break_off)
    with pytest.raises(accident):
        build(workshop.data_dir, inputs=workshop.inputs)
    assert _files(workshop.data_dir) == set()


def test_an_interrupted_build_leaves_the_old_file(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build(workshop.data_dir, inputs=workshop.inputs)
    before = path.read_bytes()
    workshop.write_supplement("x-post,X post,,SY,SY-DR,95,36.2,,PSTB,,ours,2026-11-23")
    with pytest.raises(BadInput):
        build(workshop.data_dir, inputs=workshop.inputs)
    assert path.read_bytes() == before
    assert _files(workshop.data_dir) == {path.name}


def _build_until_killed(workshop: Workshop) -> None:
    def wait(path: Path) -> None:
        time.sleep(60)

    setattr(builder, "verify", wait)  # noqa: B010 - mypy knows it as a function, not as a name to set
    build(workshop.data_dir, inputs=workshop.inputs)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a word of POSIX")
def test_the_leavings_of_a_killed_build_are_cleared_by_the_next(workshop: Workshop) -> None:
    process = multiprocessing.get_context("fork").Process(target=_build_until_killed, args=(workshop,))
    process.start()
    deadline = time.monotonic() + 20
    while not list(workshop.data_dir.glob(".gazetteer-*.part")) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert _files(workshop.data_dir)
    assert "gazetteer.sqlite" not in _files(workshop.data_dir)
    build(workshop.data_dir, inputs=workshop.inputs)
    assert _files(workshop.data_dir) == {"gazetteer.sqlite"}


def _build_here(workshop: Workshop) -> None:
    build(workshop.data_dir, inputs=workshop.inputs)


def test_builders_that_start_at_once_do_not_harm_one_another(workshop: Workshop) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_build_here, args=(workshop,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert _files(workshop.data_dir) == {"gazetteer.sqlite"}
    assert info(workshop.data_dir / "gazetteer.sqlite")["places"] == 14


def test_a_damaged_file_is_replaced(workshop: Workshop) -> None:
    path = build(workshop.data_dir, inputs=workshop.inputs)
    path.write_bytes(b"rubbish" * 1000)
    build(workshop.data_dir, inputs=workshop.inputs)
    assert info(path)["places"] == 14
