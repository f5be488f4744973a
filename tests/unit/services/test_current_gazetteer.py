"""A gazetteer that is compiled, replaced, broken or taken away while the service runs."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import NotReady
from app.places import Gazetteer
from app.places.layout import SCHEMA
from app.places.own import OwnPlace, OwnPlaces
from app.services.current_gazetteer import CurrentGazetteer
from gazetteer.layers.add import add_list
from gazetteer.layers.layer import remove
from tests.factories import make_place
from tests.few_places import PLACES, write_gazetteer


def put(path: Path, version: str, schema: int = SCHEMA) -> None:
    """A gazetteer without places."""
    write_gazetteer(path, schema=schema, version=version)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gazetteer.sqlite"


@pytest.fixture
def current(path: Path) -> Iterator[CurrentGazetteer]:
    current = CurrentGazetteer(path)
    yield current
    current.close()


def test_the_same_file_stays_open(path: Path, current: CurrentGazetteer) -> None:
    put(path, "1")
    assert current() is current()
    assert current().version == "1"


def test_compiled_after_the_start(path: Path, current: CurrentGazetteer) -> None:
    for _ in range(2):
        with pytest.raises(NotReady, match="gazetteer build"):
            current()
    put(path, "1")
    assert current().version == "1"


def test_a_replaced_one_is_picked_up_and_the_old_one_serves_on(path: Path, current: CurrentGazetteer) -> None:
    put(path, "1")
    old = current()
    put(path, "2")
    assert current().version == "2"
    assert old.place("geonames:1") is None, "whoever still has the old one may ask it"


def test_the_old_one_is_closed_after_its_grace(path: Path) -> None:
    current = CurrentGazetteer(path, grace_s=0.05)
    put(path, "1")
    old = current()
    put(path, "2")
    assert current().version == "2"
    time.sleep(0.06)
    assert current().version == "2"
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        old.place("geonames:1")
    current.close()


def test_a_broken_or_missing_file_is_said_so_once_and_mended(
    path: Path, current: CurrentGazetteer, caplog: pytest.LogCaptureFixture
) -> None:
    put(path, "1")
    current()
    for harm in (lambda: put(path, "2", schema=SCHEMA + 1), lambda: path.write_bytes(b"x" * 9000), path.unlink):
        harm()
        caplog.clear()
        for _ in range(3):
            with pytest.raises(NotReady) as caught:
                current()
            assert str(path.parent) not in str(caught.value), "the log names the path, an answer does not"
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert str(path) in caplog.text
    put(path, "3")
    assert current().version == "3"


def test_after_close_it_may_be_used_again(path: Path, current: CurrentGazetteer) -> None:
    put(path, "1")
    first = current()
    current.close()
    assert current() is not first
    assert current().version == "1"


def test_many_threads_while_it_is_replaced(path: Path, current: CurrentGazetteer) -> None:
    put(path, "0")
    last = 30

    def ask(_number: int) -> list[int]:
        seen: list[int] = []
        until = time.monotonic() + 20
        while (not seen or seen[-1] < last) and time.monotonic() < until:
            places = current()
            assert places.place("geonames:1") is None
            seen.append(int(places.version))
        return seen

    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(ask, number) for number in range(6)]
        for version in range(1, last + 1):
            put(path, str(version))
            time.sleep(0.005)
        for future in asked:
            seen = future.result()
            assert seen[-1] == last
            assert seen == sorted(seen), "never back to an older one"


def test_the_old_one_is_there_while_the_new_one_is_opened(
    path: Path, current: CurrentGazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that looked for changes just before one came asks without the lock."""
    put(path, "1")
    old = current()
    put(path, "2")
    meanwhile: list[Gazetteer | None] = []

    def slow_open(path: Path, before: Gazetteer | None) -> Gazetteer:
        meanwhile.append(current._open)
        return Gazetteer(path, before)

    monkeypatch.setattr("app.services.current_gazetteer.Gazetteer", slow_open)
    assert current().version == "2"
    assert meanwhile == [old]


def test_what_is_added_and_removed_is_picked_up_at_once(path: Path, current: CurrentGazetteer, tmp_path: Path) -> None:
    write_gazetteer(path, PLACES)
    table = tmp_path / "mine.csv"
    table.write_text("name,country,lat,lon\nOur test clinic,SY,32.6,36.1\n")
    before = current().version
    for _ in range(5):
        assert current().lookup(["Our test clinic"]) == {}
        add_list(tmp_path, table)
        assert current().lookup(["Our test clinic"])
        assert current().version != before
        remove(tmp_path, "csv-mine")
        assert current().version == before


def test_own_places_are_joined_once(path: Path, current: CurrentGazetteer) -> None:
    write_gazetteer(path, PLACES)
    clinic = make_place(id="own:clinic", name="Our clinic")
    own = OwnPlaces([OwnPlace(clinic, ("Our clinic", "عيادتنا"))])
    joined = current.joined(own)
    assert joined is current.joined(own)
    assert joined.lookup(["عيادتنا"])["عيادتنا"][0].place == clinic
    assert joined.place("own:clinic") == clinic
    assert joined.version != current().version
    assert current.joined(OwnPlaces([])) is current()
