"""The command line: `dateline geoparse`, `serve`, `gazetteer` and `db`.

Exit status: 0 fine, 1 an error that one line on standard error explains, 2 a command that cannot be understood.
"""

import os
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer
from pydantic import ValidationError

from app.cli import database, dates, gazetteer, geoparse, serve
from app.errors import DatelineError

cli = typer.Typer(
    name="dateline",
    help="Article text in; dated, located, typed conflict events out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli.command("geoparse")(geoparse.command)
cli.command("dates")(dates.command)
cli.command("serve")(serve.command)
cli.add_typer(gazetteer.commands, name="gazetteer")
cli.add_typer(database.commands, name="db")


def _print_version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(version("dateline"))
        except PackageNotFoundError:
            typer.echo("0 (run from a folder, not installed)")
        raise typer.Exit


@cli.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Article text in; dated, located, typed conflict events out."""


def main() -> None:
    """The `dateline` command."""
    try:
        cli(prog_name="dateline")
    except DatelineError as error:
        _fail(str(error), 1)
    except ValidationError as error:  # of Settings: nothing else is checked by pydantic here
        faults = [f"DATELINE_{'_'.join(map(str, f['loc'])).upper()}: {f['msg']}." for f in error.errors()]
        _fail(" ".join(faults), 2)
    except BrokenPipeError:
        # Whoever read our output (`| head`) has had enough; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _fail(f"{error.strerror}: {error.filename}" if error.filename else str(error), 1)


def _fail(sentence: str, status: int) -> None:
    typer.echo(f"dateline: {sentence}", err=True)
    sys.exit(status)
