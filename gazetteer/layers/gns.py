"""Country files of the NGA GEOnet Names Server: tab-separated, one row a name, many names a feature (UFI).

Columns are found by their header, never by their place: the classic files (UFI, FULL_NAME_RO, DSG, CC1...) and the
present ones (ufi, full_name, desig_cd, cc_ft...) both serve. Name types: C conventional, N approved, P provisional, D
not verified, V variant, H historic; an S after it says that the name is in another script.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from app.errors import BadInput
from app.places.spellings import choose_spellings
from gazetteer.build.records import FeatureKind, Record
from gazetteer.build.writer import Writer
from gazetteer.layers.cells import decimal
from gazetteer.layers.countries import alpha2
from gazetteer.layers.lines import read_lines
from gazetteer.layers.units import Units

LICENCE: Final = "public domain"
ATTRIBUTION: Final = "Names from the GEOnet Names Server, National Geospatial-Intelligence Agency, USA; modified."

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "ufi": ("ufi",),
    "name": ("full_name", "full_name_ro"),
    "type": ("nt",),
    "lat": ("lat_dd", "lat"),
    "lon": ("long_dd", "long"),
    "code": ("desig_cd", "dsg"),
    "country": ("cc_ft", "cc1"),
    "unit": ("adm1",),
}
_CLASSIC: Final = "cc1"
"""This column holds FIPS 10-4 codes; its successor holds ISO ones."""
_ORDER: Final = "CNPDVH"
_STEP: Final = 1_000
_INSERT: Final = "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

Progress = Callable[[int], None]


def _header(path: Path, line: str) -> dict[str, int]:
    cells = [cell.strip().lower() for cell in line.split("\t")]
    found = {}
    for wanted, names in _COLUMNS.items():
        column = next((cells.index(name) for name in names if name in cells), None)
        if column is None:
            raise BadInput(f"{path.name} line 1: no column {' or '.join(names)}; a GNS file begins with its header.")
        found[wanted] = column
    found["_columns"] = len(cells)
    found["_fips"] = int(_CLASSIC in cells and "cc_ft" not in cells)
    return found


def _rows(path: Path, advance: Progress) -> Iterator[Sequence[object]]:
    at: dict[str, int] | None = None
    for number, line in read_lines(path):
        if at is None:
            at = _header(path, line)
            continue
        if number % _STEP == 0:
            advance(_STEP)
        where = f"{path.name} line {number}"
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != at["_columns"]:
            raise BadInput(f"{where}: {len(cells)} columns where the header has {at['_columns']}.")
        kind = cells[at["type"]].upper()
        ufi = cells[at["ufi"]]
        if not ufi.removeprefix("-").isdigit() or len(ufi) > 18:
            raise BadInput(f"{where}: ufi must be a whole number.")
        order = (_ORDER.find(kind[:1]) % 10) + (10 if kind.endswith("S") else 0)
        yield (
            int(ufi), order, cells[at["name"]], decimal(cells[at["lat"]], -90, 90, f"{where}: latitude"),
            decimal(cells[at["lon"]], -180, 180, f"{where}: longitude"), cells[at["code"]].upper(),
            alpha2(cells[at["country"]], is_fips=bool(at["_fips"])), cells[at["unit"]], where,
        )  # fmt: skip


def fill(
    writer: Writer, path: Path, folder: Path, units: Units, kinds: Mapping[str, FeatureKind], advance: Progress
) -> Mapping[str, Any]:
    """Add the features of the file; answers the countries seen and how many were left out. Raises BadInput."""
    staging = folder / ".layer-gns"
    staging.unlink(missing_ok=True)
    database = sqlite3.connect(staging)
    try:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        database.execute("CREATE TABLE name (ufi, rank, name, lat, lon, code, country, unit, source)")
        database.executemany(_INSERT, _rows(path, advance))
        rows = database.execute("SELECT * FROM name ORDER BY ufi, rank, rowid")
        countries, left_out = set(), 0
        for ufi, names in groupby(rows, key=lambda row: row[0]):
            held = list(names)
            _, _, name, lat, lon, code, country, unit, where = held[0]
            kind = kinds.get(code)
            if kind is None or not name:
                left_out += 1
                continue
            record = Record(
                f"gns:{ufi}", name, [], country, lat, lon, code, feature_class=kind.feature_class,
                radius_km=kind.radius_km,
            )  # fmt: skip
            chosen = choose_spellings(name, [row[2] for row in held[1:] if row[2]])
            writer.add_place(record, chosen, units.first(country, units.code_of(country, unit)), None, where)
            countries.add(country or "")
        writer.flush()
    finally:
        database.close()
        staging.unlink(missing_ok=True)
    units.write(writer)
    return {"countries": sorted(filter(None, countries)), "left_out": left_out}
