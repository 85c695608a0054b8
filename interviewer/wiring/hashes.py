"""Hashes of the content, to tell whether it has changed since something was made with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from interviewer.errors import SetupError
from interviewer.wiring.settings import Settings


def content_hashes(settings: Settings) -> dict[str, str]:
    """Return the SHA-256 of every content file: personas and all that is with them, and employers.

    Raises:
        SetupError: One cannot be read.
    """
    try:
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in _files(settings)
        }
    except OSError as error:
        raise SetupError(f"{error.filename} cannot be read ({error.strerror}).") from None


def _files(settings: Settings) -> Iterator[Path]:
    for folder, kind in (
        (settings.personas, "*"),
        (settings.home / "formats", "*"),
        (settings.knowledge, "*.toml"),
        (settings.own_knowledge, "*.toml"),
    ):
        yield from (path for path in sorted(folder.rglob(kind)) if path.is_file())
