"""Compiles the sources into one read-only SQLite file: read, link, compile, verify.

`build` writes beside the final name and renames, so that whoever opens `gazetteer.sqlite` finds a whole file or none.
"""

import os
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from shapely.geometry.base import BaseGeometry as Geometry

from app.errors import BadInput
from app.places.layout import FILE_NAME, SCHEMA
from app.places.spellings import usable
from gazetteer.build.compile import compile_file
from gazetteer.build.files import only_one, put_in_place
from gazetteer.build.inputs import Inputs
from gazetteer.build.link import link
from gazetteer.build.read import (
    read_admin1,
    read_admin2,
    read_airports,
    read_cities,
    read_countries,
    read_feature_codes,
    read_feature_kinds,
    read_outlines,
    read_shapes,
    read_spellings,
    read_supplement,
)
from gazetteer.build.records import Material, Record
from gazetteer.build.verify import BrokenBuild, read_meta, verify

__all__ = ["FILE_NAME", "BrokenBuild", "Inputs", "build", "info", "is_current"]


_PARTIAL = ".gazetteer-*.part*"


def _is_current(path: Path, fingerprint: str) -> bool:
    try:
        return path.is_file() and read_meta(path).get("fingerprint") == fingerprint
    except (sqlite3.Error, ValueError):
        return False


def is_current(data_dir: Path) -> bool:
    """True when `build` would find nothing to do in `data_dir`."""
    return _is_current(data_dir / FILE_NAME, Inputs.standard().fingerprint())


def gather(inputs: Inputs) -> Material:
    """Read all sources. Raises BadInput, with file and line, for a row of ours that cannot be used."""
    material = Material(kinds=read_feature_kinds(inputs.feature_kinds))
    own, material.replaced = read_supplement(inputs.supplement_files, material.kinds)
    units, material.units = read_admin1(inputs.admin1)
    material.records += [*own, *read_countries(inputs.countries), *units]
    taken = {record.ref for record in material.records}
    codes = read_feature_codes(inputs.feature_codes)
    material.records += [record for record in read_cities(inputs.cities, codes) if record.ref not in taken]
    material.records += read_airports(inputs.airports)
    material.second_units = read_admin2(inputs.admin2, inputs.admin2_notes)
    material.shapes = read_shapes(inputs.admin1_shapes)
    _add_spellings(material.records, read_spellings(inputs.spelling_files))
    _add_outlines(material.records, read_outlines(inputs.outline_files))
    return material


def _add_spellings(records: list[Record], spellings: dict[str, list[str]]) -> None:
    """Give places the further spellings of our tables. Raises BadInput for an id that no source has."""
    for record in records:
        more = spellings.pop(record.ref, None)
        if more:
            # Each of them was chosen by people: the machine-made ones go before, so that short ones may stay.
            kept = [s for s in record.spellings if record.keep_all_spellings or (usable(s) and len(s) > 2)]
            record.spellings, record.keep_all_spellings = [*more, *kept], True
    if spellings:
        raise BadInput(f"spellings/: no source has the place {min(spellings)}.", field="place")


def _add_outlines(records: list[Record], outlines: dict[str, tuple[tuple[str, ...], Geometry | None]]) -> None:
    """Give areas of ours their polygon. Raises BadInput for an id that no source has."""
    for record in records:
        if record.ref in outlines:
            record.covers, record.outline = outlines.pop(record.ref)
    if outlines:
        raise BadInput(f"outlines/: no source has the place {min(outlines)}.", field="place")


def build(data_dir: Path, *, force: bool = False, progress: bool = False, inputs: Inputs | None = None) -> Path:
    """Compile the gazetteer into `data_dir` and return the file's path; do nothing when it is there and current.

    Raises BadInput for a row of ours that cannot be used, BrokenBuild when the result fails its checks. Whatever goes
    wrong, a file that stood there before is left as it was.
    """
    inputs = inputs or Inputs.standard()
    path = data_dir / FILE_NAME
    fingerprint = inputs.fingerprint()
    if not force and _is_current(path, fingerprint):
        return path
    data_dir.mkdir(parents=True, exist_ok=True)
    with only_one(data_dir / ".gazetteer.lock", data_dir, _PARTIAL):
        if not force and _is_current(path, fingerprint):
            return path
        handle, partial_name = tempfile.mkstemp(prefix=".gazetteer-", suffix=".part", dir=data_dir)
        os.close(handle)
        partial = Path(partial_name)
        try:
            _fill(partial, inputs, fingerprint, progress=progress)
            verify(partial)
            put_in_place(partial, path)
        finally:
            partial.unlink(missing_ok=True)
    return path


def _fill(partial: Path, inputs: Inputs, fingerprint: str, *, progress: bool) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not progress) as bar:
        task = bar.add_task("Reading the sources of the gazetteer", total=None)
        material = gather(inputs)
        link(material)
        bar.update(task, description="Compiling the gazetteer", total=len(material.records), completed=0)
        meta: dict[str, str | int | Sequence[Mapping[str, str]]] = {
            "version": f"{SCHEMA}-{fingerprint[:12]}",
            "schema": SCHEMA,
            "fingerprint": fingerprint,
            "sources": inputs.describe_sources(),
        }
        compile_file(partial, material, meta, lambda count: bar.advance(task, count))
        bar.update(task, completed=len(material.records))


def info(path: Path) -> dict[str, object]:
    """What the compiled file says of itself: version, schema, sources, counts, and its size in bytes.

    Raises FileNotFoundError when it is missing and sqlite3.DatabaseError when it is something else.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    return {**read_meta(path), "path": str(path), "bytes": path.stat().st_size}
