"""The folder of layers: one compiled file for each source that was added, put in place whole or not at all."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.errors import BadInput, NotFound
from app.places.layout import FILE_NAME, LAYERS, SCHEMA
from gazetteer.build.files import only_one, put_in_place, sync_folder
from gazetteer.build.verify import BrokenBuild, read_meta, verify
from gazetteer.build.writer import Writer

_PARTIAL = ".layer-*"


@dataclass(frozen=True, slots=True)
class Layer:
    """A source that was added, as its file describes it."""

    name: str
    path: Path
    meta: Mapping[str, Any]
    """Empty when the file cannot be read."""


def folder_of(data_dir: Path) -> Path:
    """Where the layers of this data folder lie."""
    return data_dir / LAYERS


def layers(data_dir: Path) -> list[Layer]:
    """All layers, by name."""
    found = []
    for path in sorted(folder_of(data_dir).glob("*.sqlite")):
        try:
            meta = read_meta(path)
        except (sqlite3.Error, ValueError):
            meta = {}
        found.append(Layer(path.stem, path, meta))
    return found


def _alone(data_dir: Path) -> AbstractContextManager[None]:
    """Hold off other processes that change the layers of this folder."""
    folder = folder_of(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    return only_one(data_dir / ".layers.lock", folder, _PARTIAL)


@dataclass(frozen=True, slots=True)
class Described:
    """What is kept about a source beside its places."""

    kind: str
    """`geonames`, `gns`, `boundaries` or `csv`."""
    title: str
    licence: str
    attribution: str
    origin: str
    """Name of the file, or the address it came from."""
    checksum: str
    """SHA-256 of all that was read."""


def write_layer(data_dir: Path, name: str, what: Described, fill: Callable[[Writer], Mapping[str, Any]]) -> Layer:
    """Compile a layer and put it in place of the one of that name, if any; a running service picks it up.

    `fill` adds the places and answers what else to note of them. Whatever goes wrong, the layers stay as they were.
    """
    folder = folder_of(data_dir)
    path = folder / f"{name}.sqlite"
    with _alone(data_dir):
        partial = folder / f".layer-{os.getpid()}-{name}"
        try:
            with Writer(partial) as writer:
                noted = fill(writer)
                if not writer.counts["places"]:
                    raise BadInput(f"{what.origin} holds no place that can be used.")
                writer.finish(_meta(what, noted))
            verify(partial)
            put_in_place(partial, path)
        except BrokenBuild as error:
            raise BadInput(f"{what.origin}: {error}.") from error
        finally:
            partial.unlink(missing_ok=True)
    return Layer(name, path, read_meta(path))


def _meta(what: Described, noted: Mapping[str, Any]) -> dict[str, Any]:
    source = {
        "name": what.title,
        "version": what.checksum[:12],
        "licence": what.licence,
        "attribution": what.attribution,
    }
    return {
        "schema": SCHEMA,
        "version": f"{SCHEMA}-{what.kind}-{what.checksum[:12]}",
        "kind": what.kind,
        "sources": [source],
        "origin": what.origin,
        "sha256": what.checksum,
        "added": datetime.now(UTC).isoformat(timespec="seconds"),
        **noted,
    }


def remove(data_dir: Path, name: str) -> None:
    """Take a layer out; a running service stops using it. Raises NotFound."""
    known = [layer.name for layer in layers(data_dir)]
    if name not in known:
        listed = f"there are {', '.join(known)}" if known else "nothing was added"
        raise NotFound(f"There is no layer of that name; {listed}.")
    with _alone(data_dir):
        (folder_of(data_dir) / f"{name}.sqlite").unlink(missing_ok=True)
        sync_folder(folder_of(data_dir))


def check_all(data_dir: Path) -> Iterator[tuple[str, str | None]]:
    """(name, fault or None) of the base and each layer, in full: structure, tables, counts."""
    files = [("base", data_dir / FILE_NAME), *((layer.name, layer.path) for layer in layers(data_dir))]
    for name, path in files:
        yield name, _fault(path)


def _fault(path: Path) -> str | None:
    if not path.is_file():
        return "the file is missing"
    try:
        if read_meta(path).get("schema") != SCHEMA:
            return "it has an older layout: build or add it again"
        verify(path)
    except BrokenBuild as error:
        return str(error)
    except (sqlite3.Error, ValueError):
        return "the file is no gazetteer"
    return None
