"""The store: one engine, and the transactions that services work in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from app.errors import NotReady
from app.settings import Settings
from app.store.articles import Articles
from app.store.engine import make_engine, reader, writer
from app.store.events import Events
from app.store.jobs import Jobs
from app.store.migrate import head, revision_of
from app.store.own_places import OwnPlaceTable


@dataclass(frozen=True, slots=True)
class Transaction:
    """The repositories of one transaction."""

    articles: Articles
    events: Events
    jobs: Jobs
    own_places: OwnPlaceTable


class Store:
    """Articles, their events, and jobs. Safe to share between threads; not between processes (each opens its own)."""

    def __init__(self, engine: Engine) -> None:
        """Over an engine of `make_engine`."""
        self.engine = engine
        self._readers = reader(engine)
        self._writers = writer(engine)

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """A transaction that writes: all of it is stored when the block ends, nothing when it raises.

        Writers take turns, so keep what does not need the store out of the block. Raises NotReady when the database
        cannot be reached or stays busy.
        """
        with self._session(self._writers) as transaction:
            yield transaction

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction that reads, and sees the store as it was at one moment. Raises NotReady like `begin`."""
        with self._session(self._readers) as transaction:
            yield transaction

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Transaction]:
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield Transaction(Articles(session), Events(session), Jobs(session), OwnPlaceTable(session))
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            raise NotReady("The database cannot serve at the moment; try again shortly.") from error
        except ProgrammingError as error:
            fault = self.ready()  # a table that is not there yet is no fault of the query
            if fault is None:
                raise
            raise NotReady(fault) from error

    def ready(self) -> str | None:
        """None when the database can be reached and is migrated; else the reason why not, as a sentence."""
        try:
            with self._readers.connect() as connection:
                revision = revision_of(connection)
        except (SQLAlchemyError, OSError):
            return "The database cannot be reached."
        if revision != head():
            found = f"at revision {revision}" if revision else "empty"
            return f"The database is {found} and must be at {head()}: run `dateline db upgrade`."
        return None

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()


def open_store(settings: Settings) -> Store:
    """The store that the settings name. Connects to nothing yet; `Store.ready` says whether it can serve."""
    return Store(make_engine(settings))
