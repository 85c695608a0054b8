"""A database looked at as it is: where, with which schema, and taken back to an older one."""

from __future__ import annotations

from pathlib import Path

from interviewer.storage.database import unopened_engine
from interviewer.storage.schema import schema_of, take_back
from interviewer.storage.transactions import place_of


class Upkeep:
    """What an operator sees and does before another version of the program is installed."""

    def __init__(self, where: str | Path) -> None:
        """Reach a database without bringing it up to date.

        Args:
            where: As for `open_engine`.

        Raises:
            SetupError: It cannot be reached.
        """
        self._engine = unopened_engine(where)
        self.place = place_of(self._engine)

    def schema(self) -> tuple[str, str]:
        """Return the schema it has, empty without any, and the one it is brought to when opened.

        Raises:
            SetupError: It fails, or a newer version of the program wrote it.
        """
        return schema_of(self._engine)

    def take_back(self, revision: str) -> None:
        """Take it back to an older schema; what only the newer one can hold is deleted.

        Raises:
            InputError: There is no such older schema.
            SetupError: It fails; then nothing was changed.
        """
        take_back(self._engine, revision)

    def close(self) -> None:
        """Close its connections."""
        self._engine.dispose()
