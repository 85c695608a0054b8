"""`backup` and `restore`: there and back on both kinds of database, and nothing written over."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest

from benchmarks.own_postgres import OwnPostgres
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Interview, Transcript, Turn
from tests.cli.conftest import Run
from tests.cli.test_forgotten_everywhere import begin_pack


def furnish(home: Path, where: str | Path) -> SqlSessionStore:
    """Keep an interview, a self-assessment and research; the database stays open."""
    begin_pack(home, "ann", "zugunruhe")
    store = SqlSessionStore(open_engine(where))
    turn = Turn(1, "user", "I counted 沉着 40 rows.", at="2026-11-27T10:00:00Z", round="hr")
    made = Transcript("anns", Interview(created="2026-11-27T10:00:00Z"), (turn,))
    asyncio.run(store.create(made, owner="ann"))
    asyncio.run(store.save_self_assessment(SelfAssessment(strengths="calm"), owner="ann"))
    return store


def test_an_installation_comes_back_as_it_was(
    command: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the app has the database open; indexes, caches and uploads are left out."""
    home.mkdir()
    store = furnish(home, home / "interviews.sqlite3")
    for name in ("index/employer-ann/x", "uploads/4f/cv.pdf", "vectors.sqlite3", "kept-keys"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(b"left out")
    file = tmp_path / "copy.tar.gz"
    code, out, _ = command("backup", file)
    assert (code, "1 people, 1 interviews, 1 turns, 3 files" in out) == (0, True)
    assert file.stat().st_mode & 0o077 == 0
    held = command("export", "--candidate", "ann")[1]
    store.close()
    assert command("backup", file)[0] == 1  # none is written over
    with tarfile.open(file) as archive:
        names = archive.getnames()
    assert not [n for n in names if n.startswith(("home/index", "home/uploads", "home/vect"))]
    assert "home/kept-keys" not in names
    assert "already" in command("restore", file)[2]
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "new"))
    code, out, err = command("restore", file)
    assert (code, "1 interviews" in out, err) == (0, True, "")
    assert command("export", "--candidate", "ann")[1] == held
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert command("forget", "ann", "--yes")[0] == 0


@pytest.mark.skipif(not shutil.which("pg_dump"), reason="PostgreSQL's client is not installed")
def test_a_server_comes_back_too(
    command: Run, home: Path, tmp_path: Path, postgres: OwnPostgres,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """By pg_dump and pg_restore, into an empty database of the same kind only."""
    home.mkdir()
    url = postgres.url(postgres.new_database())
    monkeypatch.setenv("INTERVIEWER_DATABASE_URL", url)
    furnish(home, url).close()
    file = tmp_path / "copy.tar.gz"
    assert command("backup", file)[0] == 0
    held = command("export", "--candidate", "ann")[1]
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "new"))
    assert "tables already" in command("restore", file)[2]
    monkeypatch.setenv("INTERVIEWER_DATABASE_URL", postgres.url(postgres.new_database()))
    code, out, err = command("restore", file)
    assert (code, "1 interviews" in out, err) == (0, True, "")
    assert command("export", "--candidate", "ann")[1] == held
    monkeypatch.delenv("INTERVIEWER_DATABASE_URL")
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "third"))
    assert "The backup is of postgresql" in command("restore", file)[2]


def test_a_file_that_is_no_backup_changes_nothing(
    command: Run, home: Path, tmp_path: Path
) -> None:
    """Another archive, a damaged one, and one whose names lead out are refused or passed over."""
    other = tmp_path / "other.tar.gz"
    with tarfile.open(other, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("home/../../out"), io.BytesIO())
    assert "no backup" in command("restore", other)[2]
    other.write_bytes(b"\x1f\x8b nothing")
    assert "damaged" in command("restore", other)[2]
    furnish(home, home / "interviews.sqlite3").close()
    file, crafted = tmp_path / "copy.tar.gz", tmp_path / "crafted.tar.gz"
    assert command("backup", file)[0] == 0
    with tarfile.open(file) as good, tarfile.open(crafted, "w:gz") as bad:
        for entry in good:
            bad.addfile(entry, good.extractfile(entry) if entry.isfile() else None)
        for name in ("home/../escaped", "home/knowledge/../../escaped", "/escaped", "home/bash"):
            entry = tarfile.TarInfo(name)
            entry.size = 1
            bad.addfile(entry, io.BytesIO(b"x"))
    shutil.rmtree(home)
    assert command("restore", crafted)[0] == 0
    assert not [path for path in tmp_path.rglob("*") if path.name in {"escaped", "bash"}]
    assert json.loads(command("backup", tmp_path / "again.tar.gz", "--json")[1])["sessions"] == 1
