"""What somebody gives as research: files, folders, web pages and pasted text, one at a time."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError
from interviewer.research.characters import clean
from interviewer.research.documents import walk
from interviewer.research.parsing import ENDINGS, MOST_BYTES
from interviewer.research.topics import TOPICS

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be taken in.

    Attributes:
        label: What it is called in a report.
        origin: What it is known by when it comes again: an absolute path, an address, or a name.
        path: Its file, or a name with an ending for what is none.
        root: The folder it was found under, None where it was named itself.
        data: Its bytes, None where they are still in the file.
        refused: Why it cannot be had, as sentences; None where nobody knows yet.
        gone: Whether it was asked for by itself and is not there any more.
    """

    label: str
    origin: str
    path: Path
    root: Path | None = None
    data: bytes | None = None
    refused: str | None = None
    gone: bool = False

    def bytes(self) -> bytes:
        """Return its bytes.

        Raises:
            InputError: It cannot be had, is too large, or cannot be read.
        """
        if self.refused is not None:
            raise InputError(self.refused)
        if self.data is not None:
            return self.data
        if self.path.is_dir():
            known = ", ".join(ENDINGS)
            raise InputError(f"{self.path} holds no file that can be read ({known}). Add one.")
        try:
            if self.path.stat().st_size > MOST_BYTES:
                raise InputError(
                    f"{self.path} is over {MOST_BYTES // 1_000_000} MB. "
                    "Give the part about the employer."
                )
            return self.path.read_bytes()
        except OSError as error:
            reason = error.strerror or error
            raise InputError(
                f"{self.path} cannot be read ({reason}). Check name and rights."
            ) from error

    @property
    def name(self) -> str:
        """Its name with the folders it was found in, without those that name a topic."""
        if self.root is None:
            return self.path.stem
        parts = self.path.relative_to(self.root).with_suffix("").parts
        return "-".join((*(part for part in parts[:-1] if part not in TOPICS), parts[-1]))


def is_address(text: str) -> bool:
    """Return whether somebody means a web page and no file."""
    return text.strip().lower().startswith(("http:", "https:"))


def files(given: Sequence[Path]) -> Iterator[Source]:
    """Yield the documents of files and folders; an empty folder stands for itself."""
    for path in given:
        found = False
        if path.is_dir():
            for inner in walk(path, ENDINGS):
                found = True
                yield Source(str(inner), str(inner.absolute()), inner, path)
        if not found:
            yield Source(str(path), str(path.absolute()), path)


def pasted(text: str, name: str, date: str | None = None) -> Source:
    """Return pasted text under a name of its own; pasting under that name again replaces it.

    Args:
        text: The text.
        name: What a reader would call it.
        date: ISO date of what it says, None where it says so itself or not at all.

    Raises:
        InputError: Text or name is empty, or the date is none.
    """
    title = _plain(name)
    if not title:
        raise InputError("The text has no title. Say where it is from, for example a page's name.")
    if not text.strip():
        raise InputError(f"{title} has no text. Paste what it says.")
    front = [f"source: {json.dumps(title, ensure_ascii=False)}"]
    if date and date.strip():
        front.append(f"date: {_day(date)}")
    document = "\n".join(("---", *front, "---", "", text))
    # The name without what a path could take for a folder or an ending.
    path = Path(f"{re.sub(r'[/.]+', ' ', title).strip() or 'text'}.md")
    return Source(title, f"pasted:{title}", path, data=document.encode())


def uploaded(data: bytes, name: str) -> Source:
    """Return an uploaded file; uploading it again replaces it."""
    safe = _plain(Path(name.replace("\\", "/")).name) or "upload"
    return Source(safe, f"upload:{safe}", Path(safe), data=data)


def _plain(name: str) -> str:
    """Return a name on one line, without characters nobody sees, its ending kept."""
    line = " ".join(clean(name).split())
    if len(line) <= _LONGEST_NAME:
        return line
    ending = Path(line).suffix[:10]
    return line[: _LONGEST_NAME - len(ending)] + ending


def _day(date: str) -> str:
    try:
        return datetime.date.fromisoformat(date.strip()).isoformat()
    except ValueError:
        raise InputError(
            f"`{date.strip()[:40]}` is not a date. Write year, month and day: 2026-03-01."
        ) from None
