"""An earlier evaluation of many transcripts, left on disk: of each only its place is kept."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError

Entry = Mapping[str, object]


@dataclass(frozen=True)
class LinesOfEntries:
    """A file with what was found of each transcript, a line each.

    Attributes:
        path: The file.
    """

    path: Path

    def by_name(self, told_apart: Callable[[Iterable[str]], Iterator[str]]) -> Mapping[str, Entry]:
        """Return the entries by their transcripts' ids.

        Args:
            told_apart: Makes names of ids, so that one that comes twice has two.

        Raises:
            InputError: The file cannot be read.
        """
        begins = array("Q")
        names = told_apart(str(entry.get("id", "")) for entry in self._read(begins))
        return _OnDisk(self.path, {name: place for place, name in enumerate(names)}, begins)

    def _read(self, begins: array[int]) -> Iterator[Entry]:
        """Yield every entry and note where each begins."""
        try:
            with self.path.open("rb") as lines:
                at = 0
                for line in lines:
                    begins.append(at)
                    at += len(line)
                    yield json.loads(line)
        except (OSError, ValueError, AttributeError):
            raise InputError(f"{self.path} cannot be read; write that evaluation anew.") from None


@dataclass(frozen=True)
class _OnDisk(Mapping[str, Entry]):
    path: Path
    places: Mapping[str, int]
    begins: array[int]

    def __getitem__(self, name: str) -> Entry:
        with self.path.open("rb") as lines:
            lines.seek(self.begins[self.places[name]])
            entry: Entry = json.loads(lines.readline())
            return entry

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)
