"""What a database can fail with, as sentences."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, SQLAlchemyError

from interviewer.errors import InputError, SetupError

# What the drivers say, as patterns, and what it means to the person in front of the program.
_MEANINGS = (
    (
        r"not a database|malformed|file is encrypted",
        "is damaged or is no database. Restore a copy of it, or move the file away; a new one is "
        "made at the next start.",
    ),
    (
        r"locked|busy|lock timeout",
        "was held by another program for more than 5 seconds. Try again, or end that program.",
    ),
    (
        r"is full|no space|file too large",
        "cannot grow: the disk is full. Free some space and try again.",
    ),
    (
        r"disk i/o error",
        "cannot be read or written: the disk is full, fails, or allows no larger file. Free some "
        "space or have the disk looked at, and try again.",
    ),
    (
        r"no such table|relation \S+ does not exist",
        "has lost its tables. Restore a copy of it, or start the program again on an empty one.",
    ),
    (
        r"authentication failed|no password supplied|no pg_hba|(role|database) \S+ does not exist",
        "does not let this program in: the user, the password or the name of the database is not "
        "known there. Correct the database URL, or make user and database on the server.",
    ),
    (
        r"permission denied for|must be owner",
        "does not let this user make or change tables. Give the user all rights to the database.",
    ),
    (
        r"readonly|read-only|unable to open|permission denied",
        "cannot be written. Give it back to this user, or choose another data folder or database.",
    ),
    (
        r"too many clients|connection slots|queuepool limit",
        "has no connection left. Raise max_connections on the server, or run fewer processes.",
    ),
    (
        r"connection (refused|failed|timeout|is (bad|lost|closed))"
        r"|(could not|failed to) (connect|translate|resolve)"
        r"|(closed the|terminating) connection|(shutting|starting) (down|up)|timeout expired"
        r"|consuming input failed|in recovery",
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
        if re.search(signs, said.lower()):
            return f"The database {place} {meaning}"
    return f"The database {place} failed: {said.rstrip('.')}. See that it is in order; try again."
