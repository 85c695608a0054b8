"""Brings a database to the schema this program knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from interviewer.errors import InputError, SetupError
from interviewer.storage.transactions import place_of, reading, writing

MIGRATIONS = Path(__file__).with_name("migrations")
# Any number will do, so long as every process takes the same lock.
_UPGRADE_LOCK = 3_000_001


def bring_up_to_date(engine: Engine, scripts: Path = MIGRATIONS) -> None:
    """Create the tables of a new database, or upgrade an old one.

    Args:
        engine: The database.
        scripts: The folder with `env.py` and `versions/`.

    Raises:
        SetupError: A newer version of the program wrote the database, or another program.
    """
    config, script = _scripts(scripts)
    place = place_of(engine)
    with reading(engine) as connection:
        if _is_current(connection, script, place):
            return
    with _upgrading(engine) as connection:
        # Another process may have upgraded while this one waited for its turn.
        if not _is_current(connection, script, place):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def schema_of(engine: Engine, scripts: Path = MIGRATIONS) -> tuple[str, str]:
    """Return the schema that a database has, empty without any, and the one it is brought to.

    Raises:
        SetupError: A newer version of the program wrote the database, or another program.
    """
    _, script = _scripts(scripts)
    with reading(engine) as connection:
        _is_current(connection, script, place_of(engine))
        found = MigrationContext.configure(connection).get_current_revision()
    return found or "", script.get_current_head() or ""


def take_back(engine: Engine, revision: str, scripts: Path = MIGRATIONS) -> None:
    """Take a database back to an older schema; what only the newer one can hold is gone.

    Args:
        engine: The database.
        revision: The schema to go back to, such as `0003`; `base` removes every table.
        scripts: The folder with `env.py` and `versions/`.

    Raises:
        InputError: There is no such schema, or the database is older.
        SetupError: A newer version of the program wrote the database, or another program.
    """
    config, script = _scripts(scripts)
    with _upgrading(engine) as connection:
        _is_current(connection, script, place_of(engine))
        held = [entry.revision for entry in script.walk_revisions()]
        found = MigrationContext.configure(connection).get_current_revision()
        older = held[held.index(found) :] if found in held else []
        if revision not in {*older, "base"}:
            raise InputError(
                f"The database cannot go back to schema {revision!r}. It has {found or 'none'}; "
                f"older ones are: {', '.join((*older[1:], 'base'))}."
            )
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def _scripts(folder: Path) -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config, ScriptDirectory.from_config(config)


@contextmanager
def _upgrading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction for the one process that changes the schema; others wait for its end."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            # An upgrade of a large database takes longer than others wait for a lock.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": _UPGRADE_LOCK}
            )
        yield connection


def _is_current(connection: Connection, script: ScriptDirectory, place: str) -> bool:
    found = MigrationContext.configure(connection).get_current_heads()
    known = {entry.revision for entry in script.walk_revisions()}
    head = script.get_current_head()
    unknown = sorted(set(found) - known)
    if unknown:
        raise SetupError(
            f"The database {place} was written by a newer version of this program (schema "
            f"{', '.join(unknown)}; this one knows up to {head}). Update the program, or choose "
            "another data folder."
        )
    if not found and connection.dialect.name == "sqlite":
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        if tables:
            raise SetupError(
                f"The database {place} belongs to another program (it has the table "
                f"{min(tables)}). Choose another file or data folder."
            )
    return found == (head,)
