import asyncio
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from interviewer.errors import InputError, SetupError
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.storage.database import unopened_engine
from interviewer.storage.schema import MIGRATIONS, bring_up_to_date, take_back
from interviewer.storage.tables import metadata
from interviewer.transcript import Transcript, Turn

HEAD = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))[-1]
NEXT = f"{int(HEAD) + 1:04}"
NEXT_MIGRATION = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("saved", sa.Text()))
"""
Where = str | Path
DatabaseMaker = Callable[[], Where]


@contextmanager
def bare_engine(where: Where) -> Iterator[Engine]:
    """Open a database as it is, without bringing it up to date."""
    engine = unopened_engine(where)
    try:
        yield engine
    finally:
        engine.dispose()


def schema_of(where: Where) -> list[object]:
    """Return what the database itself says its schema is, without Alembic's own table."""
    with bare_engine(where) as engine, engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            return _sqlite_schema(connection)
        return _server_schema(connection)


def _sqlite_schema(connection: Connection) -> list[object]:
    return connection.execute(text(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name != 'alembic_version' "
        "ORDER BY type, name"
    )).all()  # fmt: skip


def _server_schema(connection: Connection) -> list[object]:
    asked = (
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM "
        "information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace ORDER BY 1",
        "SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE NOT tgisinternal ORDER BY 1, 2",
        "SELECT 'function', proname, prosrc FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace",
    )
    told = [row for question in asked for row in connection.execute(text(question))]
    return [row for row in told if "alembic_version" not in str(row)]


def upgrade_with(where: Where, scripts: Path) -> None:
    """Bring a database to the newest of these migrations."""
    with bare_engine(where) as engine:
        bring_up_to_date(engine, scripts)


def keep(where: Where, transcript: Transcript) -> None:
    """Put an interview into a database."""
    engine = open_engine(where)
    asyncio.run(SqlSessionStore(engine).create(transcript))
    engine.dispose()


KEPT = Transcript(id="s1", turns=(Turn(seq=1, role="user", content="Hello"),))


@pytest.fixture
def newer_scripts(tmp_path: Path) -> Path:
    """Return a folder with the migrations of a later version of the program."""
    scripts = tmp_path / "100%_newer"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT}_next.py").write_text(NEXT_MIGRATION, encoding="utf-8")
    return scripts


def test_migrations_build_what_the_tables_say(new_database: DatabaseMaker) -> None:
    """A migrated database has the schema of tables.py: columns, keys, indexes, triggers."""
    one, other = new_database(), new_database()
    open_engine(one).dispose()
    with bare_engine(other) as engine:
        metadata.create_all(engine)
    migrated = schema_of(one)
    assert migrated == schema_of(other)
    assert ("trigger", "turns_append_only") in {tuple(row)[:2] for row in migrated}


def test_every_migration_goes_down_as_it_went_up(new_database: DatabaseMaker) -> None:
    """Step by step down to nothing and up again, every schema is what it was on the way."""
    where = new_database()
    keep(where, KEPT)
    with bare_engine(where) as engine:
        revisions = [f"{number:04}" for number in range(int(HEAD), 0, -1)]
        down = {}
        for revision in revisions:
            take_back(engine, revision)
            down[revision] = schema_of(where)
        assert asyncio.run(SqlSessionStore(engine).load("s1")) == KEPT
        take_back(engine, "base")
        assert schema_of(where) == []
    for revision in reversed(revisions):
        other = new_database()
        open_engine(other).dispose()
        with bare_engine(other) as engine:
            take_back(engine, revision)
        assert schema_of(other) == down[revision]
    open_engine(where).dispose()
    assert schema_of(where) == down[HEAD]


def test_what_is_no_older_schema_is_a_sentence(new_database: DatabaseMaker) -> None:
    """Going back to what is not there changes nothing and names what is."""
    where = new_database()
    open_engine(where).dispose()
    before = schema_of(where)
    with (
        bare_engine(where) as engine,
        pytest.raises(InputError, match=rf"'0815'. It has {HEAD}; older ones are: .*0001, base"),
    ):
        take_back(engine, "0815")
    assert schema_of(where) == before


def test_an_old_database_is_upgraded_and_keeps_its_interviews(
    new_database: DatabaseMaker, newer_scripts: Path
) -> None:
    """A later migration runs on a database of today, and what it held is still there."""
    where = new_database()
    keep(where, KEPT)
    upgrade_with(where, newer_scripts)
    with bare_engine(where) as engine:
        assert asyncio.run(SqlSessionStore(engine).load("s1")) == KEPT
        with engine.begin() as connection:
            assert connection.execute(text("SELECT saved FROM drafts")).all() == []
            assert connection.scalar(text("SELECT * FROM alembic_version")) == NEXT


def test_a_newer_database_is_refused_and_left_as_it_is(
    new_database: DatabaseMaker, newer_scripts: Path
) -> None:
    """A database of a later version is not opened, not changed, and the sentence says why."""
    where = new_database()
    upgrade_with(where, newer_scripts)
    before = schema_of(where)
    refusal = rf"newer version.*{NEXT}.*up to {HEAD}.*Update the program"
    with pytest.raises(SetupError, match=refusal):
        open_engine(where)
    with pytest.raises(SetupError, match=refusal), bare_engine(where) as engine:
        take_back(engine, "0001")
    assert schema_of(where) == before


def test_a_failed_upgrade_leaves_the_old_schema(
    new_database: DatabaseMaker, newer_scripts: Path
) -> None:
    """A migration that fails half-way changes nothing."""
    where = new_database()
    open_engine(where).dispose()
    before = schema_of(where)
    broken = NEXT_MIGRATION + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'
    (newer_scripts / "versions" / f"{NEXT}_next.py").write_text(broken, encoding="utf-8")
    with pytest.raises(SetupError, match=r"database .* has lost its tables"):
        upgrade_with(where, newer_scripts)
    assert schema_of(where) == before
    open_engine(where).dispose()


def test_processes_that_open_a_new_database_at_once_all_succeed(
    new_database: DatabaseMaker,
) -> None:
    """Several first starts at the same moment build one schema."""
    where = str(new_database())
    code = "import sys, interviewer.storage as s; s.open_engine(sys.argv[1]).dispose()"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, where], stderr=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(3)
    ]
    said = [child.communicate(timeout=60)[1] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0], said


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
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


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
    with pytest.raises(SetupError, match=r"pip install 'three-rounds\[postgres\]'") as raised:
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
