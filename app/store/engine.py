"""How connections are made, and what a transaction means on each of the two stores.

Writers run one after the other on both: SQLite by `BEGIN IMMEDIATE`, PostgreSQL by an advisory lock. "Is this article
stored? Does its incident exist? Then insert." is therefore free of races, and a writer only waits for the few
milliseconds of another's insert, never for its reading of a text.
"""

import sqlite3
from pathlib import Path

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import NotReady
from app.settings import Settings

WRITES = "dateline_writes"
"""Execution option that marks the connections of writers."""

BUSY_SECONDS = 10
"""How long a writer waits for another one, and anybody for a free connection."""

_WRITER_LOCK = 0x64617465
"""The advisory lock's number: "date" in ASCII."""


def database_url(settings: Settings) -> URL:
    """The URL with its driver; `postgresql://` and `postgres://` mean psycopg 3. Raises NotReady for another store."""
    try:
        url = make_url(settings.database_url)
    except ArgumentError as error:
        raise NotReady(
            "DATELINE_DATABASE_URL is no address of a database: sqlite:///PATH or postgresql://..."
        ) from error
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite+pysqlite")
    raise NotReady("DATELINE_DATABASE_URL must start with sqlite:///PATH (a file) or postgresql://.")


def make_engine(settings: Settings) -> Engine:
    """An engine with our transactions. Makes the folder of a SQLite file; connects to nothing yet."""
    url = database_url(settings)
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        connect_args = {"timeout": BUSY_SECONDS}
    else:
        connect_args = {"connect_timeout": 5}
    engine = create_engine(
        url,
        connect_args=connect_args,
        json_serializer=lambda value: orjson.dumps(value).decode(),  # keeps the order of keys
        json_deserializer=orjson.loads,
        pool_size=8,
        max_overflow=32,  # the server answers on up to 40 threads
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=url.get_backend_name() != "sqlite",
    )
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def writer(engine: Engine) -> Engine:
    """The same pool, for transactions that write."""
    return engine.execution_options(**{WRITES: True})


def reader(engine: Engine) -> Engine:
    """The same pool, for transactions that read: each sees the store as it was at one moment."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - narrows the type; only SQLite engines listen here
    connection.isolation_level = None  # the driver would begin on its own, too late and never IMMEDIATE
    # FULL: an acknowledged article survives a power cut; WAL: readers do not wait for the writer.
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader may meet "database is locked" half-way, without waiting.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
