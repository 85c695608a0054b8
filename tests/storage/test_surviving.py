import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from interviewer.errors import InputError
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Interview, Passage, Transcript, Turn

APPENDING = """
import asyncio, sys
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Turn

async def append_for_ever(store):
    seq = (await store.load("s")).next_seq
    while True:
        await store.append("s", Turn(seq=seq, role="user", content=f"Answer {seq}. " * 60))
        print(seq, flush=True)
        seq += 1

asyncio.run(append_for_ever(SqlSessionStore(open_engine(sys.argv[1]))))
"""
SECRET = "My salary was 41,317 and I quarrelled with Zacharias."


def append_until_killed(path: Path, count: int) -> list[int]:
    """Return the numbers a process acknowledged before it was killed with no warning."""
    command = [sys.executable, "-c", APPENDING, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(count)]
        os.kill(child.pid, signal.SIGKILL)
        return told + [int(rest) for rest in child.stdout if rest.endswith("\n")]


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    """After each of three kills every acknowledged turn is there once, and appending goes on."""
    path = tmp_path / "interviews.db"
    engine = open_engine(path)
    asyncio.run(SqlSessionStore(engine).create(Transcript(id="s")))
    engine.dispose()
    acknowledged: list[int] = []
    for count in (5, 40, 17):
        acknowledged += append_until_killed(path, count)
        engine = open_engine(path)
        kept = asyncio.run(SqlSessionStore(engine).load("s")).turns
        engine.dispose()
        assert [turn.seq for turn in kept] == list(range(1, len(kept) + 1))
        assert all(turn.content == f"Answer {turn.seq}. " * 60 for turn in kept)
        assert sorted(set(acknowledged)) == acknowledged
        # One turn may be on the disk whose acknowledgement was not printed any more.
        assert acknowledged[-1] <= len(kept) <= acknowledged[-1] + 1


def fill(path: Path) -> None:
    """Keep two interviews of Ann and one of Ben, and a draft in every state."""
    engine = open_engine(path)
    store = SqlSessionStore(engine)
    research = {"a#1": Passage(id="a#1", text=SECRET, source="Ann's CV", topic="person")}

    async def hold() -> None:
        for key, owner in (("a1", "Ann"), ("a2", "Ann"), ("b1", "Ben")):
            about = Interview(company=f"firm {key}", research=research if owner == "Ann" else {})
            await store.create(Transcript(id=key, interview=about), owner=owner)
            for seq in range(1, 31):
                content = f"{SECRET} {seq}" if owner == "Ann" else f"Harmless {seq}"
                await store.save_draft(key, content[:40] * 200)
                await store.append(key, Turn(seq=seq, role="user", content=content * 20))
        await store.save_draft("a2", f"{SECRET} unsent")

    asyncio.run(hold())
    engine.dispose()


def files_with(folder: Path, *traces: str) -> list[tuple[str, str]]:
    """Return in which files below the folder which of these traces stand."""
    return [
        (file.name, trace)
        for file in folder.rglob("*")
        for trace in traces
        if trace.encode() in file.read_bytes()
    ]


TRACES = ("41,317", "Zacharias", "My salary", "Ann's CV", "firm a1")


def test_forgetting_a_person_leaves_no_byte(tmp_path: Path) -> None:
    """While the database stays open, none of its files has a byte of what was said; Ben's stay."""
    path = tmp_path / "interviews.db"
    fill(path)
    assert {trace for _, trace in files_with(tmp_path, *TRACES)} == set(TRACES)
    engine = open_engine(path)
    store = SqlSessionStore(engine)
    try:
        asyncio.run(store.save_draft("a1", SECRET))  # some of it stands in the -wal file only
        assert files_with(tmp_path, SECRET)
        gone = asyncio.run(store.forget("Ann"))
        assert files_with(tmp_path, *TRACES, "Ann", "a2") == []
        assert (gone.what, gone.name, gone.erased) == ("candidate", "Ann", True)
        counts = (gone.sessions, gone.turns, gone.passages, gone.drafts, gone.people)
        assert counts == (2, 60, 2, 2, 1)
        assert len(asyncio.run(store.load("b1")).turns) == 30
        assert [entry.id for entry in asyncio.run(store.sessions())] == ["b1"]
        with pytest.raises(InputError, match="Nothing is kept under 'Ann'"):
            asyncio.run(store.forget("Ann"))
    finally:
        engine.dispose()
    assert files_with(tmp_path, *TRACES, "Ann", "a2") == []


def test_forgetting_an_interview_leaves_the_others(tmp_path: Path) -> None:
    """By its id one interview goes, byte for byte; the person and their other interview stay."""
    path = tmp_path / "interviews.db"
    fill(path)
    engine = open_engine(path)
    store = SqlSessionStore(engine)
    try:
        gone = asyncio.run(store.forget("a1"))
        assert (gone.what, gone.sessions, gone.turns, gone.people) == ("session", 1, 30, 0)
        assert gone.erased
        assert files_with(tmp_path, "firm a1") == []
        assert [held.id for held in asyncio.run(store.everything("Ann"))] == ["a2"]
        assert asyncio.run(store.forget("a2")).drafts == 1
        assert files_with(tmp_path, *TRACES) == []
        assert asyncio.run(store.everything("Ann")) == ()
        assert asyncio.run(store.forget("Ann")).people == 1
    finally:
        engine.dispose()


def test_a_reader_elsewhere_is_told_and_loses_the_bytes_when_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program reads, forgetting says it is not erased yet; after that it is."""
    path = tmp_path / "interviews.db"
    fill(path)
    monkeypatch.setattr("interviewer.storage.database._PRAGMAS", (
        "journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON", "busy_timeout = 50",
    ))  # fmt: skip
    engine = open_engine(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM turns").fetchone()
            gone = asyncio.run(SqlSessionStore(engine).forget("Ann"))
            assert (gone.sessions, gone.erased) == (2, False)
            reader.execute("COMMIT")
    finally:
        engine.dispose()
    assert files_with(tmp_path, *TRACES) == []
