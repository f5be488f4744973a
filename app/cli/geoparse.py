"""`dateline geoparse`: read articles from files or standard input; no server and no database take part."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from app.cli.gazetteer import compiled
from app.domain.documents import MAX_TEXT, Article, Document
from app.errors import BadInput, DatelineError, TooLarge
from app.settings import Settings

STANDARD_INPUT = "-"


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Articles as plain text; none or - reads standard input."),
    ] = None,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of publication, where it is known.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The headline.")] = None,
    source: Annotated[str | None, typer.Option(help="The outlet's name.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json/--table", help="The service's JSON (of several files one line each), or a table.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Each event in the words that support it, and why, instead of tables.")
    ] = False,
) -> None:
    """Read articles and print their events and places.

    The first use compiles the gazetteer, which takes about half a minute.
    """
    from app.cli.explain import print_explained
    from app.pipeline import geoparse
    from app.places import load_places

    names = files or [STANDARD_INPUT]
    settings = Settings()
    places = load_places(settings.gazetteer_path if settings.gazetteer_path.is_file() else compiled(settings))
    day = published.date() if published else None
    failed = False
    for name in names:
        try:
            article = read_article(name, day, title, source)
            document = geoparse(article, places, recogniser=settings.recogniser)
        except DatelineError as error:
            typer.echo(f"dateline: {_shown(name)}: {error}", err=True)
            failed = True
            continue
        heading = name if len(names) > 1 else None
        if explain and not as_json:
            print_explained(document, article.text, None if heading is None else _shown(heading))
        else:
            _print(document, heading, as_json=as_json)
    if failed:
        raise typer.Exit(1)


def read_article(name: str, published: date | None, title: str | None, source: str | None) -> Article:
    """The article in a file, or in standard input for `-`. Raises BadInput or TooLarge, with what to change."""
    from app.services.checks import check_article

    if name == STANDARD_INPUT and sys.stdin.isatty():
        typer.echo("Type or paste the article; Ctrl-D on an empty line ends it.", err=True)
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except OSError as error:
        raise BadInput(f"The file cannot be read ({error.strerror}).") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"The text is not UTF-8 (byte {error.start:,}): convert it first, for example with iconv."
        ) from error
    if not text.strip():
        raise BadInput("There is no text in it.")
    if len(text) > MAX_TEXT:
        raise TooLarge(f"The text is too long: at most {MAX_TEXT:,} characters are read.")
    article = Article(text, title=title, published=published, source=source)
    check_article(article)
    return article


def _shown(name: str) -> str:
    return "standard input" if name == STANDARD_INPUT else name


def _print(document: Document, file: str | None, *, as_json: bool) -> None:
    if as_json:
        from app.formats.document import document_to_dict

        head: dict[str, Any] = {} if file is None else {"file": file}
        sys.stdout.buffer.write(orjson.dumps(head | document_to_dict(document)) + b"\n")
        sys.stdout.buffer.flush()
        return
    from app.cli.table import print_tables

    print_tables(document, None if file is None else _shown(file))
