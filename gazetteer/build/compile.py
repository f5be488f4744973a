"""Fourth stage: the records go into one SQLite file.

Places of GeoNames have their GeoNames id as row id, all others a negative one and their public id in `ref`. All spellings
of a place stand in one column, a line each, the headline name first; `name` says which of them a key stands for.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gazetteer.build.normalise import choose_spellings, key_rows
from gazetteer.build.records import Material

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE admin1 (
  id INTEGER PRIMARY KEY, country TEXT NOT NULL, code TEXT NOT NULL, iso TEXT NOT NULL, name TEXT NOT NULL,
  place INTEGER, UNIQUE (country, code)
);
CREATE TABLE place (
  id INTEGER PRIMARY KEY, ref TEXT, country TEXT, admin1 INTEGER, lat REAL NOT NULL, lon REAL NOT NULL,
  feature_class TEXT NOT NULL, feature_code TEXT NOT NULL, population INTEGER NOT NULL, radius_km REAL NOT NULL,
  wikidata TEXT, spellings TEXT NOT NULL
);
CREATE TABLE name (
  key TEXT NOT NULL, place INTEGER NOT NULL, spelling INTEGER NOT NULL, how INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE UNIQUE INDEX place_ref ON place (ref) WHERE ref IS NOT NULL;
CREATE INDEX place_country ON place (country) WHERE feature_class = 'A' AND feature_code <> 'ADM1';
CREATE INDEX admin1_iso ON admin1 (iso) WHERE iso <> '';
"""

Meta = Mapping[str, str | int | Sequence[Mapping[str, str]]]


def compile_file(path: Path, material: Material, meta: Meta, advance: Callable[[int], None]) -> None:
    """Write all records to a new file at `path`; `advance` hears of every batch of records done."""
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        database.executescript(_SCHEMA)
        unit_ids = {key: number for number, key in enumerate(sorted(material.units), start=1)}
        unit_places: dict[tuple[str, str], int] = {}
        keys: list[tuple[str, int, int, int]] = []
        places = []
        own = 0
        for done, record in enumerate(material.records, start=1):
            source, _, number = record.ref.partition(":")
            if source == "geonames":
                place, ref = int(number), None
            else:
                own -= 1
                place, ref = own, record.ref
            if record.feature_code == "ADM1" and record.unit:
                unit_places[record.unit] = place
            chosen = list(choose_spellings(record)) or [(record.name.casefold(), record.name)]
            keys += [(key, place, spelling, how) for key, spelling, how in key_rows(chosen)]
            places.append(
                (place, ref, record.country, unit_ids[record.unit] if record.unit else None, record.lat, record.lon,
                 record.feature_class, record.feature_code, record.population, record.radius_km,
                 record.wikidata or None, "\n".join(spelling for _, spelling in chosen))
            )  # fmt: skip
            if done % 5000 == 0:
                advance(5000)
        places.sort(key=lambda row: row[0])
        keys.sort()
        database.execute("BEGIN")
        database.executemany(f"INSERT INTO place VALUES ({', '.join('?' * 12)})", places)
        database.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", keys)
        database.executemany(
            "INSERT INTO admin1 VALUES (?, ?, ?, ?, ?, ?)",
            [(unit_ids[key], *key, unit.iso, unit.name, unit_places.get(key)) for key, unit in material.units.items()],
        )
        counts = {"places": len(places), "names": len(keys), "units": len(material.units)}
        database.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [(key, json.dumps(value, ensure_ascii=False, sort_keys=True)) for key, value in {**meta, **counts}.items()],
        )
        database.commit()
        database.executescript(_INDEXES)
        database.execute("ANALYZE")
        database.commit()
    finally:
        database.close()
