"""Verdicts of a judge on disk, by the hash of what was asked, so that nothing is asked twice."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.errors import InputError
from interviewer.evaluation.judged.verdicts import Said

_FILE = "verdicts.jsonl"


@dataclass
class VerdictCache:
    """Verdicts in a folder, one a line; readable by their owner only, for they quote candidates.

    Attributes:
        folder: Where they lie; made when the first verdict comes.
    """

    folder: Path
    _known: dict[str, Said] = field(default_factory=dict)
    _read: bool = False

    def get(self, key: str) -> Said | None:
        """Return a verdict, None where it is not known.

        Raises:
            InputError: The file cannot be read.
        """
        if not self._read:
            self._known.update(self._lines())
            self._read = True
        return self._known.get(key)

    def put(self, key: str, said: Said) -> None:
        """Keep a verdict at once, so that a run that is stopped goes on where it was.

        Raises:
            InputError: The file cannot be written.
        """
        line = json.dumps({"key": key, "value": said.value, "quote": said.quote},
                          ensure_ascii=True)  # fmt: skip
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            with os.fdopen(os.open(self._file, flags, 0o600), "a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise InputError(f"{self._file} cannot be written ({error.strerror}). Name another "
                             "folder with --judge-cache.") from None  # fmt: skip
        self._known[key] = said

    @property
    def _file(self) -> Path:
        return self.folder / _FILE

    def _lines(self) -> dict[str, Said]:
        try:
            text = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError):
            raise InputError(f"{self._file} cannot be read. Name another folder with "
                             "--judge-cache.") from None  # fmt: skip
        found = {}
        for line in text.split("\n"):
            entry = _entry(line)
            if entry is not None:
                found[entry[0]] = entry[1]
        return found


def _entry(line: str) -> tuple[str, Said] | None:
    """Return a line, None where it is torn: what it held is asked again."""
    try:
        document = json.loads(line)
        # Earlier releases knew of yes and no only.
        earlier = "value" not in document
        value, quote = document["depends" if earlier else "value"], document["quote"]
        if value in (None, *range(2 if earlier else 6)) and isinstance(quote, str):
            return str(document["key"]), Said(value, quote)
    except (ValueError, TypeError, KeyError):
        pass
    return None
