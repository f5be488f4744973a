"""Migrations from code: no alembic.ini, so that they run from an installed package too."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

import migrations
from app.errors import NotReady
from app.settings import Settings
from app.store.engine import make_engine, writer


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


@cache
def head() -> str:
    """The newest revision that this version of the code knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def revision_of(connection: Connection) -> str | None:
    """The revision a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring the database to a revision, in one transaction. Safe to call from several processes at once.

    Raises NotReady when the database cannot be reached.
    """
    with _connected(settings) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(settings: Settings, revision: str) -> None:
    """Take the database back to a revision (`base`: no tables), in one transaction; what later ones hold is dropped."""
    with _connected(settings) as connection:
        command.downgrade(_config(connection), revision)


def current(settings: Settings) -> str | None:
    """The revision the database is at; None for an empty one."""
    with _connected(settings) as connection:
        return revision_of(connection)


@contextmanager
def _connected(settings: Settings) -> Iterator[Connection]:
    engine = make_engine(settings)
    try:
        try:
            connection = writer(engine).connect()
        except OperationalError as error:
            raise NotReady("The database cannot be reached.") from error
        with connection, connection.begin():
            yield connection
    finally:
        engine.dispose()
