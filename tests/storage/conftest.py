"""Both kinds of database: every test that takes one runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from benchmarks.own_postgres import OwnPostgres
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.storage.tables import metadata

KINDS = ("sqlite", "postgresql")
NOW = "2026-11-22T12:00:00Z"
Where = str | Path
DatabaseMaker = Callable[[], Where]


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Name the kind of database that a test runs on."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def new_database(
    kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> DatabaseMaker:
    """Return what makes a database without any table and says where it is."""
    if kind == "sqlite":
        folder = tmp_path_factory.mktemp("databases")
        return lambda: folder / f"{uuid4().hex}.db"
    server: OwnPostgres = request.getfixturevalue("postgres")
    return lambda: server.url(server.new_database())


@pytest.fixture(scope="module")
def shared(new_database: DatabaseMaker) -> Iterator[tuple[Where, Engine]]:
    """Open one database for all tests of a module."""
    where = new_database()
    engine = open_engine(where)
    yield where, engine
    engine.dispose()


@pytest.fixture
def engine(shared: tuple[Where, Engine]) -> Engine:
    """Return a database in which nothing is kept."""
    _, engine = shared
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            names = ", ".join(metadata.tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    return engine


@pytest.fixture
def database(shared: tuple[Where, Engine], engine: Engine) -> Where:
    """Return where that database is, for other programs to open it."""
    return shared[0]


@pytest.fixture
def store(engine: Engine) -> SqlSessionStore:
    """Return a store with nothing in it, where it is always noon."""
    return SqlSessionStore(engine, clock=lambda: NOW)


@pytest.fixture
def holds(database: Where, engine: Engine) -> Callable[[str], bool]:
    """Return what says whether words stand in the database: in its files, or in a row of it."""

    def in_files(words: str) -> bool:
        files = Path(database).parent.glob(f"{Path(database).name}*")
        return any(words.encode() in file.read_bytes() for file in files)

    def in_rows(words: str) -> bool:
        with engine.begin() as connection:
            return any(
                words in str(row)
                for table in metadata.sorted_tables
                for row in connection.execute(table.select())
            )

    return in_files if engine.dialect.name == "sqlite" else in_rows
