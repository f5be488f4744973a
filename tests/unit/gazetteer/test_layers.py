"""What users add to the gazetteer: each kind of source, wrong files, accidents, and that nothing stays behind."""

import gzip
import json
import multiprocessing
import os
import signal
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.queries import PlaceQuery
from app.errors import BadInput, NotFound
from app.places import Gazetteer, load_places
from app.places.layout import FILE_NAME, LAYERS
from app.places.names import name_key
from app.places.regions import find_regions, outline
from app.places.search import search
from app.services.regions import region_of
from gazetteer.layers import layer as layers_room
from gazetteer.layers.add import add_boundaries, add_geonames, add_gns, add_list
from gazetteer.layers.layer import Layer, check_all, layers, remove
from gazetteer.layers.lines import LONGEST_LINE
from tests.few_places import PLACES, SHAPES, write_gazetteer

NASSIB = (
    "168177\tNaşīb\tNasib\tNassib,Nasib,نصيب,swldw\t32.55351\t36.18862\tP\tPPL\tSY\t\t06\t169\t\t\t5780\t\t561\t"
    "Asia/Damascus\t2021-01-01"
)
DISTRICT = (
    "169339\tIzra District\tIzra District\tIzraa District,منطقة إزرع\t32.86\t36.25\tA\tADM2\tSY\t\t06\t169\t\t\t0\t\t\t"
    "Asia/Damascus\t2021-01-01"
)
HOTEL = "9\tGrand Hotel\tGrand Hotel\t\t33.5\t36.3\tS\tHTL\tSY\t\t13\t\t\t\t0\t\t\tAsia/Damascus\t2021-01-01"
DARAA = "170905\tDar`a\tDar`a\tDerra City\t32.7\t36.2\tP\tPPLA\tSY\t\t06\t169\t\t\t97969\t\t\tAsia/Damascus\t2021-01-01"
TABLE = [NASSIB, DISTRICT, HOTEL, DARAA]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with a base of nine places."""
    folder = tmp_path / "data"
    folder.mkdir()
    write_gazetteer(folder / FILE_NAME, PLACES, SHAPES)
    return folder


def plain(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def zipped(path: Path, lines: Iterable[str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr(f"{path.stem}.txt", "\n".join(lines) + "\n")
    return path


def gzipped(path: Path, lines: Iterable[str]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def answers(places: Gazetteer) -> str:
    """Everything that the gazetteer says to these questions, to the letter."""
    asked = ["Nassib", "Nasib", "Naşīb", "Daraa", "Izra District", "Derra City", "Nassib crossing", "Nowhere", "درعا"]
    said: list[Any] = [places.version, list(places.sources), list(places.attributions), dict(places.counts)]
    said += [repr(places.lookup([name])) for name in asked]
    said += [repr(search(places, PlaceQuery(name))) for name in asked]
    said += [repr(places.place(place_id)) for place_id in ("geonames:170905", "geonames:168177", "dateline:hauran")]
    return json.dumps(said)


def opened(data_dir: Path) -> Gazetteer:
    return load_places(data_dir / FILE_NAME)


@pytest.mark.parametrize(
    ("make", "name"), [(plain, "SY.txt"), (zipped, "SY.zip"), (gzipped, "SY.txt.gz")], ids=["txt", "zip", "gz"]
)
def test_a_geonames_table_packed_or_not(
    data_dir: Path, tmp_path: Path, make: Callable[[Path, Iterable[str]], Path], name: str
) -> None:
    layer = add_geonames(data_dir, make(tmp_path / name, TABLE))
    assert (layer.name, layer.meta["places"], layer.meta["left_out"]) == ("geonames-SY", 3, 1)  # no hotels
    places = opened(data_dir)
    nassib = places.lookup(["Nasib"])["Nasib"][0].place
    assert (nassib.id, nassib.country, nassib.population, nassib.feature_code) == ("geonames:168177", "SY", 5780, "PPL")
    assert nassib.admin2 == "Izra District"
    assert places.lookup(["swldw"]) == {}  # a machine-made romanisation
    assert any("geonames.org" in credit for credit in places.attributions)
    places.close()


def test_the_base_answers_for_what_both_hold(data_dir: Path, tmp_path: Path) -> None:
    """The record of the base stays; the layer adds its spelling and what the base does not know."""
    add_geonames(data_dir, plain(tmp_path / "SY.txt", TABLE))
    places = opened(data_dir)
    [met] = places.lookup(["Derra City"])["Derra City"]
    assert (met.place.id, met.place.name, met.place.lat) == ("geonames:170905", "Daraa", 32.6189)
    assert met.place.admin2 == "Izra District"
    assert ("Derra City", "Latn") in places.names("geonames:170905")
    assert [c.place.id for c in places.lookup(["Daraa"])["Daraa"]].count("geonames:170905") == 1
    places.close()


def test_one_place_of_two_sources_is_one_candidate(data_dir: Path, tmp_path: Path) -> None:
    twin = NASSIB.replace("168177", "77").replace("32.55351", "32.5700")  # 2 km off, under another id
    add_geonames(data_dir, plain(tmp_path / "SY.txt", [NASSIB]))
    add_geonames(data_dir, plain(tmp_path / "XX.txt", [twin]))
    places = opened(data_dir)
    assert len(places.lookup(["Nassib"])["Nassib"]) == 1
    places.close()


def test_alternate_names_and_wikidata(data_dir: Path, tmp_path: Path) -> None:
    names = plain(
        tmp_path / "alternateNamesV2.txt",
        [
            "1\t168177\ten\tNaseeb Town\t1\t\t\t\t\t",
            "2\t168177\twkdt\tQ2032573\t\t\t\t\t\t",
            "3\t168177\tlink\thttps://example.org/Naseeb\t\t\t\t\t\t",
            "4\t168177\t\tNsb Old\t\t\t\t1\t\t",
        ],
    )
    add_geonames(data_dir, plain(tmp_path / "SY.txt", [NASSIB]), alternates=[names])
    places = opened(data_dir)
    [met] = places.lookup(["Naseeb Town"])["Naseeb Town"]
    assert met.place.wikidata == "Q2032573"
    assert "Nsb Old" in [name for name, _ in places.names("geonames:168177")]
    assert not any("example.org" in name for name, _ in places.names("geonames:168177"))
    assert {file.name for file in (data_dir / LAYERS).iterdir()} == {"geonames-SY.sqlite"}
    places.close()


CLASSIC = [
    "RC\tUFI\tUNI\tLAT\tLONG\tFC\tDSG\tCC1\tADM1\tNT\tFULL_NAME_RO",
    "1\t-3712\t5\t32.55\t36.19\tP\tPPL\tSY\t06\tN\tNaşīb",
    "1\t-3712\t6\t32.55\t36.19\tP\tPPL\tSY\t06\tV\tNasib Village",
    "1\t-3712\t7\t32.55\t36.19\tP\tPPL\tSY\t06\tNS\tنصيب",
    "1\t44\t8\t32.61\t36.12\tS\tHTL\tSY\t06\tN\tGrand Hotel",
]
PRESENT = [
    "rk\tufi\tuni\tfull_name\tnt\tlat_dd\tlong_dd\tdesig_cd\tfc\tcc_ft\tadm1",
    "1\t-3712\t5\tNaşīb\tN\t32.55\t36.19\tPPL\tP\tSYR\tSY-DR",
    "1\t-3712\t6\tNasib Village\tV\t32.55\t36.19\tPPL\tP\tSYR\tSY-DR",
    "1\t-3712\t7\tنصيب\tNS\t32.55\t36.19\tPPL\tP\tSYR\tSY-DR",
]


@pytest.mark.parametrize("lines", [CLASSIC, PRESENT], ids=["classic", "present"])
def test_gns_files_are_read_by_their_header(data_dir: Path, tmp_path: Path, lines: list[str]) -> None:
    layer = add_gns(data_dir, plain(tmp_path / "sy.txt", lines))
    assert (layer.name, layer.meta["places"], layer.meta["countries"]) == ("gns-sy", 1, ["SY"])
    places = opened(data_dir)
    for spelling in ("Nasib Village", "نصيب"):
        [met] = places.lookup([spelling])[spelling]
        assert (met.place.id, met.place.name, met.place.country) == ("gns:-3712", "Naşīb", "SY")
    places.close()


def test_a_list_of_ones_own_goes_before_the_base(data_dir: Path, tmp_path: Path) -> None:
    lines = [
        "id;name;spellings;country;lat;lon;radius_km;admin1;note",
        "clinic;Daraa clinic;Clinic of Daraa|عيادة درعا;SY;32.62;36.10;0.2;SY-DR;ours",
        "mine;Daraa;;SY;32.62;36.11;3;;replaces the city's point",
    ]
    layer = add_list(data_dir, plain(tmp_path / "My Places.csv", lines), attribution="Field team.")
    assert (layer.name, layer.meta["places"]) == ("csv-My-Places", 2)
    places = opened(data_dir)
    [clinic] = places.lookup(["عيادة درعا"])["عيادة درعا"]
    assert (clinic.place.id, clinic.place.radius_km) == ("csv-My-Places:clinic", 0.2)
    met = {c.place.id: c.place for c in places.lookup(["Daraa"])["Daraa"]}
    assert met["csv-My-Places:mine"].lon == 36.11
    assert "geonames:170905" not in met  # the city is the same place, and the list goes before the base
    assert "Field team." in places.attributions
    places.close()


SQUARE = {"type": "Polygon", "coordinates": [[[36.0, 32.7], [36.5, 32.7], [36.5, 33.0], [36.0, 33.0], [36.0, 32.7]]]}
CODES = {"country": "SY", "admin1_code": "06", "admin2_code": "169"}
IZRA = {"name": "Izra", "name_ar": "إزرع", "geonameid": 169339, **CODES}
POINT = {"type": "Point", "coordinates": [1, 2]}
FAR_OFF = {"type": "Polygon", "coordinates": [[[500, 1], [501, 1], [501, 2], [500, 1]]]}
COD = {"ADM2_EN": "Izra", "ADM2_AR": "ازرع", "ADM2_PCODE": "SY1203"}


def collection(path: Path, *features: Any) -> Path:
    text = json.dumps({"type": "FeatureCollection", "features": list(features)})
    return gzipped(path, [text]) if path.suffix == ".gz" else plain(path, [text])


def feature(tags: Any, geometry: Any = SQUARE) -> dict[str, Any]:
    return {"type": "Feature", "properties": tags, "geometry": geometry}


@pytest.mark.parametrize(
    ("tags", "options", "place_id"),
    [
        (IZRA, {}, "geonames:169339"),  # the id of GeoNames where the file knows it
        (COD, {"country": "SY"}, "boundaries-adm2:SY1203"),
        ({"title": "Izra", "country": "SY"}, {"name_property": "title"}, "boundaries-adm2:1"),
    ],
)
@pytest.mark.parametrize("name", ["adm2.geojson", "adm2.geojson.gz"])
def test_boundaries_make_regions(
    data_dir: Path, tmp_path: Path, tags: Any, options: dict[str, str], place_id: str, name: str
) -> None:
    layer = add_boundaries(data_dir, collection(tmp_path / name, feature(tags)), **options)  # type: ignore[arg-type]
    assert (layer.name, layer.meta["shapes"]) == ("boundaries-adm2", 1)
    places = opened(data_dir)
    region = find_regions(places, "Izra")[0]
    assert (region.id, region.feature_code, region.country) == (place_id, "ADM2", "SY")
    shape = outline(places, region)
    assert shape is not None
    assert shape[0].bounds == (36.0, 32.7, 36.5, 33.0)
    places.close()


def test_boundaries_of_a_district_that_the_base_knows_by_its_name(data_dir: Path, tmp_path: Path) -> None:
    """The base has the district without an outline, the file has the outline under another id: one region."""
    add_boundaries(data_dir, collection(tmp_path / "adm2.geojson", feature({"name": "Izra District", "country": "SY"})))
    places = opened(data_dir)
    [region] = find_regions(places, "Izra District")
    assert region.id == "dateline:unit-sy-06-1"
    shape = outline(places, region)
    assert shape is not None
    assert shape[0].bounds == (36.0, 32.7, 36.5, 33.0)
    assert region_of(places, "Izra District").outline is not None
    places.close()


def test_boundaries_of_a_district_that_they_call_by_its_bare_name(data_dir: Path, tmp_path: Path) -> None:
    add_boundaries(data_dir, collection(tmp_path / "adm2.geojson", feature(IZRA)))
    places = opened(data_dir)
    district = find_regions(places, "Izra District")[0]
    assert district.id == "dateline:unit-sy-06-1"
    assert outline(places, district) is not None
    assert region_of(places, "Izra District").outline is not None
    places.close()


def test_a_loaded_outline_goes_before_the_simplified_one(data_dir: Path, tmp_path: Path) -> None:
    tags = {"name": "Daraa", "country": "SY", "feature_code": "ADM1", "geonameid": "170903"}
    add_boundaries(data_dir, collection(tmp_path / "adm1.geojson", feature(tags)))
    places = opened(data_dir)
    [region] = find_regions(places, "SY-DR")
    shape = outline(places, region)
    assert shape is not None
    assert shape[0].bounds == (36.0, 32.7, 36.5, 33.0)
    assert region_of(places, "SY-DR").admin1_code == "SY-DR"  # events go by their code all the same
    places.close()


def test_a_unit_that_the_base_does_not_know_goes_by_its_outline(data_dir: Path, tmp_path: Path) -> None:
    file = collection(tmp_path / "new.geojson", feature({"name": "New Province", "country": "SY"}))
    add_boundaries(data_dir, file, level="ADM1")
    places = opened(data_dir)
    assert region_of(places, "New Province").outline is not None
    places.close()


def test_odd_properties_and_crossed_lines(data_dir: Path, tmp_path: Path) -> None:
    bow = {"type": "Polygon", "coordinates": [[[36.0, 32.7], [36.5, 33.0], [36.5, 32.7], [36.0, 33.0], [36.0, 32.7]]]}
    tags = {"name": "Two\nlines", "name_ar": "سطر", "id": ["a"], "country": "SY", "parts": {"a": 1}}
    add_boundaries(data_dir, collection(tmp_path / "odd.geojson", feature(tags, bow)))
    places = opened(data_dir)
    [met] = places.lookup(["سطر"])["سطر"]
    assert (met.place.name, met.matched) == ("Two lines", "سطر")
    shape = outline(places, met.place)
    assert shape is not None
    assert shape[0].geom_type == "MultiPolygon"
    places.close()


def test_the_same_place_answers_under_every_spelling(data_dir: Path, tmp_path: Path) -> None:
    """By id, by search and by lookup, misspelt or begun, one record answers with what all sources know."""
    add_geonames(data_dir, plain(tmp_path / "SY.txt", TABLE))
    places = opened(data_dir)
    whole = places.place("geonames:170905")
    assert whole is not None
    assert (whole.lat, whole.admin2) == (32.6189, "Izra District")
    assert {c.place for c in places.lookup(["Daraa"])["Daraa"] if c.place.id == whole.id} == {whole}
    for q in ("Derra City", "Derra Citty", "Derra Ci"):
        assert search(places, PlaceQuery(q))[0].place == whole, q
    places.close()


def test_names_of_any_script_make_a_layer_name(data_dir: Path, tmp_path: Path) -> None:
    for name in ("قائمة.csv", "مواقع.csv"):
        add_list(data_dir, plain(tmp_path / name, ["name,country,lat,lon", "Our place,SY,32,36"]))
    assert [layer.name for layer in layers(data_dir)] == ["csv-قائمة", "csv-مواقع"]


WRONG: list[tuple[str, Callable[[Path, Path], Layer], Any, str]] = [
    ("SY.txt", add_geonames, "168177\tNassib\n", r"SY.txt line 1: 2 columns where a GeoNames table has 19"),
    ("SY.txt", add_geonames, "\n".join([NASSIB, NASSIB.replace("32.55351", "95")]), r"line 2: latitude must lie"),
    ("SY.txt", add_geonames, NASSIB.replace("32.55351", "nan"), r"line 1: latitude must be a number"),
    ("SY.txt", add_geonames, NASSIB.replace("168177", "x"), r"line 1: geonameid must be a whole number"),
    ("SY.txt", add_geonames, "\n".join([NASSIB, "", DISTRICT, NASSIB]), r"line 4: this id stands twice"),
    ("SY.txt", add_geonames, NASSIB.replace("\tSY\t", "\tSyria\t"), r"line 1: country code"),
    ("SY.txt", add_geonames, HOTEL, r"holds no place that can be used"),
    ("SY.txt", add_geonames, "", r"holds no place that can be used"),
    ("SY.txt", add_geonames, b"\xff\xfe\x00", r"line 1: not UTF-8"),
    ("SY.txt", add_geonames, NASSIB + "\n" + "x" * (LONGEST_LINE + 10), r"line 2: longer than"),
    ("SY.zip", add_geonames, b"PK\x03\x04 cut off", r"SY.zip is no zip file, or was cut off"),
    ("SY.txt.gz", add_geonames, gzip.compress((NASSIB + "\n").encode() * 3)[:-12], r"line \d: the file is damaged"),
    ("missing.txt", add_geonames, None, r"There is no file"),
    ("sy.txt", add_gns, "a\tb\tc\n", r"line 1: no column ufi; a GNS file begins with its header"),
    ("sy.txt", add_gns, "\n".join([CLASSIC[0], "1\t2"]), r"line 2: 2 columns where the header has 11"),
    ("sy.txt", add_gns, "\n".join([*CLASSIC[:2], CLASSIC[2].replace("36.19", "361.9")]), r"line 3: longitude must lie"),
    ("my.csv", add_list, "name,lat,lon\nX,1,2", r"line 1: the header lacks country"),
    ("my.csv", add_list, "name,country,lat,lon\nX y,SY,1", r"line 2: 3 cells where the header has 4"),
    ("my.csv", add_list, "name,country,lat,lon\n,SY,1,2", r"line 2: name is empty"),
    ("my.csv", add_list, "name,country,lat,lon\nXy,Syria,1,2", r"line 2: country"),
    ("my.csv", add_list, "name,country,lat,lon,admin1\nXy,SY,1,2,SY-ZZ", r"line 2: admin1"),
    ("my.csv", add_list, "id,name,country,lat,lon\na,Xy,SY,1,2\na,Yx,SY,1,2", r"line 3: this id stands already"),
    ("SY.txt", add_geonames, "\n" * 10_001 + NASSIB, r"line 10001: more than 10,000 blank lines"),
    ("SY.txt", add_geonames, NASSIB.replace("32.55351", "3_2.5"), r"line 1: latitude must be a number"),
    ("my.csv", add_list, "name,country,lat,lon\n" + "x" * 200_000 + ",SY,1,2", r"line 2: field larger"),
    ("my.csv", add_list, "name,country,lat,lon\n---,SY,1,2", r"line 2: name is empty, or has no letter"),
    ("my.csv", add_list, "name,country,lat,lon,feature_code\nXy,SY,1,2,PCLI", r"line 2: feature_code"),
    ("a.geojson", add_boundaries, "{", r"a.geojson line 1: no JSON"),
    ("a.geojson", add_boundaries, "[]", r"no GeoJSON FeatureCollection"),
    ("a.geojson", add_boundaries, json.dumps({"features": [feature({})]}), r"feature 1: no property with its name"),
    ("a.geojson", add_boundaries, json.dumps({"features": [{"properties": IZRA}]}), r"feature 1: its geometry cannot"),
    ("a.geojson", add_boundaries, json.dumps({"features": [feature(IZRA, POINT)]}), r"feature 1: its geometry must"),
    ("a.geojson", add_boundaries, json.dumps({"features": [feature(IZRA, FAR_OFF)]}), r"feature 1: coordinates must"),
    ("a.geojson", add_boundaries, json.dumps({"features": [feature(IZRA)] * 2}), r"feature 2: its id stands"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "add", "content", "sentence"), WRONG)
def test_a_wrong_file_is_refused_by_its_line_and_nothing_changes(
    data_dir: Path, tmp_path: Path, name: str, add: Callable[[Path, Path], Layer], content: Any, sentence: str
) -> None:
    good = add_list(data_dir, plain(tmp_path / "good.csv", ["name,country,lat,lon", "Good place,SY,32,36"]))
    before, bytes_before = answers(opened(data_dir)), good.path.read_bytes()
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=sentence):
        add(data_dir, path)
    assert answers(opened(data_dir)) == before
    assert {file.name for file in (data_dir / LAYERS).iterdir()} == {"csv-good.sqlite"}
    assert good.path.read_bytes() == bytes_before


def test_a_zip_file_with_several_tables_is_refused(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SY.txt", NASSIB)
        archive.writestr("LB.txt", NASSIB)
    with pytest.raises(BadInput, match="must hold one table"):
        add_geonames(data_dir, path)


def test_a_checksum_that_differs_is_refused(data_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="another SHA-256"):
        add_geonames(data_dir, plain(tmp_path / "SY.txt", TABLE), checksum="00" * 32)
    assert layers(data_dir) == []


NAMES = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Lo"), max_codepoint=0x6FF), min_size=3, max_size=12)
OTHERS = st.lists(NAMES.map(str.capitalize), max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES.map(str.capitalize), OTHERS), min_size=1, max_size=8))
def test_each_place_is_found_by_each_of_its_names_and_removing_leaves_nothing(
    tmp_path_factory: pytest.TempPathFactory, named: list[tuple[str, list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("property")
    write_gazetteer(folder / FILE_NAME, PLACES, SHAPES)
    before = answers(opened(folder))
    rows = [
        "name,spellings,country,lat,lon",
        *(f"{name},{'|'.join(more)},LB,{n},35" for n, (name, more) in enumerate(named)),
    ]
    add_list(folder, plain(folder / "mine.csv", rows))
    places = opened(folder)
    for number, (name, more) in enumerate(named):
        for spelling in (name, *more):
            if name_key(spelling):
                met = {candidate.place.id for candidate in places.lookup([spelling]).get(spelling, ())}
                assert f"csv-mine:{number + 2}" in met
    places.close()
    remove(folder, "csv-mine")
    assert answers(opened(folder)) == before


def test_list_remove_and_verify(data_dir: Path, tmp_path: Path) -> None:
    assert layers(data_dir) == []
    with pytest.raises(NotFound, match="nothing was added"):
        remove(data_dir, "geonames-SY")
    add_geonames(data_dir, plain(tmp_path / "SY.txt", TABLE))
    add_list(data_dir, plain(tmp_path / "own.csv", ["name,country,lat,lon", "Our place,SY,32,36"]))
    assert [layer.name for layer in layers(data_dir)] == ["csv-own", "geonames-SY"]
    assert list(check_all(data_dir)) == [("base", None), ("csv-own", None), ("geonames-SY", None)]
    (data_dir / LAYERS / "csv-own.sqlite").write_bytes(b"rubbish" * 999)
    assert dict(check_all(data_dir))["csv-own"] == "the file is no gazetteer"
    with pytest.raises(NotFound, match="there are csv-own, geonames-SY"):
        remove(data_dir, "../data/gazetteer")
    remove(data_dir, "csv-own")
    assert [layer.name for layer in layers(data_dir)] == ["geonames-SY"]


def test_a_broken_layer_does_not_take_the_rest_down(
    data_dir: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add_geonames(data_dir, plain(tmp_path / "SY.txt", TABLE))
    (data_dir / LAYERS / "csv-own.sqlite").write_bytes(b"rubbish" * 999)
    places = opened(data_dir)
    assert places.lookup(["Nasib"])
    assert places.lookup(["Amman"])
    assert "csv-own" in caplog.text
    places.close()


def _add_until_killed(data_dir: Path, table: Path) -> None:
    def wait(_path: Path) -> None:
        time.sleep(60)

    setattr(layers_room, "verify", wait)  # noqa: B010 - mypy knows it as a function, not as a name to set
    add_geonames(data_dir, table)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a word of POSIX")
def test_a_killed_add_leaves_the_old_gazetteer_and_is_cleared_away(data_dir: Path, tmp_path: Path) -> None:
    add_geonames(data_dir, plain(tmp_path / "SY.txt", [NASSIB]))
    before = answers(opened(data_dir))
    (tmp_path / "more").mkdir()
    table = plain(tmp_path / "more" / "SY.txt", TABLE)
    process = multiprocessing.get_context("fork").Process(target=_add_until_killed, args=(data_dir, table))
    process.start()
    deadline = time.monotonic() + 20
    while not list((data_dir / LAYERS).glob(".layer-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert list((data_dir / LAYERS).glob(".layer-*"))
    assert answers(opened(data_dir)) == before
    add_list(data_dir, plain(tmp_path / "own.csv", ["name,country,lat,lon", "Our place,SY,32,36"]))
    assert not list((data_dir / LAYERS).glob(".layer-*"))
