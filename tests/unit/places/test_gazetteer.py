"""Lookups in the compiled gazetteer, on the places that conflict news is about."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from app.domain.places import PlaceIndex
from app.errors import NotReady
from app.places import Gazetteer, load_places
from app.places.gazetteer import MOST_CANDIDATES
from app.places.layout import SCHEMA
from app.places.scripts import script_of

DARAA_CITY = "geonames:170905"
DARAA_UNIT = "geonames:170903"

FOUND = [
    ("Dara'a", DARAA_CITY),  # the seed article's spelling
    ("Daraa", DARAA_CITY),
    ("Deraa", DARAA_CITY),
    ("درعا", DARAA_CITY),  # Arabic meets the Arabic alternate name
    ("Daraa", DARAA_UNIT),  # the governorate is a candidate of the same mention
    ("Daraa Governorate", DARAA_UNIT),  # with the word for its kind
    ("Busra al-Sham", "geonames:171126"),  # GeoNames writes Buşrá ash Shām
    ("Quneitra", "geonames:173336"),
    ("Deir al-Zour", "geonames:170792"),
    ("the Gaza Strip", "geonames:281132"),
    ("West Bank", "geonames:285153"),
    ("Київ", "geonames:703448"),  # Ukrainian
    ("Goma", "geonames:216281"),
    ("Ituri", "geonames:215709"),  # a province since 2015, which Natural Earth lacks
    ("Syria's", "geonames:163843"),  # possessive of a country
    ("UK", "geonames:2635167"),  # short forms of countries stay, though cities lose theirs
    ("U.S.", "geonames:6252001"),
    ("DRC", "geonames:203312"),
    ("Ivory Coast", "geonames:2287781"),
    ("Shayrat Air Base", "airport:OS65"),
    ("Shayrat airbase", "airport:OS65"),
    ("Aleppo airport", "airport:OSAP"),  # the name in full is Aleppo International Airport
]

NOT_FOUND = [
    "swldw",  # a machine-made romanisation of Soldeu
    "Dr",  # likewise of Daraa
    "DAM",  # the airport code of Damascus
    "drones",  # a word
    "",
]


@pytest.mark.parametrize(("mention", "place_id"), FOUND)
def test_lookup_finds_the_place_of_the_news_spelling(gazetteer: Gazetteer, mention: str, place_id: str) -> None:
    assert place_id in {candidate.place.id for candidate in gazetteer.lookup([mention])[mention]}


@pytest.mark.parametrize("mention", NOT_FOUND)
def test_lookup_leaves_out_what_is_no_name(gazetteer: Gazetteer, mention: str) -> None:
    met = gazetteer.lookup([mention]).get(mention, ())
    assert not {c.place.country for c in met} & {"AD", "SY"}


def test_it_is_a_place_index(gazetteer: Gazetteer) -> None:
    index: PlaceIndex = gazetteer
    assert index.version.startswith(f"{SCHEMA}-")
    assert any("CC BY 4.0" in source for source in index.sources)


HOW = [
    ("Damascus", "geonames:170654", "name", "Damascus"),  # the headline name
    ("Dimashq", "geonames:167541", "alternate", "Dimashq"),  # another listed spelling
    ("Busra al-Sham", "geonames:171126", "article", "Busra Sham"),  # listed without the article inside
    ("Al-Mariupol", "geonames:701822", "article", "Mariupol"),  # the gazetteer lacks it
]


@pytest.mark.parametrize(("mention", "place_id", "how", "matched"), HOW)
def test_a_candidate_says_how_it_met(gazetteer: Gazetteer, mention: str, place_id: str, how: str, matched: str) -> None:
    met = {c.place.id: c for c in gazetteer.lookup([mention])[mention]}
    assert (met[place_id].how, met[place_id].matched) == (how, matched)


def test_candidates_come_by_how_then_population_and_are_cut_off(gazetteer: Gazetteer) -> None:
    met = gazetteer.lookup(["San Jose"])["San Jose"]
    assert len(met) == MOST_CANDIDATES
    order = [("name", "alternate", "article").index(c.how) for c in met]
    assert order == sorted(order)
    headline = [c.place.population for c in met if c.how == "name" and c.place.feature_class == "P"]
    assert headline == sorted(headline, reverse=True)


def test_many_mentions_in_one_call_equal_single_calls(gazetteer: Gazetteer) -> None:
    mentions = [mention for mention, _ in FOUND] + NOT_FOUND + [f"nowhere {number}" for number in range(1200)]
    together = gazetteer.lookup(mentions)
    assert set(together) == {m for m in mentions if m in gazetteer.lookup([m])}
    assert all(together[m] == gazetteer.lookup([m])[m] for m in together)


PLACES = [
    # id, name, country, admin1, admin1_code, class, code
    (DARAA_UNIT, "Daraa", "SY", "Daraa", "SY-DR", "A", "ADM1"),
    ("geonames:163843", "Syria", "SY", None, None, "A", "PCLI"),
    ("geonames:170654", "Damascus", "SY", "Damascus", "SY-DI", "P", "PPLC"),
    ("geonames:281133", "Gaza", "PS", "Gaza Strip", None, "P", "PPLA"),  # Gaza Strip has no ISO 3166-2 code of its own
    ("geonames:216281", "Goma", "CD", "North Kivu", "CD-NK", "P", "PPLA"),  # Natural Earth puts the point in Rwanda
    ("airport:OSDI", "Damascus International Airport", "SY", "Rif Dimashq", "SY-RD", "S", "AIRP"),
    ("airport:OS65", "Shayrat Air Base", "SY", "Homs", "SY-HI", "S", "AIRB"),
]


@pytest.mark.parametrize(("place_id", "name", "country", "admin1", "admin1_code", "letter", "code"), PLACES)
def test_place_carries_its_unit_and_its_kind(
    gazetteer: Gazetteer,
    place_id: str, name: str, country: str, admin1: str | None, admin1_code: str | None, letter: str, code: str,
) -> None:  # fmt: skip
    place = gazetteer.place(place_id)
    assert place is not None
    assert (place.id, place.name, place.country) == (place_id, name, country)
    assert (place.admin1, place.admin1_code, place.feature_class, place.feature_code) == (
        admin1, admin1_code, letter, code,
    )  # fmt: skip
    assert place.radius_km > 0


@pytest.mark.parametrize(
    "place_id",
    [
        "geonames:1",  # no such id
        "geonames:",  # no number
        "geonames:99999999999999999999999",  # more than 64 bits
        "geonames:١٧٠٩٠٥",  # digits that are not ASCII
        "geonames:-1",  # our own rows have negative numbers inside
        "nowhere",
        "",
    ],
)
def test_an_unknown_id_is_none(gazetteer: Gazetteer, place_id: str) -> None:
    assert gazetteer.place(place_id) is None
    assert gazetteer.names(place_id) == []


def test_country_and_unit_records(gazetteer: Gazetteer) -> None:
    syria, unit = gazetteer.country("SY"), gazetteer.admin1("SY", "Daraa")
    assert syria is not None
    assert unit is not None
    assert (syria.lat, syria.lon, syria.wikidata) == (35.0, 38.5, "Q858")
    assert unit.id == DARAA_UNIT
    assert gazetteer.country("XX") is None
    assert gazetteer.admin1("SY", "Kent") is None


def test_names_say_their_script(gazetteer: Gazetteer) -> None:
    names = gazetteer.names(DARAA_CITY)
    assert names[0] == ("Dar‘ā", "Latn")
    assert ("درعا", "Arab") in names


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Idlib", "Latn"),
        ("إدلب", "Arab"),
        ("Київ", "Cyrl"),
        ("חיפה", "Hebr"),
        ("大阪", "Hani"),
        ("ʿAyn", "Latn"),
        ("7", "Zyyy"),
    ],
)
def test_script_of(name: str, script: str) -> None:
    assert script_of(name) == script


def test_threads_share_one_gazetteer(gazetteer: Gazetteer) -> None:
    found: list[str] = []

    def ask(number: int) -> None:
        mention = ("Homs", "Idlib", "Aleppo", "Raqqa")[number % 4]
        found.append(gazetteer.lookup([mention, f"x{number}"])[mention][0].place.country or "")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["SY"] * 16


def _burst(places: Gazetteer, asks: int) -> list[str | None]:
    """The country of Idlib in as many new threads, all of which ask at one moment."""
    together = threading.Barrier(asks)

    def ask(number: int) -> str | None:
        together.wait()
        found = places.place("geonames:169577")
        assert places.lookup([f"x{number}"]) == {}
        return found.country if found else None

    with ThreadPoolExecutor(asks) as pool:
        return list(pool.map(ask, range(asks)))


def test_threads_that_end_leave_no_connection_behind(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def counted(*args: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*args, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", counted)
    places = load_places(gazetteer.path)
    for _ in range(3):
        assert _burst(places, 30) == ["SY"] * 30
    assert len(opened) <= 8
    places.close()
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


@pytest.mark.parametrize("successor", [None, b"", b"no gazetteer" * 1000])
def test_a_file_that_is_gone_still_serves_new_threads(
    gazetteer: Gazetteer, tmp_path: Path, successor: bytes | None
) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.symlink_to(gazetteer.path)
    places = load_places(path)
    path.unlink()
    if successor is not None:
        path.write_bytes(successor)
    assert _burst(places, 30) == ["SY"] * 30
    places.close()


def test_it_closes_while_it_is_asked(gazetteer: Gazetteer) -> None:
    """Whoever is in the middle of a statement gets the answer; nobody waits for ever."""
    places = load_places(gazetteer.path)

    def ask(_number: int) -> int:
        for asked in range(100_000):
            try:
                places.place("geonames:169577")
            except sqlite3.ProgrammingError:
                return asked
        return -1

    with ThreadPoolExecutor(12) as pool:
        asking = [pool.submit(ask, number) for number in range(12)]
        time.sleep(0.05)
        places.close()
        places.close()
        # -1 would mean that it went on as if nothing had been closed.
        assert all(future.result(timeout=20) >= 0 for future in asking)


def test_opening_and_lookup_are_fast(gazetteer: Gazetteer) -> None:
    """The bounds are 50 ms and 100 us; the fastest of several tries is taken, so that a busy machine does not fail."""
    opening, looking = [], []
    for _ in range(3):
        start = time.perf_counter()
        places = load_places(gazetteer.path)
        opening.append(time.perf_counter() - start)
        mentions = ["Mariupol", "Sarmin", "Tafas", "Nawa", "Jasim", "Kobani", "Afrin", "Sinjar", "Lashio", "Mekelle"]
        start = time.perf_counter()
        assert len(places.lookup(mentions)) == len(mentions)
        looking.append((time.perf_counter() - start) / len(mentions))
        places.close()
    assert min(opening) < 0.05
    assert min(looking) < 0.0001


def test_a_missing_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="dateline gazetteer build"):
        load_places(tmp_path / "gazetteer.sqlite")


def test_the_default_path_is_in_the_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATA_DIR", str(tmp_path))
    with pytest.raises(NotReady, match=str(tmp_path / "gazetteer.sqlite")):
        load_places()


def test_a_file_that_is_no_gazetteer_says_so(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    with pytest.raises(NotReady, match="no gazetteer"):
        load_places(path)


def test_a_file_of_another_layout_says_so(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        database.execute("INSERT INTO meta VALUES ('schema', '0')")
    database.close()
    with pytest.raises(NotReady, match="layout"):
        load_places(path)
