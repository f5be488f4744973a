"""`dateline gazetteer`: the compiled gazetteer, and what is added to it."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from app.errors import BadInput, NotReady
from app.places.layout import FILE_NAME
from app.settings import Settings

commands = typer.Typer(help="The compiled gazetteer (DATELINE_GAZETTEER_PATH).", no_args_is_help=True)


def compiled(settings: Settings, *, force: bool = False, apart: bool = False) -> Path:
    """Compile the gazetteer where the settings want it, unless it is there and current; its path.

    `apart`: in a process of its own, since a server must not keep the 400 MB that compiling takes. Raises NotReady when
    it cannot be compiled. The progress bar goes to standard error.
    """
    from gazetteer.build import BrokenBuild, build, is_current

    folder = _folder(settings)
    try:
        if apart and not is_current(folder):
            made = subprocess.run([sys.executable, "-m", "app.cli", "gazetteer", "build"], stdout=subprocess.DEVNULL)
            if made.returncode:
                raise SystemExit(made.returncode)  # it has said why
            return settings.gazetteer_path
        with contextlib.redirect_stdout(sys.stderr):  # standard output belongs to what was asked for
            return build(folder, force=force, progress=True)
    except ModuleNotFoundError as error:
        raise NotReady(f"The gazetteer cannot be compiled here: the package {error.name} is not installed.") from error
    except BrokenBuild as error:
        raise NotReady(str(error)) from error


def _folder(settings: Settings) -> Path:
    if settings.gazetteer_path.name != FILE_NAME:
        raise NotReady(f"The builder names its file {FILE_NAME}: let DATELINE_GAZETTEER_PATH end in that.")
    return settings.gazetteer_path.parent


@commands.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Compile even when the file is current.")] = False,
) -> None:
    """Compile the gazetteer from the installed sources (about 30 s); nothing happens when it is current."""
    path = compiled(Settings(), force=force)
    typer.echo(f"The gazetteer is ready: {path} ({path.stat().st_size / 1e6:.0f} MB).")


@contextlib.contextmanager
def _rows_bar(what: str) -> Iterator[Callable[[int], None]]:
    """A counter of rows on standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None)
        yield lambda count: bar.advance(task, count)


@contextlib.contextmanager
def _bytes_bar(what: str) -> Iterator[Callable[[int, int | None], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@commands.command()
def add(
    countries: Annotated[
        list[str] | None, typer.Argument(help="Countries to fetch from GeoNames, as alpha-2 codes: SY UA.")
    ] = None,
    file: Annotated[
        list[Path] | None, typer.Option(help="A GeoNames table that is here already: SY.zip, .txt or .txt.gz.")
    ] = None,
    alternates: Annotated[
        list[Path] | None, typer.Option(help="With --file: its alternateNamesV2 table, packed or not.")
    ] = None,
    sha256: Annotated[str | None, typer.Option(help="With one --file: the checksum that it must have.")] = None,
    gns: Annotated[list[Path] | None, typer.Option(help="A country file of the GEOnet Names Server.")] = None,
    boundaries: Annotated[
        list[Path] | None, typer.Option(help="A GeoJSON file with polygons of districts or other areas.")
    ] = None,
    csv: Annotated[
        list[Path] | None, typer.Option(help="A list of your own: name, country, lat, lon, and more.")
    ] = None,
    level: Annotated[str, typer.Option(help="With --boundaries: GeoNames code of the polygons.")] = "ADM2",
    country: Annotated[str | None, typer.Option(help="With --boundaries: the country, where none is named.")] = None,
    name_property: Annotated[str | None, typer.Option(help="With --boundaries: the property with the name.")] = None,
    licence: Annotated[str, typer.Option(help="With --boundaries and --csv: the licence of the data.")] = "",
    attribution: Annotated[str, typer.Option(help="The same: the credit to show with answers.")] = "",
) -> None:
    """Add places from other sources; the rest stays as it is, and a running service picks them up at once."""
    from gazetteer.layers import add as layers

    settings = Settings()
    folder = _folder(settings)
    if not settings.gazetteer_path.is_file():
        compiled(settings)
    if not (countries or file or gns or boundaries or csv):
        raise BadInput("Say what to add: country codes, or --file, --gns, --boundaries or --csv.")
    if sha256 is not None and len(file or []) != 1:
        raise BadInput("--sha256 goes with exactly one --file.")
    if alternates and len(file or []) != 1:
        raise BadInput("--alternates goes with exactly one --file.")
    for code in countries or []:
        with _bytes_bar(f"Fetching {code}") as fetching:
            table, names, units = layers.fetched(folder, code.upper(), settings.geonames_url, fetching)
        with _rows_bar(f"Adding {code}") as advance:
            _told(
                layers.add_geonames(
                    folder, table, alternates=names, unit_names=units, origin=f"{settings.geonames_url}/{table.name}",
                    advance=advance,
                )
            )  # fmt: skip
    for path in file or []:
        with _rows_bar(f"Adding {path.name}") as advance:
            _told(layers.add_geonames(folder, path, alternates=alternates or [], checksum=sha256, advance=advance))
    for path in gns or []:
        with _rows_bar(f"Adding {path.name}") as advance:
            _told(layers.add_gns(folder, path, advance=advance))
    for path in csv or []:
        with _rows_bar(f"Adding {path.name}") as advance:
            _told(layers.add_list(folder, path, licence=licence, attribution=attribution, advance=advance))
    for path in boundaries or []:
        with _rows_bar(f"Adding {path.name}") as advance:
            _told(
                layers.add_boundaries(
                    folder, path, level=level, country=country, name_property=name_property, licence=licence,
                    attribution=attribution, advance=advance,
                )
            )  # fmt: skip


def _told(layer: Any) -> None:
    meta = layer.meta
    left_out = f", {meta['left_out']:,} rows of other kinds left out" if meta.get("left_out") else ""
    typer.echo(f"{layer.name}: {meta['places']:,} places, {meta['names']:,} names{left_out}.")


@commands.command(name="list")
def list_layers() -> None:
    """Print what was added, a line each."""
    from gazetteer.layers.layer import layers

    found = layers(_folder(Settings()))
    if not found:
        typer.echo("Nothing was added to the base.")
    for layer in found:
        meta = layer.meta
        if not meta:
            typer.echo(f"{layer.name}  cannot be read: remove it, or add it again")
            continue
        size = layer.path.stat().st_size / 1e6
        held = meta.get("countries", [])
        countries = ",".join(held[:8]) + ("..." if len(held) > 8 else "")
        typer.echo(
            f"{layer.name}  {meta['places']:,} places  {size:.1f} MB  {countries}  from {meta.get('origin')}  "
            f"added {meta.get('added', '')[:10]}  sha256 {meta.get('sha256')}"
        )


@commands.command()
def remove(names: Annotated[list[str], typer.Argument(help="As `list` prints them: geonames-SY.")]) -> None:
    """Take what was added out again; a running service stops using it at once."""
    from gazetteer.layers.layer import remove as remove_layer

    for name in names:
        remove_layer(_folder(Settings()), name)
        typer.echo(f"{name} is removed.")


@commands.command()
def verify() -> None:
    """Check the base and all that was added, in full; exit status 1 when something is broken."""
    from gazetteer.layers.layer import check_all

    broken = 0
    for name, fault in check_all(_folder(Settings())):
        typer.echo(f"{name}: {fault or 'whole'}")
        broken += fault is not None
    if broken:
        raise typer.Exit(1)


@commands.command()
def info() -> None:
    """Print version, counts, sources and licences of the compiled gazetteer and of what was added."""
    from gazetteer.build import info as describe
    from gazetteer.layers.layer import layers

    settings = Settings()
    path = settings.gazetteer_path
    try:
        facts: dict[str, Any] = describe(path)
    except FileNotFoundError:
        raise NotReady(f"There is no gazetteer at {path}: run `dateline gazetteer build`.") from None
    except (sqlite3.DatabaseError, ValueError) as error:
        raise NotReady(f"The file {path} is no gazetteer: run `dateline gazetteer build --force`.") from error
    sources = facts.pop("sources")
    for name, value in facts.items():
        typer.echo(f"{name}: {value}")
    for layer in layers(path.parent):
        sources += layer.meta.get("sources", [])
    for source in sources:
        licence = f" ({source['licence']})" if source["licence"] else ""
        typer.echo(f"source: {source['name']} {source['version']}{licence}. {source['attribution']}".rstrip())
