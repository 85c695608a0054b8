"""The builds of an employer's index: one folder each, and a file that names the one in use."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

_CURRENT = "current"
# A build that is not in use is somebody's work in progress, or was left by a kill.
_LEFT_BEHIND_S = 600.0


def current(home: Path) -> str | None:
    """Return the name of the build in use, None where there is none."""
    try:
        name = (home / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if name.isalnum() else None


def point(home: Path, build: str) -> None:
    """Make a build the one in use, in one step."""
    draft = home / f"{_CURRENT}.{build}"
    draft.write_text(build, encoding="utf-8")
    os.replace(draft, home / _CURRENT)


def sweep(home: Path, keep: str, before: str | None) -> None:
    """Remove the build before and what kills have left behind.

    Args:
        home: The employer's folder.
        keep: The build in use.
        before: The build in use before it, None where there was none.
    """
    now = time.time()
    for path in home.iterdir():
        if path.name in {keep, _CURRENT}:
            continue
        if path.name == before or now - path.stat().st_mtime > _LEFT_BEHIND_S:
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
