"""A gazetteer of a handful of places, in the formats of the real sources, so that a build takes milliseconds."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from shapely import box
from shapely.geometry import mapping

from gazetteer.build import Inputs

CITIES = [
    (170905, "Dar‘ā", ["Daraa", "Dar'a", "درعا", "drʿa", "QDA", "1234", "https://example.org/daraa"],
     "SY", "06", 97969, 32.619, 36.102),
    (268064, "Sidon", ["Saida", "صيدا"], "LB", "06", 163554, 33.557, 35.372),
    (174018, "Al Bāb", ["El-Bab", "الباب"], "SY", "09", 130745, 36.370, 37.516),
    (170800, "Nowhere", [], "SY", "99", 0, 35.0, 38.0),
]  # fmt: skip

COUNTRIES = """# a comment
country,geonameid,name,spellings,lat,lon,feature_code,population,radius_km,alpha3,fips,wikidata
SY,163843,Syria,Syrian Arab Republic|سوريا,35,38.5,PCLI,16906283,426,SYR,SY,Q858
LB,272103,Lebanon,,33.83333,35.83333,PCLI,6848925,110,LBN,LE,Q822
"""

ADMIN1 = """country,code,iso,geonameid,name,spellings,covers,lat,lon,radius_km,wikidata
SY,06,SY-DR,170903,Daraa,Dar'a|Deraa,,32.87,36.17,65,Q1689560
SY,09,SY-HL,170062,Aleppo,,,36.1,37.6,117,
LB,06,LB-JA,279894,South Lebanon,,LB-XX,33.4,35.3,40,
"""

ADMIN2 = """country,admin1,code,name,places
SY,06,169339,Daraa District,170905
SY,06,1,Nowhere District,99
LB,06,2,Sidon,268064
"""

ADMIN2_NOTES = """country,admin1,code,iso,name,spellings
LB,06,2,LB-XX,Sidon Governorate,محافظة صيدا
"""

SHAPES = [
    {"country": "LB", "code": "06", "second": "2", "approximate": True, "box": (35.2, 33.4, 35.5, 33.7)},
    {"country": "SY", "code": "06", "approximate": False, "box": (35.8, 32.3, 36.6, 33.3)},
    {"country": "SY", "code": "09", "approximate": True, "box": (36.5, 35.5, 38.5, 36.8)},
]

KINDS = """code,class,radius_km,what
PCLI,A,300,country
ADM1,A,80,unit
ADM2,A,30,unit
RGN,L,60,region
PPL,P,1,populated place
PPLA,P,1,seat
PPLX,P,1.5,section
PSTB,S,1,border post
AIRP,S,3,airport
AIRB,S,3,air base
"""

AIRPORTS = """"icao","iata","name","city","subd","country","elevation","lat","lon","tz","lid"
"OSAP","ALP","Aleppo International Airport","Aleppo","","SY",1276,36.1807,37.2244,"Asia/Damascus",""
"OS65","","Shayrat Air Base","Shayrat","","SY",2644,34.49,36.909,"Asia/Damascus",""
"00AA","","Aero B Ranch Airport","Leoti","Kansas","US",3435,38.704,-101.474,"America/Chicago","00AA"
"OSXX","","Some Heliport","Daraa","","SY",0,32.6,36.1,"Asia/Damascus",""
"""

SUPPLEMENT_HEADER = "id,name,spellings,country,admin1,lat,lon,radius_km,feature_code,wikidata,source,checked"
SUPPLEMENT = f"""# crossings
{SUPPLEMENT_HEADER}
nassib-crossing,Nassib crossing,Nasib border crossing|معبر نصيب,SY,SY-DR,32.5353,36.1903,1,PSTB,,ours,2026-11-23
"""

SOURCE = """name: Test places
version: "7"
licence: CC0
attribution: Nobody asks for any.
"""


@dataclass(frozen=True)
class Workshop:
    """A folder with tiny inputs, and a place to build into."""

    inputs: Inputs
    folder: Path
    data_dir: Path

    def write_supplement(self, *lines: str, header: str = SUPPLEMENT_HEADER) -> None:
        """Put these rows in place of our own table."""
        (self.inputs.supplement / "rows.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Tiny inputs in the formats of the real sources."""
    folder = tmp_path / "in"
    for name in ("supplement", "sources"):
        (folder / name).mkdir(parents=True)
    cities = {
        str(number): {
            "geonameid": number, "name": name, "alternatenames": alternates, "countrycode": country,
            "admin1code": unit, "population": population, "latitude": lat, "longitude": lon,
        }
        for number, name, alternates, country, unit, population, lat, lon in CITIES
    }  # fmt: skip
    (folder / "cities.json").write_text(json.dumps(cities), encoding="utf-8")
    for name, text in {
        "admin2_notes.csv": ADMIN2_NOTES,
        "countries.csv": COUNTRIES, "admin1.csv": ADMIN1, "kinds.csv": KINDS, "airports.csv": AIRPORTS,
        "supplement/rows.csv": SUPPLEMENT, "sources/test.yaml": SOURCE,
    }.items():  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "supplement" / "spellings").mkdir()
    (folder / "supplement" / "outlines").mkdir()
    with gzip.open(folder / "admin2.csv.gz", "wt", encoding="utf-8") as file:
        file.write(ADMIN2)
    with gzip.open(folder / "shapes.geojsonl.gz", "wb") as packed:
        for tags in SHAPES:
            outline = mapping(box(*tags["box"]))  # type: ignore[misc]
            packed.write(json.dumps({"type": "Feature", "properties": tags, "geometry": outline}).encode() + b"\n")
    with gzip.open(folder / "codes.csv.gz", "wt", encoding="utf-8") as file:
        file.write("geonameid,feature_code\n170905,PPLA\n268064,PPLA\n")
    inputs = Inputs(
        cities=folder / "cities.json",
        airports=folder / "airports.csv",
        countries=folder / "countries.csv",
        admin1=folder / "admin1.csv",
        admin1_shapes=folder / "shapes.geojsonl.gz",
        admin2=folder / "admin2.csv.gz",
        admin2_notes=folder / "admin2_notes.csv",
        feature_codes=folder / "codes.csv.gz",
        feature_kinds=folder / "kinds.csv",
        supplement=folder / "supplement",
        sources=folder / "sources",
        packages=(),
    )
    return Workshop(inputs, folder, tmp_path / "data")
