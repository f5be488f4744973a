"""A user's own list of places: a CSV file with a header. Its places go before all others.

Needed: `name`, `country` (alpha-2), `lat`, `lon`. Understood: `id`, `spellings` (separated by | ), `admin1` (ISO 3166-2
or GeoNames code), `radius_km`, `feature_code`, `population`, `wikidata`. Other columns are let be. Commas, semicolons
and tabs separate; a cell may be quoted, but not broken over lines.
"""

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from app.errors import BadInput
from app.places.names import name_key
from app.places.spellings import choose_spellings
from gazetteer.build.records import FeatureKind, Record
from gazetteer.build.writer import Writer
from gazetteer.layers.cells import decimal, whole
from gazetteer.layers.lines import read_lines
from gazetteer.layers.units import Units

_NEEDED: Final = ("name", "country", "lat", "lon")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_WIKIDATA: Final = re.compile(r"Q[1-9][0-9]{0,12}")
_SEPARATORS: Final = ",;\t"

Progress = Callable[[int], None]


def fill(
    writer: Writer, path: Path, layer: str, units: Units, kinds: Mapping[str, FeatureKind], advance: Progress
) -> Mapping[str, Any]:
    """Add the places of the list as `layer:id`, or `layer:line` where there is no id. Raises BadInput with the line."""
    header: list[str] = []
    separator = ","
    seen: dict[str, int] = {}
    countries = set()
    for number, line in read_lines(path):
        if not header:
            separator = max(_SEPARATORS, key=line.count)
            header = [cell.strip().lower() for cell in _cells(line, separator, f"{path.name} line {number}")]
            missing = [column for column in _NEEDED if column not in header]
            if missing:
                raise BadInput(f"{path.name} line {number}: the header lacks {', '.join(missing)}.")
            continue
        where = f"{path.name} line {number}"
        cells = _cells(line, separator, where)
        if len(cells) != len(header):
            raise BadInput(f"{where}: {len(cells)} cells where the header has {len(header)}.")
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        record = _record(row, layer, number, kinds, where)
        if record.ref in seen:
            first = seen[record.ref]
            raise BadInput(
                f"{where}: this id stands already in line {first} (a row without one has its line's number)."
            )
        seen[record.ref] = number
        code = units.code_of(record.country, row.get("admin1", ""))
        if row.get("admin1") and not code:
            raise BadInput(f"{where}: admin1 must be an ISO 3166-2 or GeoNames code of a unit, such as SY-DR.")
        chosen = choose_spellings(record.name, record.spellings, keep_all=True)
        writer.add_place(record, chosen, units.first(record.country, code), None, where)
        countries.add(record.country or "")
        advance(1)
    writer.flush()
    units.write(writer)
    return {"countries": sorted(filter(None, countries)), "left_out": 0}


def _cells(line: str, separator: str, where: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator))
    except csv.Error as error:
        raise BadInput(f"{where}: {error}.") from None


def _record(row: Mapping[str, str], layer: str, number: int, kinds: Mapping[str, FeatureKind], where: str) -> Record:
    if not name_key(row["name"]):
        raise BadInput(f"{where}: name is empty, or has no letter and no digit.")
    if row["country"] and not _COUNTRY.fullmatch(row["country"]):
        raise BadInput(f"{where}: country must be two capital letters (ISO 3166-1) or empty.")
    own_id = row.get("id") or str(number)
    if not _ID.fullmatch(own_id):
        raise BadInput(f"{where}: id must be letters, digits, dots, hyphens and underscores.")
    code = row.get("feature_code") or "PPL"
    if code not in kinds or code.startswith(("PCL", "TERR")) or code == "ADM1":
        raise BadInput(
            f"{where}: feature_code must be a GeoNames code such as PPL, PPLX, PSTB or CMPRF; no country or ADM1."
        )
    kind = kinds[code]
    radius_km = row.get("radius_km")
    return Record(
        ref=f"{layer}:{own_id}",
        name=row["name"],
        spellings=[part.strip() for part in row.get("spellings", "").split("|") if part.strip()],
        country=row["country"] or None,
        lat=decimal(row["lat"], -90, 90, f"{where}: lat"),
        lon=decimal(row["lon"], -180, 180, f"{where}: lon"),
        feature_code=code,
        feature_class=kind.feature_class,
        population=whole(row.get("population") or "0", f"{where}: population"),
        radius_km=decimal(radius_km, 0.01, 5000, f"{where}: radius_km") if radius_km else kind.radius_km,
        wikidata=row.get("wikidata", "") if _WIKIDATA.fullmatch(row.get("wikidata", "")) else "",
    )
