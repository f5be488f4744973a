"""Our own gazetteer rows: each file has the form the builder reads, its settlements lie where GeoNames has them."""

import csv
import gzip
import math
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import shapely

from app.places.names import bare_key, name_key

ROOT = Path(__file__).resolve().parents[3]
SUPPLEMENT = ROOT / "gazetteer" / "supplement"
FILES = sorted(SUPPLEMENT.glob("*.csv"))
SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
DUMPS = SHARED / "gazetteer" / "geonames-format"

HEADER = "id,name,spellings,country,admin1,lat,lon,radius_km,feature_code,wikidata,source,checked"
Row = dict[str, str]

CODES_BY_CLASS = {
    "H": "CHN CNL GULF OCN LK LKS RSV SEA STM STRT SWMP WAD MRSH BAY HBR",
    "L": "AREA CONT CST INDS GASF MILB MVA NVB OAS OILF PRK PRT RGN LCTY BTL RESN",
    "P": "PPL PPLA PPLA2 PPLA3 PPLA4 PPLC PPLF PPLH PPLL PPLQ PPLR PPLS PPLW PPLX STLMT",
    "R": "RD RDJCT RR TNL RSTN",
    "S": "ADMF AIRB AIRF AIRH AIRP AIRQ BDG BLDG CH CMP CMPRF CSTM CTRM DAM DIP FCL FT GATE HSP INSM MFG MKT MN MNMT "
    "MSQE MSTY OILP OILR PAL PO PP PRN PS PSH PSN PSTB PSTC PSTP RUIN SCH SHRN SQR TMPL TOWR UNIV",
    "T": "CAPE CLF CNYN DSRT GRGE HLL HLLS ISL ISLS MESA MT MTS PASS PEN PK PLAT PLN PT RDGE SPIT VAL",
    "A": "ADM2 ADM3 ZN ZNB TERR LTER",
    "V": "FRST",
}
"""GeoNames codes that a supplement row may carry, by feature class."""
CLASS_OF = {code: feature_class for feature_class, codes in CODES_BY_CLASS.items() for code in codes.split()}
SEAS = {"GULF", "OCN", "SEA", "STRT", "CONT", "RGN"}
"""What may lie in no country or in several."""

NAMESAKES = {
    "tariq-al-jadida",  # a quarter of Beirut; the list has the village Tariq ej Jdide near Chtaura, 31 km off
    "sanah",  # a town of Dhale; the list has a village Sinah 33 km off
    "zahraa-homs",  # a quarter of Homs; the list has the village Zahrah 5 km off, whose key is the same without its h
}
"""Rows whose same-named neighbour, less than 60 km away, was looked at and is another place."""
NAMESAKE_KM = 60


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def all_rows() -> list[tuple[str, Row]]:
    return [(path.name, row) for path in FILES for row in read(path)]


def names_of(row: Row) -> list[str]:
    return [row["name"], *filter(None, row["spellings"].split("|"))]


def plain(name: str) -> str:
    """Without the word that keeps a village apart from an everyday word: "Al-Zarah village"."""
    return name.removesuffix(" village").removesuffix(" town")


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    half = math.sin(math.radians(other_lat - lat) / 2) ** 2
    turn = math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * turn))


def row_faults(row: Row) -> Iterator[str]:
    """What is wrong with one row, in words."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
        yield "id is not kebab-case"
    spelled = names_of(row)
    if any(name != name.strip() or len(name) < 2 for name in names_of(row)):
        yield "a name is empty, one letter or padded"
    if len(set(spelled)) < len(spelled):
        yield "a spelling stands twice"
    if not re.fullmatch(r"[A-Z]{2}", row["country"]) and not (row["country"] == "" and row["feature_code"] in SEAS):
        yield "country is not alpha-2 (only a sea, a continent or a region of several countries may go without)"
    if row["admin1"] and not re.fullmatch(rf"{row['country']}-[A-Z0-9]{{1,3}}", row["admin1"]):
        yield "admin1 is not an ISO 3166-2 code of the country"
    for column, low, high in (("lat", -90, 90), ("lon", -180, 180), ("radius_km", 0.1, 2000)):
        if not re.fullmatch(r"-?\d+(\.\d+)?", row[column]) or not low <= float(row[column]) <= high:
            yield f"{column} is not a number from {low} to {high}"
    if row["feature_code"] not in CLASS_OF:
        yield "unknown feature code"
    if row["wikidata"] and not re.fullmatch(r"Q\d+", row["wikidata"]):
        yield "wikidata is not a Q number"
    if not row["source"].strip():
        yield "source is empty"
    if not re.fullmatch(r"20\d\d-\d\d-\d\d \w+", row["checked"]):
        yield "checked is not a day and a checker"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestForm:
    def test_header(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            header = next(line for line in file if not line.startswith("#")).rstrip("\n")
        assert header.startswith(HEADER)
        assert set(header.removeprefix(HEADER).split(",")) <= {"", "population", "replaces"}

    def test_every_row_is_whole(self, path: Path) -> None:
        rows = read(path)
        assert rows
        assert all(None not in row and None not in row.values() for row in rows), "too many or too few columns"
        assert [(row["id"], fault) for row in rows for fault in row_faults(row)] == []

    def test_no_place_stands_twice(self, path: Path) -> None:
        """The same headline name within 3 km in one country is one place, whichever file holds the other row."""
        alike = defaultdict(list)
        for name, row in all_rows():
            alike[bare_key(row["name"]), row["country"]].append((name, row))
        doubles = [
            (one["id"], other["id"])
            for group in alike.values()
            for (first, one), (second, other) in combinations(group, 2)
            if path.name in {first, second}
            and distance_km(float(one["lat"]), float(one["lon"]), float(other["lat"]), float(other["lon"])) < 3
        ]
        assert doubles == []


def test_ids_are_unique_over_all_files() -> None:
    holders = defaultdict(list)
    for name, row in all_rows():
        holders[row["id"]].append(name)
    assert {row_id: files for row_id, files in holders.items() if len(files) > 1} == {}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "Nassib Crossing"}, "id is not kebab-case"),
        ({"spellings": "Nasib|Nassib"}, "a spelling stands twice"),  # the headline name is one of them
        ({"spellings": "Nasib| Naseeb"}, "a name is empty, one letter or padded"),
        (
            {"country": ""},
            "country is not alpha-2 (only a sea, a continent or a region of several countries may go without)",
        ),
        ({"admin1": "JO-MA"}, "admin1 is not an ISO 3166-2 code of the country"),  # a unit of the neighbour
        ({"lat": "132.5"}, "lat is not a number from -90 to 90"),
        ({"lon": "nan"}, "lon is not a number from -180 to 180"),
        ({"radius_km": "0"}, "radius_km is not a number from 0.1 to 2000"),
        ({"feature_code": "BDRX"}, "unknown feature code"),  # a code that does not exist, though people write it
        ({"source": " "}, "source is empty"),
        ({"checked": "yesterday"}, "checked is not a day and a checker"),
    ],
)
def test_the_checks_see_faults(change: Row, fault: str) -> None:
    [good] = csv.DictReader([HEADER, "nassib,Nassib,Nasib,SY,SY-DR,32.55,36.19,2,PPL,,own,2026-11-23 author"])
    assert list(row_faults(good)) == []
    assert fault in list(row_faults(good | change))


def dump_points(country: str, wanted: set[str]) -> dict[str, list[tuple[float, float]]]:
    """Points of the settlements in a country's dump, by the name keys we ask for."""
    points = defaultdict(list)
    with gzip.open(DUMPS / f"{country}.txt.gz", "rt", encoding="utf-8") as file:
        for line in file:
            column = line.split("\t")
            if column[6] != "P":
                continue
            spellings = {column[1], column[2], *column[3].split(",")}
            for key in {key for name in spellings for key in (name_key(name), bare_key(name))} & wanted:
                points[key].append((float(column[4]), float(column[5])))
    return points


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_settlements_lie_where_geonames_has_them(path: Path, record_property: Callable[[str, object], None]) -> None:
    """A settlement with the same name in its country's dump lies within the row's radius, or more than 60 km away (a
    namesake). The end of the test run says how many rows the dumps could check.
    """
    if not DUMPS.is_dir():
        pytest.skip(f"no GeoNames-layout dumps at {DUMPS}")
    rows = [row for row in read(path) if CLASS_OF.get(row["feature_code"]) == "P"]
    countries = {row["country"] for row in rows if (DUMPS / f"{row['country']}.txt.gz").is_file()}
    if not countries:
        pytest.skip(f"no dump of any country of {path.name}")
    misplaced, checked = [], 0
    for country in sorted(countries):
        keys = {
            row["id"]: {key for name in map(plain, names_of(row)) for key in (name_key(name), bare_key(name)) if key}
            for row in rows
            if row["country"] == country
        }
        points = dump_points(country, set().union(*keys.values()))
        for row in rows:
            found = [point for key in keys.get(row["id"], ()) for point in points.get(key, ())]
            if not found or row["id"] in NAMESAKES:
                continue
            checked += 1
            nearest = min(distance_km(float(row["lat"]), float(row["lon"]), *point) for point in found)
            if float(row["radius_km"]) < nearest <= NAMESAKE_KM:
                misplaced.append((row["id"], round(nearest, 1)))
    record_property("supplement", (len(rows), checked))
    assert misplaced == []


def test_it_covers_the_wars() -> None:
    """At least 800 rows of at least 25 countries, of every kind that news names."""
    rows = [row for _, row in all_rows()]
    codes = {row["feature_code"] for row in rows}
    assert len(rows) > 9000
    assert len({row["country"] for row in rows}) > 60
    assert codes >= {"PSTB", "CMPRF", "PPLX", "AIRB", "DAM", "PS", "STM", "MT", "FRST", "RD", "BDG", "RGN", "PPL"}


@pytest.mark.parametrize("path", sorted((SUPPLEMENT / "spellings").glob("*.csv")), ids=lambda path: path.stem)
def test_spelling_rows_are_whole(path: Path) -> None:
    for row in read(path):
        spelled = row["spellings"].split("|")
        assert re.fullmatch(r"(geonames|dateline|airport):\S+", row["place"]), row
        assert all(name == name.strip() and len(name) > 1 for name in spelled), row
        assert len({*spelled}) == len(spelled), row
        assert row["source"], row
        assert re.fullmatch(r"20\d\d-\d\d-\d\d \w+", row["checked"]), row


def test_outlines_hold_their_rows() -> None:
    """A drawn polygon is whole, and the row's point lies in it or close by."""
    points = {f"dateline:{row['id']}": (float(row["lon"]), float(row["lat"])) for _, row in all_rows()}
    drawn = [row for path in sorted((SUPPLEMENT / "outlines").glob("*.csv")) for row in read(path)]
    assert len(drawn) > 100
    for row in drawn:
        assert row["place"] in points, row["place"]
        assert bool(row["covers"]) != bool(row["shape"]), row["place"]
        if row["shape"]:
            outline = shapely.from_wkt(row["shape"])
            assert outline.is_valid, row["place"]
            assert outline.distance(shapely.Point(points[row["place"]])) < 0.2, row["place"]
