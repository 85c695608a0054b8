"""Opens a database: a SQLite file of this program's own, or a PostgreSQL server."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from interviewer.errors import InterviewerError, SetupError
from interviewer.storage.schema import bring_up_to_date
from interviewer.storage.transactions import WRITES

BUSY_SECONDS = 5
# FULL: a commit returns only when the disk has it, so an acknowledged turn survives a power cut.
# secure_delete and temp_store: what is forgotten is overwritten and never copied beside the file.
# page_size: a turn is 1 to 2 KB; in pages of 4 KB a third of the file would stay empty.
_PRAGMAS = (
    "page_size = 1024",
    f"busy_timeout = {BUSY_SECONDS * 1000}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
)
# A server that is gone must be told within seconds; a lock is waited for as long as with SQLite.
_CONNECT_SECONDS = 5


def open_engine(where: str | Path) -> Engine:
    """Open the database and bring it to the schema of this program.

    Dispose of the engine (`engine.dispose()`) when it is no longer needed; SQLite then folds its
    `-wal` file into the database.

    Args:
        where: A file (created for this user alone when absent), `sqlite:///FILE`, or
            `postgresql://USER:PASSWORD@HOST/NAME`.

    Raises:
        SetupError: The folder cannot be written, the file is no database or was written by a
            newer version, the server does not answer, or its driver is not installed.
    """
    engine = unopened_engine(where)
    try:
        bring_up_to_date(engine)
    except InterviewerError:
        engine.dispose()
        raise
    return engine


def unopened_engine(where: str | Path) -> Engine:
    """Return a database as it is, whatever its schema; for `open_engine` and for looking at it.

    Raises:
        SetupError: The folder cannot be written, or the server's driver is not installed.
    """
    url = _url(where)
    return _sqlite_engine(url) if url.get_backend_name() == "sqlite" else _server_engine(url)


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    scheme, rest = where.split("://", 1)
    if scheme in {"postgres", "postgresql"}:
        scheme = "postgresql+psycopg"
    try:
        url = make_url(f"{scheme}://{rest}")
    except (ArgumentError, ValueError):
        # The URL may hold a password, so the message does not repeat it.
        raise SetupError(
            "The database URL cannot be read. Write postgresql://USER:PASSWORD@HOST/NAME, "
            "or the path of a file."
        ) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise SetupError(
            f"Databases of the kind {scheme!r} are not supported. Write "
            "postgresql://USER:PASSWORD@HOST/NAME, or the path of a file."
        )
    return url


def _server_engine(url: URL) -> Engine:
    driver = url.get_driver_name()
    if driver != "psycopg":
        raise SetupError(
            f"The PostgreSQL driver {driver!r} is not supported. Write postgresql:// without one."
        )
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}
    try:
        engine = create_engine(
            url, hide_parameters=True, pool_pre_ping=True, pool_size=10, connect_args=patience
        )
    except ImportError:
        raise SetupError(
            "The database URL needs the Python package psycopg, which is not installed. "
            "Run: pip install 'three-rounds[postgres]'"
        ) from None
    event.listen(engine, "connect", _on_server_connect)
    return engine


def _sqlite_engine(url: URL) -> Engine:
    database = url.database or ""
    if database in {"", ":memory:"} or database.startswith("file:"):
        raise SetupError(
            f"The database {url.render_as_string()!r} is no file. Give the path of a file."
        )
    file = _OwnFile(Path(database).absolute())
    # Parameters stay out of error messages: they are what candidates said.
    engine = create_engine(url, hide_parameters=True, creator=file.connect)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", file.on_begin)
    return engine


class _OwnFile:
    """A database's file, made for this user alone and watched while it is open.

    A file that is deleted or replaced under a program that has it open takes everything that is
    written to it along; so no transaction begins on another file than the one that was opened.
    """

    def __init__(self, path: Path) -> None:
        """Make the file; SQLite gives its -wal and -shm the same rights."""
        self.path = path
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._opened = self._identity()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise SetupError(
                f"The database {path} cannot be opened for writing ({reason}). Choose a data "
                "folder that this user may write to."
            ) from None

    def connect(self) -> sqlite3.Connection:
        """Open the file; one that is gone is not made anew."""
        self.check()
        return sqlite3.connect(
            f"file:{quote(str(self.path))}?mode=rw",
            uri=True,
            timeout=float(BUSY_SECONDS),
            check_same_thread=False,
        )

    def on_begin(self, connection: Connection) -> None:
        """Begin a transaction.

        A writer takes the lock first: one that read before would fail when another wrote between.
        """
        self.check()
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    def check(self) -> None:
        """Make sure that the file is the one that was opened.

        Raises:
            SetupError: It was deleted, moved or replaced.
        """
        try:
            same = self._identity() == self._opened
        except OSError:
            same = False
        if not same:
            raise SetupError(
                f"The database {self.path} was moved, replaced or deleted while the program ran. "
                "Put it back, or start the program again to go on with what is there now."
            )

    def _identity(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_dev, found.st_ino


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    # Python's driver would open transactions late and without a write lock; `on_begin` does it.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _on_server_connect(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    cursor.close()
    connection.commit()
