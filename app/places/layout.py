"""What the builder and the reader of compiled gazetteer files agree on."""

from typing import Final

from app.domain.places import Match

SCHEMA: Final = 2
"""Number of the compiled file's layout. A file with another number is not opened."""

FILE_NAME: Final = "gazetteer.sqlite"
"""Name of the compiled base inside the data directory."""

LAYERS: Final = "gazetteer.d"
"""The folder beside the base that holds one compiled file for each source that was added."""

HOW: Final[tuple[Match, ...]] = ("name", "alternate", "article")
"""How a key stands for a place; the file holds the position in this tuple."""

TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE admin1 (
  id INTEGER PRIMARY KEY, country TEXT NOT NULL, code TEXT NOT NULL, iso TEXT NOT NULL, name TEXT NOT NULL,
  place INTEGER, UNIQUE (country, code)
);
CREATE TABLE admin2 (
  id INTEGER PRIMARY KEY, country TEXT NOT NULL, code1 TEXT NOT NULL, code2 TEXT NOT NULL, name TEXT NOT NULL,
  UNIQUE (country, code1, code2)
);
CREATE TABLE place (
  id INTEGER PRIMARY KEY, ref TEXT, country TEXT, admin1 INTEGER, admin2 INTEGER, lat REAL NOT NULL, lon REAL NOT NULL,
  feature_class TEXT NOT NULL, feature_code TEXT NOT NULL, population INTEGER NOT NULL, radius_km REAL NOT NULL,
  wikidata TEXT, spellings TEXT NOT NULL
);
CREATE TABLE name (
  key TEXT NOT NULL, place INTEGER NOT NULL, spelling INTEGER NOT NULL, how INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE skeleton (skeleton TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (skeleton, key)) WITHOUT ROWID;
CREATE TABLE feature (code TEXT PRIMARY KEY, class TEXT NOT NULL, radius_km REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE shape (
  place INTEGER PRIMARY KEY, west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL, north REAL NOT NULL,
  approximate INTEGER NOT NULL, wkb BLOB NOT NULL
);
"""
"""A place of GeoNames has its GeoNames id as row id, any other a negative one and its public id in `ref`. All spellings
of a place stand in one column, a line each, the headline name first; `name` says which of them a key stands for.
`skeleton` leads from consonants to keys. `feature` knows the class and usual extent of each kind. A shape's box is in
degrees; its outline is WKB, WGS 84."""

INDEXES: Final = """
CREATE UNIQUE INDEX place_ref ON place (ref) WHERE ref IS NOT NULL;
CREATE INDEX place_country ON place (country) WHERE feature_class = 'A' AND feature_code NOT IN ('ADM1', 'ADM2');
CREATE INDEX admin1_iso ON admin1 (iso) WHERE iso <> '';
"""
