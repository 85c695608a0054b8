"""Disks, files and servers that fail under the program: a sentence, and nothing kept is lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.own_postgres import OwnPostgres, find_postgres, own_postgres
from interviewer.errors import SetupError
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript, Turn

# Appends turns until the store fails; tells each that was acknowledged, then the sentence.
FILLING = """
import asyncio, os, sys
from interviewer.errors import SetupError
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Turn

engine = open_engine(sys.argv[1])
store = SqlSessionStore(engine)

async def fill():
    seq = (await store.load("s")).next_seq
    {trouble}
    while seq < 2000:
        await store.append("s", Turn(seq=seq, role="user", content="Answer. " * 200))
        print(seq, flush=True)
        seq += 1

try:
    asyncio.run(fill())
except SetupError as error:
    print(error)
"""
FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))"
# Root may write everything: it becomes nobody first.
READ_ONLY = "engine.dispose(); os.getuid() or os.setuid(65534); os.stat(sys.argv[1])"


def turn(seq: int) -> Turn:
    """Return an answer."""
    return Turn(seq=seq, role="user", content=f"Answer {seq}.")


def numbers(store: SqlSessionStore) -> list[int | None]:
    """Return the numbers of the turns that are kept."""
    return [kept.seq for kept in asyncio.run(store.load("s")).turns]


@contextmanager
def opened(where: str | Path) -> Iterator[SqlSessionStore]:
    """Open a store for the length of the block."""
    engine = open_engine(where)
    try:
        yield SqlSessionStore(engine)
    finally:
        engine.dispose()


def filled(path: Path, trouble: str) -> tuple[list[int], str]:
    """Fill a database in a program of its own; return what it acknowledged and its last words."""
    ran = subprocess.run(
        [sys.executable, "-c", FILLING.replace("{trouble}", trouble), str(path)],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    *told, sentence = ran.stdout.splitlines()
    return [int(number) for number in told], sentence


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a database of an interview with one turn."""
    path = tmp_path / "interviews.db"
    with opened(path) as store:
        asyncio.run(store.create(Transcript(id="s", turns=(turn(1),))))
    return path


def test_a_full_disk_is_a_sentence_and_loses_nothing(path: Path) -> None:
    """Every acknowledged turn is kept when the file may not grow; with space it goes on."""
    told, sentence = filled(path, FULL)
    assert "the disk is full" in sentence
    assert len(told) > 10
    with opened(path) as store:
        assert numbers(store) == [1, *told]
        asyncio.run(store.append("s", turn(told[-1] + 1)))


def test_a_database_that_became_read_only_is_a_sentence() -> None:
    """Nothing is acknowledged that cannot be written."""
    # A test's usual folder can be reached by its own user alone.
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        path = Path(folder) / "interviews.db"
        with opened(path) as store:
            asyncio.run(store.create(Transcript(id="s", turns=(turn(1),))))
        path.chmod(0o444)
        path.parent.chmod(0o555)
        told, sentence = filled(path, READ_ONLY)
        path.parent.chmod(0o755)
    assert told == []
    assert "cannot be written. Give it back to this user" in sentence


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_database_that_goes_away_takes_no_answer_along(path: Path, how: str) -> None:
    """A program that has it open accepts nothing any more; put back, it goes on."""
    aside = path.with_name("aside.db")
    with opened(path) as store:
        asyncio.run(store.append("s", turn(2)))
        path.rename(aside)
        if how == "replaced":
            path.write_bytes(b"")
        with pytest.raises(SetupError, match=r"was moved, replaced or deleted.*Put it back"):
            asyncio.run(store.append("s", turn(3)))
        with pytest.raises(SetupError, match="was moved, replaced or deleted"):
            asyncio.run(store.load("s"))
        assert path.exists() == (how == "replaced")
        if how != "deleted":
            aside.rename(path)
            asyncio.run(store.append("s", turn(3)))
            assert numbers(store) == [1, 2, 3]
    if how == "deleted":
        with opened(path) as store:
            assert asyncio.run(store.sessions()) == ()


def test_a_server_that_goes_away_comes_back_with_everything(
    own_server: OwnPostgres,
) -> None:
    """While it is away a sentence says so; afterwards the program goes on without a restart."""
    with opened(own_server.url(own_server.new_database())) as store:
        asyncio.run(store.create(Transcript(id="s", turns=(turn(1),))))
        own_server.stop()
        for _ in range(2):
            with pytest.raises(SetupError, match=r"does not answer\. Start the server"):
                asyncio.run(store.append("s", turn(2)))
        own_server.start()
        asyncio.run(store.append("s", turn(2)))
        assert numbers(store) == [1, 2]


@pytest.fixture
def own_server(postgres: OwnPostgres) -> Iterator[OwnPostgres]:
    """Start a server that may be stopped; where there is none, the other fixture says so."""
    assert find_postgres() is not None
    with own_postgres() as server:
        yield server


def test_what_a_server_refuses_is_a_sentence(postgres: OwnPostgres) -> None:
    """An unknown user or database, no rights, a read-only one: each says what to do."""
    name = postgres.new_database()
    url = postgres.url(name)
    with pytest.raises(SetupError, match=r"does not let this program in.*Correct the database"):
        open_engine(postgres.url("nowhere"))
    with pytest.raises(SetupError, match="does not let this program in"):
        open_engine(url.replace("postgres@", "nobody_known@"))
    with opened(url) as store:
        asyncio.run(store.create(Transcript(id="s", turns=(turn(1),))))
    say(url, "CREATE ROLE guest LOGIN")
    with pytest.raises(SetupError, match="Give the user all rights"):
        open_engine(url.replace("postgres@", "guest@"))
    say(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with opened(url) as store:
        with pytest.raises(SetupError, match="cannot be written"):
            asyncio.run(store.append("s", turn(2)))
        assert numbers(store) == [1]


def test_a_row_that_stays_locked_is_a_sentence(
    postgres: OwnPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever for another program's transaction."""
    url = postgres.url(postgres.new_database())
    monkeypatch.setattr("interviewer.storage.database.BUSY_SECONDS", 0.1)
    with opened(url) as store:
        asyncio.run(store.create(Transcript(id="s", turns=(turn(1),))))
        engine = open_engine(url)
        with engine.begin() as other:
            other.execute(text("SELECT * FROM sessions FOR UPDATE"))
            with pytest.raises(SetupError, match="held by another program"):
                asyncio.run(store.append("s", turn(2)))
        engine.dispose()
        asyncio.run(store.append("s", turn(2)))
        assert numbers(store) == [1, 2]


def say(url: str, *statements: str) -> None:
    """Run statements on a database."""
    engine = open_engine(url)
    for statement in statements:
        with engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
