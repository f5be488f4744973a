"""A compiled gazetteer of a handful of places, for tests of what stands on top of it; made in milliseconds."""

import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from app.domain.places import Place
from app.places import Gazetteer, load_places
from app.places.layout import FILE_NAME, SCHEMA
from app.places.spellings import choose_spellings
from gazetteer.build.inputs import BASE
from gazetteer.build.read import read_feature_kinds
from gazetteer.build.records import Record
from gazetteer.build.writer import Writer
from tests.factories import make_place

SYRIA = make_place(id="geonames:163843", name="Syria", admin1=None, admin1_code=None, lat=35.0, lon=38.0,
                   feature_class="A", feature_code="PCLI", population=16_906_283)  # fmt: skip
JORDAN = make_place(id="geonames:248816", name="Jordan", country="JO", admin1=None, admin1_code=None, lat=31.0,
                    lon=36.0, feature_class="A", feature_code="PCLI", population=9_956_011)  # fmt: skip
DARAA_PROVINCE = make_place(id="geonames:170903", name="Daraa", lat=32.9, lon=36.2, feature_class="A",
                            feature_code="ADM1", population=0)  # fmt: skip
DARAA = make_place(
    id="geonames:170905", name="Daraa", lat=32.6189, lon=36.1021, feature_code="PPLA", population=146_481
)
BUSRA = make_place(id="geonames:173336", name="Busra al-Sham", lat=32.5186, lon=36.4817, population=33_839)
AMMAN = make_place(id="geonames:250441", name="Amman", country="JO", admin1="Amman", admin1_code="JO-AM",
                   lat=31.9552, lon=35.945, feature_code="PPLC", population=1_275_857)  # fmt: skip
AMMAN_PROVINCE = make_place(id="geonames:250439", name="Amman", country="JO", admin1="Amman", admin1_code="JO-AM",
                            lat=31.7, lon=36.1, feature_class="A", feature_code="ADM1", population=0)  # fmt: skip
CROSSING = make_place(id="dateline:nassib-crossing", name="Nassib crossing", lat=32.54, lon=36.2, feature_class="S",
                      feature_code="PSTB", population=0, radius_km=3.0)  # fmt: skip
HAURAN = make_place(id="dateline:hauran", name="Hauran", lat=32.8, lon=36.3, feature_class="L", feature_code="RGN",
                    admin1=None, admin1_code=None, population=0, radius_km=40.0)  # fmt: skip
IZRA_DISTRICT = make_place(id="dateline:unit-sy-06-1", name="Izra District", lat=32.86, lon=36.25, feature_class="A",
                           feature_code="ADM2", population=0, radius_km=20.0)  # fmt: skip

PLACES: Mapping[Place, Sequence[str]] = {
    SYRIA: ("سوريا",),
    JORDAN: (),
    DARAA_PROVINCE: ("Daraa Governorate",),
    DARAA: ("Dara'a", "درعا"),
    BUSRA: (),
    AMMAN_PROVINCE: (),
    AMMAN: (),
    CROSSING: ("Nasib border crossing",),
    HAURAN: (),
    IZRA_DISTRICT: (),
}
SHAPES = {DARAA_PROVINCE: shapely.box(35.8, 32.3, 36.6, 33.3)}
SOURCES = [{"name": "made by hand", "version": "1", "licence": "CC0", "attribution": "Made by hand."}]


def write_gazetteer(
    path: Path,
    places: Mapping[Place, Sequence[str]] | None = None,
    shapes: Mapping[Place, BaseGeometry] | None = None,
    **meta: Any,
) -> Path:
    """Compile these places and their further spellings, written beside and renamed as the builder does."""
    places = {} if places is None else places
    units = {place.admin1: number for number, place in enumerate(places, start=1) if place.admin1}
    partial = path.with_name(f"{path.name}.part")
    rows: dict[str, int] = {}
    with Writer(partial) as writer:
        for place, spellings in places.items():
            record = Record(
                place.id, place.name, list(spellings), place.country, place.lat, place.lon, place.feature_code or "",
                population=place.population, radius_km=place.radius_km, feature_class=place.feature_class or "",
            )  # fmt: skip
            chosen = choose_spellings(place.name, spellings, keep_all=True)
            rows[place.id] = writer.add_place(record, chosen, units.get(place.admin1 or ""))
            if shapes and place in shapes:
                writer.add_shape(rows[place.id], shapes[place])
        held = {place.admin1: place for place in places if place.feature_code == "ADM1"}
        isos = {place.admin1: (place.country or "", place.admin1_code or "") for place in places if place.admin1}
        writer.add_units(
            (number, isos[name][0], str(number), isos[name][1], name, rows[held[name].id] if name in held else None)
            for name, number in units.items()
        )
        writer.add_features(read_feature_kinds(BASE / "feature_codes.csv"))
        writer.finish({"schema": SCHEMA, "version": "test", "sources": SOURCES, **meta})
    return partial.replace(path)


@cache
def few_places() -> Gazetteer:
    """The places of this module, compiled once a run."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-few-"))
    return load_places(write_gazetteer(folder / FILE_NAME, PLACES, SHAPES))
