"""Hashes of the content, to tell whether it has changed since something was made with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from interviewer.errors import SetupError
from interviewer.wiring.settings import Settings


def content_hashes(settings: Settings) -> dict[str, str]:
    """Return the SHA-256 of every content file: personas and all that is with them, and employers.

    Files go by their names within the content, so that it may lie elsewhere on another machine.

    Raises:
        SetupError: One cannot be read.
    """
    try:
        return {
            name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in _files(settings)
        }
    except OSError as error:
        raise SetupError(f"{error.filename} cannot be read ({error.strerror}).") from None


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    for name, folder, kind in (
        ("personas", settings.personas, "*"),
        ("own formats", settings.home / "formats", "*"),
        ("employers", settings.knowledge, "*.toml"),
        ("own employers", settings.own_knowledge, "*.toml"),
    ):
        for path in sorted(folder.rglob(kind)):
            if path.is_file():
                yield f"{name}/{path.relative_to(folder).as_posix()}", path
