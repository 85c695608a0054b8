import asyncio
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from interviewer.errors import SetupError
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.storage.database import _sqlite_engine, _url
from interviewer.storage.schema import MIGRATIONS, bring_up_to_date
from interviewer.storage.tables import metadata
from interviewer.transcript import Transcript, Turn

NEXT_MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("saved", sa.Text()))
"""


def schema_of(path: Path) -> list[tuple[str, str, str | None]]:
    """Return what SQLite says the schema is, without Alembic's own table."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, sql FROM sqlite_master "
            "WHERE tbl_name != 'alembic_version' ORDER BY type, name"
        ).fetchall()


def upgrade_with(path: Path, scripts: Path) -> None:
    """Bring a database to the newest of these migrations."""
    engine = _sqlite_engine(_url(path))
    try:
        bring_up_to_date(engine, scripts)
    finally:
        engine.dispose()


@pytest.fixture
def newer_scripts(tmp_path: Path) -> Path:
    """Return a folder with the migrations of a later version of the program."""
    scripts = tmp_path / "100%_newer"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "0004_next.py").write_text(NEXT_MIGRATION, encoding="utf-8")
    return scripts


def test_migrations_build_what_the_tables_say(tmp_path: Path) -> None:
    """A migrated database has the schema of tables.py, statement by statement."""
    open_engine(tmp_path / "migrated.db").dispose()
    engine = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    metadata.create_all(engine)
    engine.dispose()
    migrated = schema_of(tmp_path / "migrated.db")
    assert migrated == schema_of(tmp_path / "direct.db")
    assert ("trigger", "turns_append_only") in {row[:2] for row in migrated}


def test_an_old_database_is_upgraded_and_keeps_its_interviews(
    tmp_path: Path, newer_scripts: Path
) -> None:
    """A later migration runs on a database of today, and what it held is still there."""
    path = tmp_path / "old.db"
    kept = Transcript(id="s1", turns=(Turn(seq=1, role="user", content="Hello"),))
    engine = open_engine(path)
    asyncio.run(SqlSessionStore(engine).create(kept))
    engine.dispose()
    upgrade_with(path, newer_scripts)
    engine = _sqlite_engine(_url(path))
    try:
        assert asyncio.run(SqlSessionStore(engine).load("s1")) == kept
        with engine.begin() as connection:
            assert connection.execute(text("SELECT saved FROM drafts")).all() == []
            assert connection.scalar(text("SELECT * FROM alembic_version")) == "0004"
    finally:
        engine.dispose()


def test_a_newer_database_is_refused_and_left_as_it_is(
    tmp_path: Path, newer_scripts: Path
) -> None:
    """A database of a later version is not opened, not changed, and the sentence says why."""
    path = tmp_path / "newer.db"
    upgrade_with(path, newer_scripts)
    before = schema_of(path)
    with pytest.raises(SetupError, match=r"newer version.*0004.*up to 0003.*Update the program"):
        open_engine(path)
    assert schema_of(path) == before


def test_a_failed_upgrade_leaves_the_old_schema(tmp_path: Path, newer_scripts: Path) -> None:
    """A migration that fails half-way changes nothing."""
    path = tmp_path / "old.db"
    open_engine(path).dispose()
    before = schema_of(path)
    broken = NEXT_MIGRATION + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'
    (newer_scripts / "versions" / "0004_next.py").write_text(broken, encoding="utf-8")
    with pytest.raises(SetupError, match="nowhere"):
        upgrade_with(path, newer_scripts)
    assert schema_of(path) == before
    open_engine(path).dispose()


def test_processes_that_open_a_new_database_at_once_all_succeed(tmp_path: Path) -> None:
    """Several first starts at the same moment build one schema."""
    code = "import sys, interviewer.storage as s; s.open_engine(sys.argv[1]).dispose()"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "new.db")],
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(4)
    ]
    said = [child.communicate(timeout=30)[1] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0, 0], said


def test_a_connection_is_durable_private_and_checked(tmp_path: Path) -> None:
    """WAL, full sync, foreign keys, erasing deletes, 5 s of patience; files for this user only."""
    path = tmp_path / "data" / "interviews.db"
    engine = open_engine(path)
    expected = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
        "busy_timeout": 5000,
    }  # fmt: skip
    try:
        with engine.begin() as connection:
            for pragma, value in expected.items():
                assert connection.scalar(text(f"PRAGMA {pragma}")) == value, pragma
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        assert set(modes) == {"interviews.db", "interviews.db-wal", "interviews.db-shm"}
        assert set(modes.values()) == {0o600}
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    finally:
        engine.dispose()
    assert [file.name for file in path.parent.iterdir()] == ["interviews.db"]


def test_a_sqlite_url_names_the_same_file(tmp_path: Path) -> None:
    """`sqlite:///FILE` and the bare path open the same database."""
    open_engine(f"sqlite:///{tmp_path / 'a.db'}").dispose()
    assert (tmp_path / "a.db").stat().st_size > 0


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """A data folder that cannot be made or written is named, with what to do."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    for path in (tmp_path / "file" / "below" / "a.db", tmp_path):
        with pytest.raises(
            SetupError, match=r"cannot be opened for writing.*Choose a data folder"
        ):
            open_engine(path)


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    """A file of something else is refused, and not a byte of it is changed."""
    path = tmp_path / "notes.txt"
    path.write_bytes(b"My notes, and no database at all.\n" * 100)
    before = path.read_bytes()
    with pytest.raises(SetupError, match=r"notes\.txt is damaged or is no database"):
        open_engine(path)
    assert path.read_bytes() == before


def test_a_damaged_database_is_a_sentence(tmp_path: Path) -> None:
    """Pages overwritten with rubbish end in a sentence, not in a driver's traceback."""
    path = tmp_path / "a.db"
    engine = open_engine(path)
    asyncio.run(SqlSessionStore(engine).create(Transcript(id="s1")))
    engine.dispose()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))
    with pytest.raises(SetupError, match="is damaged"):
        open_engine(path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """Our tables are not put into somebody else's database."""
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (id)")
    with pytest.raises(SetupError, match=r"belongs to another program.*bookmarks"):
        open_engine(path)
    assert [row[1] for row in schema_of(path)] == ["bookmarks"]


def test_a_database_that_stays_locked_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that waits too long for another program says so."""
    monkeypatch.setattr("interviewer.storage.database._PRAGMAS", ("busy_timeout = 50",))
    path = tmp_path / "a.db"
    engine = open_engine(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(SetupError, match=r"held by another program"):
                asyncio.run(SqlSessionStore(engine).create(Transcript(id="s1")))
    finally:
        engine.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_missing_driver_names_the_package(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the PostgreSQL driver the user is told what to install, and no password is shown."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SetupError, match=r"pip install 'psycopg\[binary\]'") as raised:
        open_engine(f"{scheme}://ann:geheim@db.example/interviews")
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://ann:geheim@host/x", "'mysql' are not supported"),
        ("postgresql+asyncpg://ann:geheim@host/x", "driver 'asyncpg' is not supported"),
        ("postgresql://ann:geheim@host:port/x", "URL cannot be read"),
        ("sqlite://", "is no file"),
        ("sqlite:///:memory:", "is no file"),
    ],
)
def test_urls_that_cannot_be_used_are_sentences(url: str, sentence: str) -> None:
    """Every URL that cannot be used is refused with the reason and without its password."""
    with pytest.raises(SetupError, match=sentence) as raised:
        open_engine(url)
    assert "geheim" not in str(raised.value)
