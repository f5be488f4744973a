"""Second stage: every record learns its feature class, its first-level unit and its extent."""

import math
from collections import defaultdict
from dataclasses import replace

from app.errors import BadInput
from gazetteer.build.geography import distance_km, mean_point
from gazetteer.build.records import Material, Record, UnitRecord

_NEAREST_DEGREES = 0.54
"""60 km; on a flat map, which is near enough to tell which town is the nearest."""
_CELLS_PER_DEGREE = 2
_FEW = 5
"""Fewer settlements than this do not show how far a second-level unit reaches."""


def settlement_radius_km(population: int) -> float:
    """Usual radius of a settlement: a village 1 km, a town of 20,000 about 2, a city of a million 9, never over 15.

    The area of a town grows about as its population; the constant was set by towns whose built-up area is well known
    (Daraa 3 km, Homs 6 km, Damascus 9 km).
    """
    return round(min(15.0, max(1.0, 0.9 + 0.0085 * math.sqrt(population))), 1)


def _unit_index(material: Material) -> dict[str, UnitRecord]:
    """Units by ISO 3166-2 code, by `country-GeoNames code`, and by the finer codes that they cover."""
    index: dict[str, UnitRecord] = {}
    for unit in material.units.values():
        index.setdefault(f"{unit.country}-{unit.code}", unit)
    for unit in material.units.values():
        for code in (unit.iso, *unit.covers):
            if code:
                index[code] = unit
    return index


def _nearest_units(material: Material) -> dict[tuple[str | None, int, int], list[Record]]:
    cells: dict[tuple[str | None, int, int], list[Record]] = defaultdict(list)
    for record in material.records:
        if record.source == "geonames" and record.feature_class == "P" and record.unit:
            cells[_cell(record)].append(record)
    return cells


def _cell(record: Record) -> tuple[str | None, int, int]:
    return record.country, math.floor(record.lat * _CELLS_PER_DEGREE), math.floor(record.lon * _CELLS_PER_DEGREE)


def _unit_of_nearest(record: Record, cells: dict[tuple[str | None, int, int], list[Record]]) -> tuple[str, str] | None:
    """The unit of the nearest settlement of the same country within 60 km."""
    country, row, column = _cell(record)
    narrowing = math.cos(math.radians(record.lat))
    nearest: tuple[float, tuple[str, str] | None] = (_NEAREST_DEGREES**2, None)
    for other_row in (row - 1, row, row + 1):
        for other_column in (column - 1, column, column + 1):
            for other in cells.get((country, other_row, other_column), ()):
                northward, eastward = other.lat - record.lat, (other.lon - record.lon) * narrowing
                apart = northward * northward + eastward * eastward
                if apart < nearest[0]:
                    nearest = (apart, other.unit)
    return nearest[1]


def link(material: Material) -> None:
    """Fill `feature_class`, `unit` and `radius_km` of all records. Raises BadInput for a unit that we do not know."""
    material.records = [record for record in material.records if record.ref not in material.replaced]
    index = _unit_index(material)
    finer = {unit.iso: unit.code2 for unit in material.second_units.values() if unit.iso}
    default = material.kinds["PPL"]
    for record in material.records:
        kind = material.kinds.get(record.feature_code, default)
        record.feature_class = kind.feature_class
        if record.source == "geonames":
            key = (record.country or "", record.unit_hint)
            record.unit = key if key in material.units else None
        elif record.unit_hint:
            if record.unit_hint not in index:
                raise BadInput(f"{record.source}: admin1 is no ISO 3166-2 code of a first-level unit.", field="admin1")
            unit = index[record.unit_hint]
            record.unit = (unit.country, unit.code)
            record.second_unit = finer.get(record.unit_hint, "")
        if not record.radius_km:
            record.radius_km = kind.radius_km
            if record.feature_class == "P" and record.feature_code != "PPLX":
                record.radius_km = max(kind.radius_km, settlement_radius_km(record.population))
    cells = _nearest_units(material)
    for record in material.records:
        if record.source == "airports":
            record.unit = _unit_of_nearest(record, cells)
    _link_second_units(material)


def _link_second_units(material: Material) -> None:
    """Tell settlements their second-level unit, and second-level units where they lie."""
    settlements = {record.ref: record for record in material.records if record.feature_class == "P"}
    for key, unit in list(material.second_units.items()):
        members = [settlements[ref] for place in unit.places if (ref := f"geonames:{place}") in settlements]
        members = [member for member in members if member.unit == key[:2]]
        if not members:
            del material.second_units[key]
            continue
        for member in members:
            member.second_unit = unit.code2
        lat, lon = mean_point((member.lat, member.lon, 1.0 + member.population**0.5) for member in members)
        reach = max(distance_km(lat, lon, member.lat, member.lon) for member in members)
        radius_km = round(max(material.kinds["ADM2"].radius_km if len(members) < _FEW else 0.0, reach + 5.0))
        material.second_units[key] = replace(unit, lat=round(lat, 4), lon=round(lon, 4), radius_km=radius_km)
