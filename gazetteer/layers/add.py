"""One function for each kind of source: read it, compile it, put it in place."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from app.errors import BadInput
from app.places.layout import FILE_NAME
from gazetteer.build.inputs import BASE
from gazetteer.build.read import read_feature_kinds
from gazetteer.build.records import FeatureKind
from gazetteer.build.writer import Writer
from gazetteer.layers import boundaries, download, geonames, gns, own_list
from gazetteer.layers.layer import Described, Layer, folder_of, write_layer
from gazetteer.layers.lines import sha256, table_name
from gazetteer.layers.units import Units

Progress = Callable[[int], None]
"""Hears of rows done."""

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_NAME: Final = re.compile(r"[^\w]+")
_UNIT_TABLES: Final = ("admin1CodesASCII.txt", "admin2Codes.txt")


def nothing(_: int) -> None:
    """Progress that nobody wants to hear of."""


def layer_name(kind: str, stem: str) -> str:
    """The name under which a source is listed and removed: `geonames-SY`."""
    return f"{kind}-{_NAME.sub('-', stem).strip('-') or 'places'}"


def fetched(data_dir: Path, country: str, base: str, advance: download.Progress) -> tuple[Path, list[Path], list[Path]]:
    """The country's table, its alternate names, and the tables of units: fetched, or found as fetched before.

    `base` is the address of the dumps. Raises BadInput for what is no country code, and as `download.fetch` does.
    """
    if not _COUNTRY.fullmatch(country):
        raise BadInput(
            "Countries are ISO 3166-1 alpha-2 codes such as SY; a file is given with --file.", field="country"
        )
    folder, base = data_dir / "downloads", base.rstrip("/")
    table = download.fetch(f"{base}/{country}.zip", folder / f"{country}.zip", advance)
    names = folder / "alternatenames" / f"{country}.zip"
    alternates = [download.fetch(f"{base}/alternatenames/{country}.zip", names, advance)]
    units = [download.fetch(f"{base}/{name}", folder / name, advance) for name in _UNIT_TABLES]
    return table, alternates, units


def add_geonames(
    data_dir: Path,
    table: Path,
    *,
    alternates: Sequence[Path] = (),
    unit_names: Sequence[Path] = (),
    origin: str | None = None,
    checksum: str | None = None,
    advance: Progress = nothing,
) -> Layer:
    """Add a GeoNames table as `geonames-NAME`. `checksum`: the SHA-256 that the table must have. Raises BadInput."""
    found = _checksum([table, *alternates, *unit_names])
    if checksum is not None and sha256(table) != checksum.lower():
        raise BadInput(f"{table.name} has another SHA-256 than the one given: it is damaged, or another version.")
    name = table_name(table)
    what = Described(
        "geonames", f"GeoNames {name}", geonames.LICENCE, geonames.ATTRIBUTION, origin or table.name, found
    )
    units, kinds = _units_and_kinds(data_dir)
    for path in unit_names:
        geonames.read_unit_names(path, units)

    def fill(writer: Writer) -> Mapping[str, Any]:
        extra = geonames.Alternates(alternates, folder_of(data_dir), advance) if alternates else None
        try:
            return geonames.fill(writer, table, units, kinds, extra, advance)
        finally:
            if extra is not None:
                extra.close()

    return write_layer(data_dir, layer_name("geonames", name), what, fill)


def add_gns(data_dir: Path, table: Path, *, advance: Progress = nothing) -> Layer:
    """Add a country file of the GEOnet Names Server as `gns-NAME`. Raises BadInput."""
    name = table_name(table)
    what = Described("gns", f"GNS {name}", gns.LICENCE, gns.ATTRIBUTION, table.name, _checksum([table]))
    units, kinds = _units_and_kinds(data_dir)
    return write_layer(
        data_dir,
        layer_name("gns", name),
        what,
        lambda writer: gns.fill(writer, table, folder_of(data_dir), units, kinds, advance),
    )


def add_list(
    data_dir: Path, table: Path, *, licence: str = "", attribution: str = "", advance: Progress = nothing
) -> Layer:
    """Add a user's own list as `csv-NAME`. Raises BadInput."""
    layer = layer_name("csv", table_name(table))
    what = Described("csv", f"list {table_name(table)}", licence, attribution, table.name, _checksum([table]))
    units, kinds = _units_and_kinds(data_dir)
    return write_layer(data_dir, layer, what, lambda writer: own_list.fill(writer, table, layer, units, kinds, advance))


def add_boundaries(
    data_dir: Path,
    file: Path,
    *,
    level: str = "ADM2",
    country: str | None = None,
    name_property: str | None = None,
    licence: str = "",
    attribution: str = "",
    advance: Progress = nothing,
) -> Layer:
    """Add the polygons of a GeoJSON file as `boundaries-NAME`. Raises BadInput."""
    if country is not None and not _COUNTRY.fullmatch(country):
        raise BadInput("The country must be an ISO 3166-1 alpha-2 code such as SY.", field="country")
    stem = table_name(file)
    layer = layer_name("boundaries", stem)
    what = Described("boundaries", f"boundaries {stem}", licence, attribution, file.name, _checksum([file]))
    units, kinds = _units_and_kinds(data_dir)
    return write_layer(
        data_dir,
        layer,
        what,
        lambda writer: boundaries.fill(
            writer, file, layer, units, kinds, advance, level=level, country=country, name_property=name_property
        ),
    )


def _units_and_kinds(data_dir: Path) -> tuple[Units, Mapping[str, FeatureKind]]:
    return Units(data_dir / FILE_NAME), read_feature_kinds(BASE / "feature_codes.csv")


def _checksum(paths: Sequence[Path]) -> str:
    for path in paths:
        if not path.is_file():
            raise BadInput(f"There is no file {path}.")
    digests = [sha256(path) for path in paths]
    return digests[0] if len(digests) == 1 else hashlib.sha256(" ".join(digests).encode()).hexdigest()
