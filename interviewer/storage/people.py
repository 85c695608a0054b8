"""The people whose interviews are kept."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from interviewer.errors import InputError
from interviewer.storage.tables import people


def find_person(connection: Connection, name: str) -> int | None:
    """Return the id of the person of that name, None when nothing is kept of one."""
    return connection.scalar(select(people.c.id).where(people.c.name == name))


def person(connection: Connection, name: str, *, now: str) -> int:
    """Return the id of the person of that name, who is entered when new.

    Args:
        connection: A transaction that writes.
        name: The candidate's name, exactly as it is to be found again.
        now: ISO time in UTC.

    Raises:
        InputError: The name is empty.
    """
    if not name.strip():
        raise InputError("The candidate's name is empty. Give a name, or leave it at `me`.")
    found = find_person(connection, name)
    if found is not None:
        return found
    # On PostgreSQL another transaction may have entered them meanwhile.
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(insert(people).values(name=name, created=now))
    entered: int = connection.execute(
        select(people.c.id).where(people.c.name == name)
    ).scalar_one()
    return entered
