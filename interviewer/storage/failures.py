"""What a database can fail with, as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, SQLAlchemyError

from interviewer.errors import InputError, SetupError

# What the drivers say, and what it means to the person in front of the program.
_MEANINGS = (
    (
        ("not a database", "malformed", "file is encrypted"),
        "is damaged or is no database. Restore a copy of it, or move the file away; a new one is "
        "made at the next start.",
    ),
    (
        ("locked", "busy"),
        "was held by another program for more than 5 seconds. Try again, or end that program.",
    ),
    (("is full", "no space"), "cannot grow: the disk is full. Free some space and try again."),
    (
        ("readonly", "read-only", "unable to open", "permission denied"),
        "cannot be written. Give the file and its folder back to this user, or choose another "
        "data folder.",
    ),
    (
        ("connection refused", "could not connect", "connection failed", "could not translate"),
        "does not answer. Start the server, or correct the database URL.",
    ),
)


@contextmanager
def as_sentences(place: str) -> Iterator[None]:
    """Turn what a database raises inside the block into the errors users read.

    Args:
        place: The database's file, or its URL without the password.

    Raises:
        InputError: A text holds a character that the database cannot keep.
        SetupError: The database is damaged, locked, full, read-only or out of reach.
    """
    try:
        yield
    except (UnicodeEncodeError, DataError):
        raise InputError(
            f"A name or id holds a character that the database {place} cannot keep, such as a "
            "NUL or half of a surrogate pair. Take it out and try again."
        ) from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise SetupError(_sentence(place, error)) from error


def _sentence(place: str, error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip()
    for signs, meaning in _MEANINGS:
        if any(sign in said.lower() for sign in signs):
            return f"The database {place} {meaning}"
    return f"The database {place} failed: {said.rstrip('.')}. See that it is in order; try again."
