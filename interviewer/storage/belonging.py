"""Whose things are meant: a person's, or only those of one browser of a page others can reach."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from interviewer.errors import InputError
from interviewer.people.accounts import NOBODY
from interviewer.storage.people import find_person
from interviewer.storage.people_tables import accounts
from interviewer.storage.tables import self_assessments, sessions


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody things are kept about.

    Attributes:
        name: The person's name; without accounts everybody at a browser is `me`.
        visitor: Digest of a browser, where only what was said there is meant.
    """

    name: str = NOBODY
    visitor: str | None = None


@dataclass(frozen=True, slots=True)
class Traces:
    """By what things of somebody are known outside the database.

    Attributes:
        sessions: Ids of their interviews, oldest first.
        visitors: Their account's key and the digests of their browsers.
    """

    sessions: tuple[str, ...]
    visitors: frozenset[str]


def number_of(connection: Connection, whose: Whose) -> int:
    """Return the number of a person.

    Raises:
        InputError: Nothing is kept about a person of that name.
    """
    found = find_person(connection, whose.name)
    if found is None:
        raise InputError(
            f"Nothing is kept about a candidate named {whose.name!r}. Give the name exactly as "
            "the list of interviews shows it."
        )
    return found


def their_sessions(number: int, whose: Whose) -> ColumnElement[bool]:
    """Return the condition that an interview is somebody's."""
    mine = sessions.c.owner == number
    return mine if whose.visitor is None else mine & (sessions.c.visitor == whose.visitor)


def their_self_assessments(number: int, whose: Whose) -> ColumnElement[bool]:
    """Return the condition that a self-assessment is somebody's."""
    mine = self_assessments.c.owner == number
    return mine if whose.visitor is None else mine & (self_assessments.c.visitor == whose.visitor)


def traces(connection: Connection, whose: Whose) -> Traces:
    """Return by what things of somebody are known elsewhere; nothing where nothing is kept."""
    number = find_person(connection, whose.name)
    if number is None:
        return Traces((), frozenset({whose.visitor} if whose.visitor else ()))
    rows = connection.execute(
        select(sessions.c.id, sessions.c.visitor)
        .where(their_sessions(number, whose))
        .order_by(sessions.c.created, sessions.c.id)
    ).all()
    told = connection.scalars(
        select(self_assessments.c.visitor).where(their_self_assessments(number, whose))
    )
    keys = connection.scalars(select(accounts.c.key).where(accounts.c.person == number))
    visitors = {*(row.visitor for row in rows), *told, *keys, whose.visitor}
    return Traces(tuple(row.id for row in rows), frozenset(v for v in visitors if v))
