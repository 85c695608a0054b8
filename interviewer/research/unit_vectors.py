"""The vectors of all units of an employer's passages, in one file that is read where it lies.

Two files in a build's folder, both only ever added to: `units.f16` with one row of half-precision
numbers a unit, `units.keys` with one record a passage: 32 letters that name its text, and how
many units it has. What a kill leaves behind is usable up to the last whole passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from interviewer.research.embedding import Vectors

_ROWS = "units.f16"
_KEYS = "units.keys"
_RECORD = np.dtype([("key", "S32"), ("count", "<u4")])


class UnitDraft:
    """Unit vectors in the making; passages are added in the order of their numbers."""

    def __init__(self, folder: Path) -> None:
        """Begin the two files in a folder."""
        with ExitStack() as opened:
            self._rows = opened.enter_context((folder / _ROWS).open("wb"))
            self._keys = opened.enter_context((folder / _KEYS).open("wb"))
            self._opened = opened.pop_all()

    def add(self, key: bytes, vectors: Vectors) -> None:
        """Add the units of the next passage, shape (units, dimension)."""
        self._rows.write(vectors.astype(np.float16).tobytes())
        self._keys.write(np.array([(key, len(vectors))], dtype=_RECORD).tobytes())

    def __enter__(self) -> Self:
        """Return itself; leaving closes the files."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files."""
        self._opened.close()


class UnitVectors:
    """Unit vectors of a build; safe for threads, since they are only read."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open the files of a build.

        Args:
            folder: The build's folder.
            dimension: Numbers in a vector.

        Raises:
            OSError: They cannot be read.
        """
        kept = (folder / _KEYS).read_bytes()
        kept = kept[: len(kept) - len(kept) % _RECORD.itemsize]
        records = np.frombuffer(kept, dtype=_RECORD)
        ends = np.cumsum(records["count"], dtype=np.int64)
        whole = (folder / _ROWS).stat().st_size // (2 * dimension)
        usable = int(np.searchsorted(ends, whole, side="right"))
        self._starts = np.concatenate(([0], ends[:usable]))
        self._numbers = {
            key: number for number, key in enumerate(records["key"][:usable].tolist())
        }
        rows = int(self._starts[-1])
        self._rows: NDArray[np.float16] = (
            np.memmap(folder / _ROWS, np.float16, "r", shape=(rows, dimension))
            if rows
            else np.zeros((0, dimension), dtype=np.float16)
        )

    def __len__(self) -> int:
        """Return of how many passages the units are there."""
        return len(self._starts) - 1

    def of(self, key: bytes) -> Vectors | None:
        """Return the units of a passage by the key of its text, None where it is not known."""
        number = self._numbers.get(key)
        return None if number is None else self._of(number)

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> list[Vectors]:
        """Return the cosines of a question with the units of each of some passages."""
        if not numbers:
            return []
        found = [self._of(number) for number in numbers]
        together = np.concatenate(found) @ vector
        ends = np.cumsum([len(rows) for rows in found])
        return np.split(together, ends[:-1])

    def _of(self, number: int) -> Vectors:
        rows = self._rows[self._starts[number] : self._starts[number + 1]]
        return np.asarray(rows, dtype=np.float32)
