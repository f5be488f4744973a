"""Fixtures that several rooms share.

Strategy
- A test makes the values it is about with `tests.factories`; fixtures only give what must be built and taken down.
- `store` is a migrated, empty store. A test that takes it runs on each kind of store: on SQLite always, on PostgreSQL
  with PostGIS when DATELINE_TEST_POSTGRES_URL names a database that tests may fill and empty
  (`tests/start_postgres.sh` starts one); else that run is skipped and says so.
- Nothing is left behind. SQLite: each test gets its own copy of a file that was migrated once. PostgreSQL: a scratch
  database, migrated once, emptied before each test and dropped at the end. Services own their transactions, so "roll
  back after each test" would hide the very thing that is tested.
- `sqlite_settings` is for tests to which the kind of store does not matter (the web, the command line).
- `places` is the real gazetteer, compiled once into a folder that outlives the run (DATELINE_TEST_DATA_DIR, else
  data/test). Tests of a single rule hand in `tests.factories.DictPlaces` instead.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from app.places import Gazetteer, load_places
from app.settings import Settings
from app.store import Store, open_store
from app.store.migrate import upgrade
from tests.compiled import compiled_gazetteer

STORES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@contextmanager
def scratch_database() -> Iterator[str]:
    """The URL of a new, empty PostgreSQL database, dropped at the end; skips where no server is named."""
    server = os.environ.get("DATELINE_TEST_POSTGRES_URL")
    if not server:
        pytest.skip("DATELINE_TEST_POSTGRES_URL is not set (tests/start_postgres.sh starts a server and prints it)")
    name = f"dateline_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def settings_for(folder: Path, database_url: str | None = None) -> Settings:
    """Settings that write into a folder and listen to no environment but ours."""
    if database_url is None:
        return Settings(data_dir=folder)
    return Settings(data_dir=folder, database_url=database_url)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many rows of our own the dumps could check (tests/unit/gazetteer/test_supplement.py)."""
    told = [
        value
        for report in terminalreporter.stats.get("passed", ())
        for name, value in report.user_properties
        if name == "supplement"
    ]
    if told:
        rows, checked = (sum(pair[n] for pair in told) for n in (0, 1))
        terminalreporter.write_line(
            f"supplement: {checked} of {rows} settlement rows lie where GeoNames-layout dumps have them "
            f"({100 * checked / rows:.0f} % could be checked)"
        )


@pytest.fixture(scope="session")
def places() -> Iterator[Gazetteer]:
    """The real gazetteer. Compiling takes about 20 s the first time and nothing while its inputs stay the same."""
    opened = load_places(compiled_gazetteer())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = settings_for(tmp_path_factory.mktemp("migrated"))
    upgrade(settings)
    return settings.data_dir / "dateline.sqlite"


@pytest.fixture(scope="session")
def _migrated_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with scratch_database() as url:
        settings = settings_for(tmp_path_factory.mktemp("postgres"), url)
        upgrade(settings)
        yield settings


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep DATELINE_* settings of the developer's shell out of the tests."""
    for name in list(os.environ):
        if name.startswith("DATELINE_") and not name.startswith(("DATELINE_TEST_", "DATELINE_SHARED")):
            monkeypatch.delenv(name)


@pytest.fixture
def sqlite_settings(tmp_path: Path, _migrated_sqlite: Path) -> Settings:
    """Settings of a migrated, empty SQLite store in a folder of the test's own."""
    shutil.copy(_migrated_sqlite, tmp_path / "dateline.sqlite")
    return settings_for(tmp_path, f"sqlite:///{tmp_path / 'dateline.sqlite'}")


@pytest.fixture(params=STORES)
def store_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings of a migrated, empty store; once for each kind."""
    if request.param == "sqlite":
        settings: Settings = request.getfixturevalue("sqlite_settings")
        return settings
    settings = request.getfixturevalue("_migrated_postgres")
    with psycopg.connect(settings.database_url, autocommit=True) as admin:
        admin.execute("TRUNCATE articles, events, jobs RESTART IDENTITY CASCADE")
    return settings


@pytest.fixture
def store(store_settings: Settings) -> Iterator[Store]:
    """A migrated, empty store; once for each kind."""
    opened = open_store(store_settings)
    yield opened
    opened.close()


@pytest.fixture(params=STORES)
def empty_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database without any table; once for each kind. For tests of migrations."""
    if request.param == "sqlite":
        yield settings_for(tmp_path)
    else:
        with scratch_database() as url:
            yield settings_for(tmp_path, url)
