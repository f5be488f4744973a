"""Places for what somebody types: real spellings, misspellings, generic words, and what must not be found."""

from typing import get_args

import pytest

from app.domain.places import FeatureClass
from app.domain.queries import PlaceQuery
from app.places import Gazetteer
from app.places.generic import kinds, readings
from app.places.own import OwnPlace, OwnPlaces
from app.places.search import search
from app.places.skeleton import cut_off, neighbours, proposes, skeleton
from gazetteer.build.inputs import BASE
from gazetteer.build.read import read_table
from tests.factories import make_place
from tests.few_places import few_places

DARAA = "geonames:170905"
SUWAYDA = "geonames:172408"

FIRST = [
    # query, id of the best answer, how it matched
    (PlaceQuery("Daraa"), DARAA, "alternate"),  # the city before the governorate of its name
    (PlaceQuery("Dara'a"), DARAA, "alternate"),
    (PlaceQuery("Deraa"), DARAA, "alternate"),
    (PlaceQuery("Dar'a"), DARAA, "name"),
    (PlaceQuery("Der'a"), DARAA, "alternate"),
    (PlaceQuery("درعا"), DARAA, "alternate"),
    (PlaceQuery("Daraa Governorate"), "geonames:170903", "alternate"),  # a listed spelling of the unit
    (PlaceQuery("Deraa province"), "geonames:170903", "generic"),  # not listed: province is dropped, a unit is meant
    (PlaceQuery("محافظة درعا"), "geonames:170903", "alternate"),
    (PlaceQuery("Nassib border gate"), "dateline:nassib-crossing", "generic"),
    (PlaceQuery("Busra al-Sham", country=("SY",), admin1="Daraa"), "geonames:171126", "article"),
    (PlaceQuery("Goma", admin1="CD-NK"), "geonames:216281", "name"),  # a unit by its code
    (PlaceQuery("Saida", country=("SY",)), "dateline:saida", "name"),  # the village in Daraa
    (PlaceQuery("Saida", country=("LB",)), "geonames:268064", "alternate"),  # Sidon
    (PlaceQuery("Saida, Daraa"), "dateline:saida", "name"),  # what stands behind the comma holds it
    (PlaceQuery("Ber, Mali"), "dateline:ber", "name"),
    (PlaceQuery("Argelia (Cauca)"), "geonames:3689615", "name"),
    (PlaceQuery("Mariupoll"), "geonames:701822", "fuzzy"),  # one letter too many
    (PlaceQuery("Khan Shaykun", country=("SY",)), "geonames:168325", "fuzzy"),
    (PlaceQuery("Deir ez-", country=("SY",)), "geonames:170794", "beginning"),
    (PlaceQuery("Mosul", feature=("AIRP", "AIRB")), "airport:ORBM", "beginning"),  # only aerodromes
    (PlaceQuery("Tripoli", near=(35.8, 34.4)), "geonames:266826", "name"),  # Lebanon's is nearer
    (PlaceQuery("Tripoli"), "geonames:2210247", "name"),  # Libya's is larger
]


@pytest.mark.parametrize(("query", "place_id", "how"), FIRST)
def test_the_best_comes_first_and_says_how(gazetteer: Gazetteer, query: PlaceQuery, place_id: str, how: str) -> None:
    best = search(gazetteer, query)[0]
    assert (best.place.id, best.how) == (place_id, how)
    assert (best.score > 0.94) == (how not in {"fuzzy", "beginning"})


@pytest.mark.parametrize("spelling", ["Dara'a", "Daraa", "Deraa", "Dar'a", "Der'a", "درعا"])
def test_all_spellings_find_one_place(gazetteer: Gazetteer, spelling: str) -> None:
    assert search(gazetteer, PlaceQuery(spelling, country=("SY",)))[0].place.id == DARAA


@pytest.mark.parametrize("spelling", ["Saida", "Sayda", "صيدا"])
def test_saida_never_finds_suwayda(gazetteer: Gazetteer, spelling: str) -> None:
    for countries in ((), ("SY",)):
        assert SUWAYDA not in {c.place.id for c in search(gazetteer, PlaceQuery(spelling, country=countries, limit=50))}


def test_a_misspelling_never_stands_beside_an_exact_name(gazetteer: Gazetteer) -> None:
    met = search(gazetteer, PlaceQuery("Mariupol", limit=50))
    assert {c.how for c in met} <= {"name", "alternate", "article", "beginning"}
    begins = [c.how == "beginning" for c in met]
    assert any(begins)
    assert begins == sorted(begins)  # and beginnings come last


def test_it_keeps_to_its_limit_country_and_unit(gazetteer: Gazetteer) -> None:
    assert len(search(gazetteer, PlaceQuery("San", limit=7))) == 7
    found = search(gazetteer, PlaceQuery("Sai", country=("SY",), admin1="Daraa", limit=50))
    assert found
    assert {(c.place.country, c.place.admin1_code) for c in found} == {("SY", "SY-DR")}


@pytest.mark.parametrize("q", ["...", "", "   ", "'", "camp", "the", ", Syria", "()", "a" * 200, "\u0301", "دـ"])
def test_what_names_nothing_is_no_error(gazetteer: Gazetteer, q: str) -> None:
    assert all(c.score > 0 for c in search(gazetteer, PlaceQuery(q)))


SKELETONS = [
    ("nassib", "nsb"),
    ("naseeb", "nsb"),
    ("quneitra", "kntr"),
    ("qunaytirah", "kntr"),
    ("khansheikhoun", "knxkn"),
    ("khanshaykhun", "knxkn"),
    ("elfasher", "lfxr"),
    ("saida", "sd"),
    ("suwayda", "sd"),  # the same: a skeleton only proposes
    ("درعا", "درع"),
    ("харків", "хркв"),
    ("харьков", "хркв"),
]


@pytest.mark.parametrize(("key", "expected"), SKELETONS)
def test_skeleton(key: str, expected: str) -> None:
    assert skeleton(key) == expected


def test_short_names_are_never_proposed() -> None:
    assert proposes("saida") is None  # two consonants
    assert proposes("bsrt") is None  # four letters
    assert proposes("大阪大阪大") is None  # a script without a skeleton
    assert (cut_off("taiz"), cut_off("saida"), cut_off("mariupol")) == (None, 90.0, 85.0)


def test_neighbours_are_one_step_away() -> None:
    near = set(neighbours("nsb"))
    assert {"nsb", "ns", "nsbt", "tnsb", "ntb", "snb"} <= near
    assert "bn" not in near


READINGS = [
    ("Nassib border crossing", "Nassib"),  # the longer generic word goes first
    ("Camp Zamzam", "Zamzam"),
    ("Zamzam IDP camp", "Zamzam"),
    ("Mount Hermon", "Hermon"),
    ("Jabal al-Zawiya", "al Zawiya"),
    ("محافظة درعا", "درعا"),
    ("Луганська область", "Луганська"),
    ("Province du Soum", "Soum"),
    ("Khmeimim air base", "Khmeimim"),
]


@pytest.mark.parametrize(("name", "core"), READINGS)
def test_generic_words_are_read(name: str, core: str) -> None:
    assert core in [reading.core for reading in readings(name)]


@pytest.mark.parametrize("name", ["Camp", "River", "Daraa", "Mountain"])
def test_a_generic_word_alone_is_a_name(name: str) -> None:
    assert readings(name) == []


def test_generic_words_mean_features_that_exist() -> None:
    codes = {row["code"] for _, row in read_table(BASE / "feature_codes.csv")}
    for kind in kinds():
        assert kind.codes <= codes | set(get_args(FeatureClass)), kind
        for words in (kind.before, kind.after):
            assert len(set(words)) == len(words), kind
            assert all(len(word.split()) <= 4 for word in words), kind


def test_the_remembered_answers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.places.gazetteer._CACHED_CANDIDATES", 5)
    places = few_places().with_own(OwnPlaces([OwnPlace(make_place(id="own:x", name="Xyz"), ("Xyz",))]))
    for _ in range(3):
        for name in ("Daraa", "Syria", "Jordan", "Amman", "Busra al-Sham", "Nobody"):
            places.lookup([name])
    assert sum(map(len, places._cache.values())) == places._cached <= 5
    assert places.lookup(["Daraa"])["Daraa"]
