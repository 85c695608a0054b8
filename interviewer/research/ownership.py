"""Whose research it is: a note beside the documents somebody took in.

Packs that come with an installation are everybody's and hold no such note; what a candidate
ingests is theirs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError, SetupError
from interviewer.research.ingest import is_own_pack
from interviewer.research.pack import files

_NOTE = ".owner.json"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose research it is.

    Attributes:
        name: The candidate.
        visitor: Digest of the browser it was taken in from, None for the terminal.
    """

    name: str = "me"
    visitor: str | None = None


def owner_of(folder: Path) -> Owner | None:
    """Return whose the documents of a folder are, None where nobody has noted it."""
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        visitor = note.get("visitor")
        return Owner(str(note["owner"]), None if visitor is None else str(visitor))
    except (OSError, ValueError, KeyError, AttributeError):
        return None


def check_owner(folder: Path, owner: Owner) -> None:
    """Make sure that somebody may add to a folder.

    Raises:
        InputError: It is somebody else's.
    """
    found = owner_of(folder)
    if found is not None and found != owner:
        raise InputError(
            f"The research on {folder.name} is another candidate's. Take another id for "
            f"yours, for example {folder.name}-2."
        )


def claim(folder: Path, owner: Owner) -> None:
    """Note whose the documents of a folder are; the first note stays.

    Raises:
        InputError: It is somebody else's.
        SetupError: The folder cannot be written.
    """
    check_owner(folder, owner)
    if owner_of(folder) is not None:
        return
    note = {"owner": owner.name} | ({"visitor": owner.visitor} if owner.visitor else {})
    part = folder / f"{_NOTE}.part"
    try:
        part.write_text(json.dumps(note), encoding="utf-8")
        part.replace(folder / _NOTE)
    except OSError as error:
        raise SetupError(
            f"{folder} cannot be written ({error.strerror or error}). Check rights."
        ) from None


def packs_of(own_folder: Path, name: str, visitor: str | None = None) -> tuple[str, ...]:
    """Return the employers a candidate has taken in research on, in the terminal or a browser.

    Args:
        own_folder: Folder of what was taken in.
        name: The candidate.
        visitor: Only what was taken in by the browser of this digest.
    """
    owners = ((folder.name, owner_of(folder)) for folder in own_packs(own_folder))
    return tuple(
        sorted(
            pack
            for pack, owner in owners
            if owner and owner.name == name and visitor in {None, owner.visitor}
        )
    )


def own_packs(own_folder: Path) -> tuple[Path, ...]:
    """Return the folders of everything that was taken in, whoever did."""
    found = own_folder.iterdir() if own_folder.is_dir() else ()
    return tuple(sorted(path for path in found if is_own_pack(path)))


def document_count(folder: Path) -> int:
    """Return how many documents a folder holds."""
    return len(files((folder,)))
