"""What a kept assessment was made by: rubrics, words and the scorer itself, as one digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from interviewer.content.library import Library

# The rooms an answer goes through on its way to a level.
_ROOMS = ("assessment", "reading", "interview", "content")
_LENGTH = 32


def rules_digest(library: Library) -> str:
    """Return the digest of all a level depends on besides the interview.

    Another rubric, another word to read by, or another version of the scorer gives another.
    """
    told = hashlib.sha256(_scorer())
    for held in (library.rubrics, library.vocabularies):
        for name, value in sorted(held.items()):
            told.update(f"{name}\0{value.model_dump_json()}\0".encode())
    return told.hexdigest()[:_LENGTH]


@cache
def _scorer() -> bytes:
    """Return the digest of every file of those rooms; they do not change while a program runs."""
    told = hashlib.sha256()
    for room in _ROOMS:
        for path, file in _files(resources.files("interviewer") / room, room):
            told.update(f"{path}\0".encode())
            told.update(file.read_bytes())
    return told.digest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        inner = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _files(entry, inner)
        elif entry.name.endswith((".py", ".toml")):
            yield inner, entry
