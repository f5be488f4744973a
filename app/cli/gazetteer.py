"""`dateline gazetteer`, and the compiled gazetteer that the other commands need."""

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.errors import NotReady
from app.places.layout import FILE_NAME
from app.settings import Settings

commands = typer.Typer(help="The compiled gazetteer (DATELINE_GAZETTEER_PATH).", no_args_is_help=True)


def compiled(settings: Settings, *, force: bool = False, apart: bool = False) -> Path:
    """Compile the gazetteer where the settings want it, unless it is there and current; its path.

    `apart`: in a process of its own, since a server must not keep the 400 MB that compiling takes. Raises NotReady when
    it cannot be compiled. The progress bar goes to standard error.
    """
    from gazetteer.build import BrokenBuild, build, is_current

    path = settings.gazetteer_path
    if path.name != FILE_NAME:
        raise NotReady(f"The builder names its file {FILE_NAME}: let DATELINE_GAZETTEER_PATH end in that.")
    try:
        if apart and not is_current(path.parent):
            made = subprocess.run([sys.executable, "-m", "app.cli", "gazetteer", "build"], stdout=subprocess.DEVNULL)
            if made.returncode:
                raise SystemExit(made.returncode)  # it has said why
            return path
        with contextlib.redirect_stdout(sys.stderr):  # standard output belongs to what was asked for
            return build(path.parent, force=force, progress=True)
    except ModuleNotFoundError as error:
        raise NotReady(f"The gazetteer cannot be compiled here: the package {error.name} is not installed.") from error
    except BrokenBuild as error:
        raise NotReady(str(error)) from error


@commands.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Compile even when the file is current.")] = False,
) -> None:
    """Compile the gazetteer from the installed sources (about 30 s); nothing happens when it is current."""
    path = compiled(Settings(), force=force)
    typer.echo(f"The gazetteer is ready: {path} ({path.stat().st_size / 1e6:.0f} MB).")


@commands.command()
def info() -> None:
    """Print version, counts, sources and licences of the compiled gazetteer."""
    from gazetteer.build import info as describe

    path = Settings().gazetteer_path
    try:
        facts: dict[str, Any] = describe(path)
    except FileNotFoundError:
        raise NotReady(f"There is no gazetteer at {path}: run `dateline gazetteer build`.") from None
    except (sqlite3.DatabaseError, ValueError) as error:
        raise NotReady(f"The file {path} is no gazetteer: run `dateline gazetteer build --force`.") from error
    sources = facts.pop("sources")
    for name, value in facts.items():
        typer.echo(f"{name}: {value}")
    for source in sources:
        typer.echo(f"source: {source['name']} {source['version']} ({source['licence']}). {source['attribution']}")
