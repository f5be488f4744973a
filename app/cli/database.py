"""`dateline db`: the schema of the store."""

import typer

from app.settings import Settings

commands = typer.Typer(help="The database's schema (DATELINE_DATABASE_URL).", no_args_is_help=True)


@commands.command()
def upgrade() -> None:
    """Bring the database to the newest schema; nothing happens when it is there already."""
    from app.store.migrate import current
    from app.store.migrate import upgrade as migrate

    settings = Settings()
    migrate(settings)
    typer.echo(f"The database is at revision {current(settings)}.")


@commands.command()
def current() -> None:
    """Print the schema's revision, and the newest one that this version knows."""
    from app.store.migrate import current as revision
    from app.store.migrate import head

    typer.echo(f"{revision(Settings()) or 'empty'} (newest: {head()})")
