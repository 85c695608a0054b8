"""Everything in the data folder that may hold words of a person, beside the database."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import SetupError
from interviewer.evaluation.kept.shelf import FOLDER, Shelf

# Made again by whoever needs them; none of them can be divided by person, so all of it goes.
_CACHES = ("vectors.sqlite3", "vectors.sqlite3-wal", "vectors.sqlite3-shm", "judge", "measuring")
_UPLOADS = "uploads"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders beside the database.

    Attributes:
        home: The data folder.
    """

    home: Path

    def evaluations(self, sessions: Collection[str]) -> tuple[Path, ...]:
        """Return the kept evaluations that hold copies of any of these interviews."""
        shelf = Shelf(self.home / FOLDER)
        if not sessions or not shelf.folder.is_dir():
            return ()
        return shelf.holding(sessions)

    def erase_evaluations(self, sessions: Collection[str]) -> tuple[str, ...]:
        """Delete the kept evaluations that hold copies of these interviews; return their names.

        Its figures, findings and reports quote what was said, so an evaluation goes whole.

        Raises:
            SetupError: One cannot be deleted.
        """
        found = self.evaluations(sessions)
        for folder in found:
            _remove(folder)
        return tuple(folder.name for folder in found)

    def erase_caches(self) -> None:
        """Delete what is derived or on its way: vectors, verdicts, parts of evaluations, uploads.

        Raises:
            SetupError: Something cannot be deleted.
        """
        for path in self.caches():
            _remove(path)

    def caches(self) -> Iterator[Path]:
        """Yield what `erase_caches` deletes, as far as it is there."""
        yield from (self.home / name for name in _CACHES if (self.home / name).exists())
        uploads = self.home / _UPLOADS
        if uploads.is_dir():
            # The folder itself stays: the app that is running writes into it.
            yield from sorted(uploads.iterdir())


def _remove(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return  # somebody else deleted it, which is what was wanted
    except OSError as error:
        raise SetupError(
            f"{path} cannot be deleted ({error.strerror or error}). Check rights, then try again: "
            "what it holds is still there."
        ) from None
