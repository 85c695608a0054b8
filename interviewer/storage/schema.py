"""Brings a database to the schema this program knows."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from interviewer.errors import SetupError
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
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    place = place_of(engine)
    with reading(engine) as connection:
        if _is_current(connection, script, place):
            return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": _UPGRADE_LOCK}
            )
        # Another process may have upgraded while this one waited for its turn.
        if not _is_current(connection, script, place):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


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
