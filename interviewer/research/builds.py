"""The builds of an employer's index: one folder each, and a file that names the one in use."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from interviewer.errors import SetupError

_CURRENT = "current"
_LOCK = "writing.lock"
# Whoever finds another at work waits this long: making the index of a small pack takes less.
PATIENCE_S = 20.0


@contextmanager
def writing(home: Path, company: str, patience: float = PATIENCE_S) -> Iterator[None]:
    """Hold the right to write the index of an employer; one process at a time has it.

    Raises:
        SetupError: Another process has had it for all of `patience` seconds.
    """
    lock = FileLock(home / _LOCK, timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise SetupError(
            f"Another program is writing the research on {company}. Wait until it is done, "
            "then try again; several programs at once need a Chroma server "
            "(INTERVIEWER_CHROMA_URL)."
        ) from error
    try:
        yield
    finally:
        lock.release()


def current(home: Path) -> str | None:
    """Return the name of the build in use, None where there is none."""
    try:
        name = (home / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if name.isalnum() else None


def all_of(home: Path) -> tuple[Path, ...]:
    """Return the folders of all builds, the one in use first."""
    used = current(home)
    folders = [path for path in home.iterdir() if path.is_dir() and path.name.isalnum()]
    return tuple(sorted(folders, key=lambda path: (path.name != used, path.name)))


def point(home: Path, build: str) -> None:
    """Make a build the one in use, in one step."""
    draft = home / f"{_CURRENT}.{build}"
    draft.write_text(build, encoding="utf-8")
    os.replace(draft, home / _CURRENT)


def sweep(home: Path, keep: str) -> None:
    """Remove all but the build in use; only whoever may write calls it."""
    for path in home.iterdir():
        if path.name in {keep, _CURRENT, _LOCK}:
            continue
        if path.is_dir():
            erase(path)
        else:
            path.unlink(missing_ok=True)


def erase(folder: Path) -> None:
    """Remove a folder; Chroma's threads may still write into it for a moment after closing."""
    for _ in range(40):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)
