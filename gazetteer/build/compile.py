"""Third stage: the records of the base go into one SQLite file."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from app.errors import BadInput
from app.places.names import compute_bare_key
from app.places.plain import plain_name
from app.places.spellings import choose_spellings
from gazetteer.build.records import Material, Record, SecondUnit
from gazetteer.build.writer import Meta, Writer

_PROGRESS = 5_000


def compile_file(path: Path, material: Material, meta: Meta, advance: Callable[[int], None]) -> None:
    """Write all records to a new file at `path`; `advance` hears of every batch of records done."""
    unit_ids = {key: number for number, key in enumerate(sorted(material.units), start=1)}
    second_ids = {key: number for number, key in enumerate(sorted(material.second_units), start=1)}
    unit_places: dict[tuple[str, str], int] = {}
    outlines: list[tuple[int, Record]] = []
    with Writer(path) as writer:
        for done, record in enumerate(_in_order(material), start=1):
            chosen = choose_spellings(record.name, record.spellings, keep_all=record.keep_all_spellings)
            admin1 = unit_ids[record.unit] if record.unit else None
            admin2 = second_ids.get((*record.unit, record.second_unit)) if record.unit else None
            place = writer.add_place(record, chosen, admin1, admin2)
            if record.feature_code == "ADM1" and record.unit:
                unit_places[record.unit] = place
                if record.unit in material.shapes:
                    geometry, approximate = material.shapes[record.unit]
                    writer.add_shape(place, geometry, approximate=approximate)
            if record.covers or record.outline:
                outlines.append((place, record))
            second = (*record.unit, record.second_unit) if record.feature_code == "ADM2" and record.unit else None
            if second in material.shapes:
                geometry, approximate = material.shapes[second]
                writer.add_shape(place, geometry, approximate=approximate)
            if done % _PROGRESS == 0:
                advance(_PROGRESS)
        for place, record in outlines:
            # What was drawn by hand is good to some kilometres; what is made of units is as good as they are.
            writer.add_shape(place, _area(record, material), approximate=record.outline is not None)
        writer.add_features(material.kinds)
        units = material.units
        writer.add_units((unit_ids[key], *key, units[key].iso, units[key].name, unit_places.get(key)) for key in units)
        writer.add_second_units((second_ids[key], *key, unit.name) for key, unit in material.second_units.items())
        writer.finish(meta)


def _in_order(material: Material) -> Iterator[Record]:
    """All records, those of GeoNames by id; then the second-level units, by names that no settlement has."""
    wanted = {(unit.country, compute_bare_key(unit.plain)) for unit in material.second_units.values()}
    taken: set[tuple[str | None, str]] = set()
    ours: set[tuple[str | None, str]] = set()
    records = sorted(material.records, key=lambda record: (record.ref.partition(":")[0] == "geonames", _number(record)))
    for record in records:
        if record.feature_class == "P":
            for spelling in (record.name, *record.spellings):
                key = (record.country, compute_bare_key(spelling))
                if key in wanted:
                    taken.add(key)
        elif record.feature_class in {"A", "L"} and record.ref.startswith("dateline:"):
            ours |= {(record.country, compute_bare_key(plain_name(s))) for s in (record.name, *record.spellings)}
        yield record
    for unit in material.second_units.values():
        key = (unit.country, compute_bare_key(unit.plain))
        is_taken = key in taken
        if key in ours or (unit.plain == unit.name and is_taken):
            continue  # a row of ours, or the town that a municipality shares its name with, stands for it
        yield _unit_record(unit, [*unit.spellings, *([] if is_taken else [unit.plain])])


def _number(record: Record) -> int:
    source, _, number = record.ref.partition(":")
    return int(number) if source == "geonames" else 0


def _unit_record(unit: SecondUnit, spellings: list[str]) -> Record:
    return Record(
        ref=f"dateline:unit-{unit.country}-{unit.code1}-{unit.code2}".lower(),
        name=unit.name,
        spellings=spellings,
        country=unit.country,
        lat=unit.lat,
        lon=unit.lon,
        feature_code="ADM2",
        feature_class="A",
        radius_km=unit.radius_km,
        unit=(unit.country, unit.code1),
        second_unit=unit.code2,
        source="geonames",
        keep_all_spellings=True,
    )


def _area(record: Record, material: Material) -> Geometry:
    """The polygon of an area: its own, else the units and countries that make it up."""
    if record.outline is not None:
        return record.outline
    countries = defaultdict(list)
    by_iso, by_code = {}, {}
    for key, (geometry, _) in material.shapes.items():
        if len(key) > 2:
            continue
        countries[key[0]].append(geometry)
        by_code[f"{key[0]}-{key[1]}"] = [geometry]
        unit = material.units.get((key[0], key[1]))
        if unit and unit.iso:
            by_iso[unit.iso] = [geometry]
    parts: list[Geometry] = []
    for code in record.covers:
        # UA-14 is Donetsk by ISO 3166-2 and Luhansk by GeoNames: the first one counts.
        found = by_iso.get(code) or by_code.get(code) or countries.get(code)
        if not found:
            raise BadInput(f"{record.source}: covers names {code}, which is no unit with an outline.", field="covers")
        parts += found
    return shapely.union_all(parts)
