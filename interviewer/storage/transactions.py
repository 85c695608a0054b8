"""The two kinds of transaction, and the thread they run in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from interviewer.storage.failures import as_sentences

P = ParamSpec("P")
T = TypeVar("T")
WRITES = "interviewer_writes"
"""Execution option of a connection that is going to write."""

Begin = Callable[[Engine], AbstractContextManager[Connection]]


def utc_now() -> str:
    """Return the present time, ISO in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def place_of(engine: Engine) -> str:
    """Return how to name the database to a user: its file, or its URL without the password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    shown = engine.url.set(drivername=engine.dialect.name)
    return shown.render_as_string(hide_password=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one state of the database and changes nothing.

    Raises:
        InputError: A text cannot be kept by the database.
        SetupError: The database fails.
    """
    # On PostgreSQL every statement would else see what others have committed by then.
    reader = (
        engine.execution_options(isolation_level="REPEATABLE READ")
        if engine.dialect.name == "postgresql"
        else engine
    )
    with as_sentences(place_of(engine)), reader.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that writes; it is kept whole, or not at all when the block raises.

    Raises:
        InputError: A text cannot be kept by the database.
        SetupError: The database fails.
    """
    writer = engine.execution_options(**{WRITES: True})
    with as_sentences(place_of(engine)), writer.begin() as connection:
        yield connection


async def in_transaction(
    begin: Begin,
    engine: Engine,
    work: Callable[Concatenate[Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run work in a transaction of its own, in a thread, so that the event loop goes on.

    A caller that is cancelled does not stop the thread: the transaction may still be kept.

    Args:
        begin: `reading` or `writing`.
        engine: The database.
        work: What to do; given a connection of the engine and the arguments.
        *args: The work's arguments after the connection.
        **kwargs: The same by name.

    Returns:
        What the work returned, after the transaction was committed.

    Raises:
        InputError: A text cannot be kept by the database.
        SetupError: The database fails.
    """

    def run() -> T:
        with begin(engine) as connection:
            return work(connection, *args, **kwargs)

    return await asyncio.to_thread(run)


class Transacting:
    """What does everything in transactions of one database."""

    def __init__(self, engine: Engine, *, clock: Callable[[], str] = utc_now) -> None:
        """Keep things in this database.

        Args:
            engine: From `open_engine`; whoever opened it disposes of it.
            clock: Returns the present ISO time in UTC.
        """
        self._engine = engine
        self._clock = clock

    async def _read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await in_transaction(reading, self._engine, work, *args, **kwargs)

    async def _write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await in_transaction(writing, self._engine, work, *args, **kwargs)
