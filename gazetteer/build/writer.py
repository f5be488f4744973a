"""Writes one compiled gazetteer file, place by place, in memory that does not grow with their number.

Names go to a staging file beside the target and are sorted into place by `finish`.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from app.errors import BadInput
from app.places.layout import INDEXES, TABLES
from app.places.skeleton import proposes
from app.places.spellings import key_rows
from gazetteer.build.records import FeatureKind, Record

_BATCH: Final = 5_000
_CACHE_KIB: Final = 65_536
"""What SQLite may hold in memory while it sorts; the rest goes to temporary files."""

Meta = Mapping[str, Any]


class Writer:
    """Fills a new file at a path. Use as a context manager: left without `finish`, the file is not usable."""

    def __init__(self, path: Path) -> None:
        """Begin the file; anything that stands there is overwritten."""
        self._path = path
        self._staging = path.with_name(f"{path.name}.names")
        for file in (path, self._staging):
            file.unlink(missing_ok=True)
        self._database = sqlite3.connect(path)
        self._database.executescript(
            f"PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-{_CACHE_KIB};"
        )
        self._database.executescript(TABLES)
        self._database.execute("ATTACH ? AS staging", [str(self._staging)])
        self._database.executescript("PRAGMA staging.journal_mode=OFF; PRAGMA staging.synchronous=OFF;")
        self._database.execute("CREATE TABLE staging.name (key TEXT, place INTEGER, spelling INTEGER, how INTEGER)")
        self._database.execute("CREATE TABLE staging.skeleton (skeleton TEXT, key TEXT)")
        self._database.execute("BEGIN")
        self._places: list[Sequence[object]] = []
        self._where: list[str] = []
        self._flushed = 0
        self._names: list[tuple[str, int, int, int]] = []
        self._own = 0
        self.counts = {"places": 0, "names": 0, "units": 0, "shapes": 0}

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close, and take the staging file away."""
        self._database.close()
        self._staging.unlink(missing_ok=True)

    def add_units(self, rows: Iterable[tuple[int, str, str, str, str, int | None]]) -> None:
        """First-level units: id, country, code, ISO code, name, row id of the unit's place."""
        before = self._database.total_changes
        self._database.executemany("INSERT INTO admin1 VALUES (?, ?, ?, ?, ?, ?)", rows)
        self.counts["units"] += self._database.total_changes - before

    def add_second_units(self, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
        """Second-level units: id, country, code of the first-level unit, code, name."""
        self._database.executemany("INSERT INTO admin2 VALUES (?, ?, ?, ?, ?)", rows)

    def add_features(self, kinds: Mapping[str, FeatureKind]) -> None:
        """Class and usual extent of the kinds of places."""
        rows = [(code, kind.feature_class, kind.radius_km) for code, kind in kinds.items()]
        self._database.executemany("INSERT INTO feature VALUES (?, ?, ?)", rows)

    def add_place(
        self,
        record: Record,
        chosen: Sequence[tuple[str, str]],
        admin1: int | None = None,
        admin2: int | None = None,
        where: str = "",
    ) -> int:
        """Add a place under the (key, spelling) pairs chosen for it; the row id it got.

        `where` says where the record was read. Raises BadInput, now or with a later place, when an id stands twice.
        """
        source, _, number = record.ref.partition(":")
        if source == "geonames":
            place, ref = int(number), None
        else:
            self._own -= 1
            place, ref = self._own, record.ref
        self._names += [(key, place, spelling, how) for key, spelling, how in key_rows(chosen)]
        self._places.append(
            (place, ref, record.country, admin1, admin2, record.lat, record.lon, record.feature_class,
             record.feature_code, record.population, record.radius_km, record.wikidata or None,
             "\n".join(spelling for _, spelling in chosen))
        )  # fmt: skip
        self._where.append(where)
        self.counts["places"] += 1
        if len(self._places) >= _BATCH:
            self.flush()
        return place

    def flush(self) -> None:
        """Hand over what is gathered; raises BadInput when an id stands twice."""
        insert = f"INSERT INTO place VALUES ({', '.join('?' * 13)})"
        try:
            self._database.executemany(insert, self._places)
        except sqlite3.IntegrityError:
            # Those before the one that failed are in the table.
            done = self._database.execute("SELECT count(*) FROM place").fetchone()[0] - self._flushed
            raise BadInput(f"{self._where[done]}: this id stands twice.") from None
        self._flushed += len(self._places)
        self._database.executemany("INSERT INTO staging.name VALUES (?, ?, ?, ?)", self._names)
        self._places.clear()
        self._where.clear()
        self._names.clear()

    def add_shape(self, place: int, geometry: Geometry, *, approximate: bool = False) -> None:
        """The outline of a place that was added, WGS 84 degrees."""
        wkb = shapely.to_wkb(geometry, byte_order=1)
        self._database.execute(
            "INSERT INTO shape VALUES (?, ?, ?, ?, ?, ?, ?)", (place, *geometry.bounds, int(approximate), wkb)
        )
        self.counts["shapes"] += 1

    def finish(self, meta: Meta) -> None:
        """Sort the names, find their skeletons, write `meta` with the counts, and close."""
        database = self._database
        self.flush()
        names = database.execute(
            "INSERT INTO main.name SELECT key, place, spelling, how FROM staging.name ORDER BY key, place"
        ).rowcount
        self.counts["names"] = names
        keys = database.execute("SELECT DISTINCT key FROM main.name")
        while batch := keys.fetchmany(_BATCH):
            bones = [(proposes(key), key) for (key,) in batch]
            database.executemany("INSERT INTO staging.skeleton VALUES (?, ?)", [pair for pair in bones if pair[0]])
        database.execute("INSERT INTO main.skeleton SELECT skeleton, key FROM staging.skeleton ORDER BY skeleton, key")
        database.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                (key, json.dumps(value, ensure_ascii=False, sort_keys=True))
                for key, value in {**meta, **self.counts}.items()
            ],
        )
        database.commit()
        database.executescript(INDEXES)
        database.execute("ANALYZE main")
        database.commit()
