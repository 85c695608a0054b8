"""A copy of everything that cannot be made again, in one file, and an installation from it.

The database is copied as it is at one moment while the app goes on: by SQLite's own online backup,
or by `pg_dump`. With it go research that was taken in, formats, kept evaluations, and the secret
that signs cookies. Indexes, caches and uploads are made again; keys are in no file.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, Engine, func, inspect, select

from interviewer.errors import InputError, SetupError
from interviewer.storage.database import open_engine, unopened_engine
from interviewer.storage.schema import schema_of
from interviewer.storage.tables import people, sessions, turns
from interviewer.storage.transactions import reading

SCHEMA = "interviewer.backup/1"
FOLDERS = ("knowledge", "formats", "evaluations")
FILES = ("cookie-secret",)
_ABOUT, _SQLITE, _SERVER = "backup.json", "interviews.sqlite3", "database.dump"
_LARGEST = 50 * 2**30
_Held = tuple[int, int, int]
"""How many people, interviews and turns."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself.

    Attributes:
        at: When it was made, ISO in UTC.
        program: Version of the program that made it.
        database: `sqlite` or `postgresql`.
        revision: Schema of the database.
        people: How many people it holds.
        sessions: How many interviews.
        turns: How many turns.
        files: How many files beside the database.
    """

    at: str
    program: str
    database: str
    revision: str
    people: int
    sessions: int
    turns: int
    files: int = 0


def write_backup(
    where: str | Path,
    home: Path,
    target: Path,
    *,
    at: str,
    program: str,
    environment: Mapping[str, str],
) -> Backup:
    """Write a copy of an installation into a new file that only its user can read.

    Args:
        where: The database, as for `open_engine`.
        home: The data folder.
        target: The file, which must not be there.
        at: The present, ISO in UTC.
        program: This program's version.
        environment: Of `pg_dump`.

    Raises:
        InputError: The file is there already, or cannot be written.
        SetupError: The database cannot be copied.
    """
    if target.exists():
        raise InputError(f"{target} is there already. Name another file; none is written over.")
    part = target.with_name(f".{target.name}.part")
    engine = open_engine(where)
    try:
        with tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as folder:
            name, copy, held = _copied(engine, Path(folder), environment)
            schema, _ = schema_of(engine)
            count = sum(1 for _ in _files(home))
            about = Backup(at, program, engine.dialect.name, schema, *held, count)
            with _new(part) as archive:
                _add_text(archive, _ABOUT, json.dumps({"schema": SCHEMA, **asdict(about)}))
                archive.add(copy, name)
                for path in _files(home):
                    archive.add(path, f"home/{path.relative_to(home).as_posix()}")
        part.replace(target)
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror or error}).") from None
    finally:
        part.unlink(missing_ok=True)
        engine.dispose()
    return about


def restore_backup(
    source: Path, where: str | Path, home: Path, *, environment: Mapping[str, str]
) -> Backup:
    """Make an installation from a backup, and bring its database up to date.

    Args:
        source: The file.
        where: The database to fill, as for `open_engine`; it must be empty.
        home: The data folder to fill; nothing that a backup holds may be in it.
        environment: Of `pg_restore`.

    Raises:
        InputError: The file is none, or there is something already where it would go.
        SetupError: The database cannot be filled, or a newer program made the backup.
    """
    try:
        with tarfile.open(source, "r:gz") as archive:
            about = _read_about(archive, source)
            _check_free(where, home, about)
            _unpack(archive, home, where, about, environment)
    except (tarfile.TarError, EOFError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise InputError(f"{source} cannot be read as a backup ({reason or 'damaged'}).") from None
    engine = open_engine(where)
    try:
        with reading(engine) as connection:
            held = _held(connection)
    finally:
        engine.dispose()
    if held != (about.people, about.sessions, about.turns):
        raise SetupError(
            f"The database holds {held[1]} interviews with {held[2]} turns, and the "
            f"backup says {about.sessions} with {about.turns}. Restore it anew from another copy."
        )
    return about


def _copied(
    engine: Engine, folder: Path, environment: Mapping[str, str]
) -> tuple[str, Path, _Held]:
    """Copy the database into a folder; return its name in the archive, the copy and its counts.

    They are counted in what was copied: the app may go on writing meanwhile.
    """
    if engine.dialect.name == "sqlite":
        target = folder / _SQLITE
        with (
            closing(sqlite3.connect(str(engine.url.database))) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
        copied = unopened_engine(target)
        try:
            with reading(copied) as connection:
                return _SQLITE, target, _held(connection)
        finally:
            copied.dispose()
    target = folder / _SERVER
    with reading(engine) as connection:
        held = _held(connection)
        seen = connection.scalar(select(func.pg_export_snapshot()))
        given = ("--format=custom", "--no-owner", f"--file={target}", f"--snapshot={seen}")
        _run("pg_dump", given, engine, environment)
    return _SERVER, target, held


def _held(connection: Connection) -> _Held:
    counted = (
        connection.scalar(select(func.count()).select_from(table)) or 0
        for table in (people, sessions, turns)
    )
    return next(counted), next(counted), next(counted)


def _files(home: Path) -> Iterator[Path]:
    for name in FOLDERS:
        for path in sorted((home / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.endswith(".lock"):
                yield path
    yield from (home / name for name in FILES if (home / name).is_file())


@contextmanager
def _new(path: Path) -> Iterator[tarfile.TarFile]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
        yield archive


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    data = text.encode()
    entry.size, entry.mode = len(data), 0o600
    archive.addfile(entry, io.BytesIO(data))


def _read_about(archive: tarfile.TarFile, source: Path) -> Backup:
    try:
        held = archive.extractfile(_ABOUT)
        told = json.load(held) if held else {}
        if told.pop("schema", None) != SCHEMA:
            raise ValueError
        return Backup(**told)
    except (KeyError, ValueError, TypeError):
        raise InputError(f"{source} is no backup of this program ({SCHEMA}).") from None


def _check_free(where: str | Path, home: Path, about: Backup) -> None:
    """Make sure that nothing is written over.

    Raises:
        InputError: Something is there.
    """
    there = [name for name in (*FOLDERS, *FILES) if (home / name).exists()]
    if there:
        raise InputError(
            f"{home} holds {there[0]} already, which a backup would write over. Restore into a "
            "new data folder (INTERVIEWER_HOME), or move the old one away."
        )
    if isinstance(where, Path) and where.exists():
        raise InputError(f"{where} is there already. Move it away, with its -wal and -shm files.")
    engine = unopened_engine(where)
    try:
        kind = engine.dialect.name
        if kind != about.database:
            raise InputError(
                f"The backup is of {about.database}, and this installation uses {kind}. Set or "
                "unset INTERVIEWER_DATABASE_URL; interviews go from one kind to the other by "
                "`interviewer export` and `import`."
            )
        if inspect(engine).get_table_names():
            raise InputError("The database has tables already. Restore into an empty one.")
    finally:
        engine.dispose()
        if isinstance(where, Path):
            where.unlink(missing_ok=True)  # made by looking at it


def _unpack(
    archive: tarfile.TarFile,
    home: Path,
    where: str | Path,
    about: Backup,
    environment: Mapping[str, str],
) -> None:
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        for entry in archive:
            name = PurePosixPath(entry.name)
            if not entry.isfile() or entry.size > _LARGEST:
                continue
            if name.as_posix() in {_SQLITE, _SERVER}:
                _put(archive, entry, Path(folder) / name.name)
            elif _is_ours(name):
                _put(archive, entry, home.joinpath(*name.parts[1:]))
        _fill(where, Path(folder), about, environment)


def _is_ours(name: PurePosixPath) -> bool:
    """Return whether a name of an archive lies where a backup puts files; none leads out."""
    parts = name.parts
    if len(parts) < 2 or parts[0] != "home" or ".." in parts or name.is_absolute():
        return False
    return parts[1] in FOLDERS if len(parts) > 2 else parts[1] in FILES


def _put(archive: tarfile.TarFile, entry: tarfile.TarInfo, target: Path) -> None:
    held = archive.extractfile(entry)
    if held is None:
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(held, file)


def _fill(where: str | Path, folder: Path, about: Backup, environment: Mapping[str, str]) -> None:
    engine = unopened_engine(where)
    try:
        if about.database == "sqlite":
            place = Path(str(engine.url.database))
            engine.dispose()
            (folder / _SQLITE).replace(place)
            place.chmod(0o600)
            return
        given = ("--no-owner", "--exit-on-error", "--single-transaction", str(folder / _SERVER))
        _run("pg_restore", given, engine, environment)
    finally:
        engine.dispose()


def _run(
    program: str, given: tuple[str, ...], engine: Engine, environment: Mapping[str, str]
) -> None:
    """Run a program of PostgreSQL's; the password goes by the environment, not by the command.

    Raises:
        SetupError: It is not installed, or failed.
    """
    if shutil.which(program) is None:
        raise SetupError(
            f"{program} is not installed. Install PostgreSQL's client programs "
            "(apt-get install postgresql-client), of the server's version or newer."
        )
    url = engine.url.set(drivername="postgresql")
    secret = {"PGPASSWORD": url.password} if url.password else {}
    place = url.set(password=None).render_as_string(hide_password=False)
    ran = subprocess.run(
        [program, f"--dbname={place}", *given],
        env={**environment, **secret}, capture_output=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise SetupError(
            f"{program} failed ({ran.returncode}). Its version must be that of the server or "
            "newer; run it by hand to see what it says."
        )
