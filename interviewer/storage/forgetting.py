"""Forgets an interview or a person, down to the bytes of the file."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection, Engine, Table, delete, select

from interviewer.errors import InputError, SetupError
from interviewer.storage.belonging import (
    Whose,
    number_of,
    their_self_assessments,
    their_sessions,
)
from interviewer.storage.failures import as_sentences
from interviewer.storage.forgetting_accounts import delete_account
from interviewer.storage.helping_tables import helps, watching
from interviewer.storage.judging_tables import looks, ratings, score_sheets
from interviewer.storage.people import find_person
from interviewer.storage.people_tables import content_versions, remarks, shares, takes
from interviewer.storage.redos import ids_of_redos
from interviewer.storage.tables import (
    drafts,
    leases,
    notes,
    passages,
    people,
    redos,
    self_assessments,
    sessions,
    turns,
)
from interviewer.storage.transactions import place_of, writing

Kind = Literal["session", "candidate"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted.

    Attributes:
        what: Whether the name was an interview's id or a candidate's name.
        name: The name that was given.
        sessions: How many interviews were deleted, with those that give its answers again.
        turns: How many turns.
        passages: How many passages of research.
        drafts: How many answers that were typed and not sent.
        people: How many people.
        self_assessments: How many self-assessments.
        accounts: How many accounts.
        remarks: How many remarks, hints and questions: coaches' on their interviews, and theirs
            on others'.
        assignments: How many assignments they gave as a coach.
        copies: How many versions of edited copies of content files.
        annotations: How many notes on their interviews: own ratings, disputes and the like.
        erased: Whether the bytes are gone from the files as well. False while another program
            reads the database (SQLite overwrites them when that one has ended), and always with
            PostgreSQL, whose server reuses the space in its own time.
    """

    what: Kind
    name: str
    sessions: int
    turns: int
    passages: int
    drafts: int
    people: int
    self_assessments: int = 0
    annotations: int = 0
    accounts: int = 0
    remarks: int = 0
    assignments: int = 0
    copies: int = 0
    erased: bool = False


def kept_under(connection: Connection, name: str) -> tuple[Kind, ...]:
    """Return what a name is kept for: an interview's id, a candidate's name, both or neither."""
    kinds: list[Kind] = []
    if connection.scalar(select(sessions.c.id).where(sessions.c.id == name)) is not None:
        kinds.append("session")
    if find_person(connection, name) is not None:
        kinds.append("candidate")
    return tuple(kinds)


def forget(
    engine: Engine, name: str, *, what: Kind | None = None, visitor: str | None = None
) -> Forgotten:
    """Delete an interview with its answers given again, or a candidate; erase the bytes.

    Args:
        engine: The database.
        name: A session's id, or else a candidate's name.
        what: Which of the two; None takes a session where there is one.
        visitor: Of a candidate only what belongs to the browser of this digest.

    Raises:
        InputError: Nothing is kept under that name.
        SetupError: The database fails; then nothing was deleted.
    """
    with writing(engine) as connection:
        gone = (
            _delete(connection, name, what)
            if visitor is None
            else _delete_of_visitor(connection, Whose(name, visitor))
        )
    return replace(gone, erased=erase_deleted(engine))


def _delete(connection: Connection, name: str, what: Kind | None) -> Forgotten:
    kinds = kept_under(connection, name)
    if "session" in kinds and what != "candidate":
        # An answer given again holds the question and the facts of the first: it goes with it.
        return delete_sessions(connection, name, (name, *ids_of_redos(connection, name)))
    person = find_person(connection, name)
    if person is None or what == "session":
        raise InputError(
            f"Nothing is kept under {name!r}. Give an interview's id or a candidate's name "
            "exactly as the list of interviews shows it."
        )
    theirs = connection.scalars(select(sessions.c.id).where(sessions.c.owner == person))
    gone = delete_sessions(connection, name, tuple(theirs))
    own = delete(self_assessments).where(self_assessments.c.owner == person)
    told = connection.execute(own).rowcount
    accounts, said, asked = delete_account(connection, person)
    edited = delete(content_versions).where(content_versions.c.owner == person)
    copies = connection.execute(edited).rowcount
    connection.execute(delete(people).where(people.c.id == person))
    return replace(
        gone,
        what="candidate",
        people=1,
        self_assessments=told,
        accounts=accounts,
        remarks=gone.remarks + said,
        assignments=asked,
        copies=copies,
    )


def _delete_of_visitor(connection: Connection, whose: Whose) -> Forgotten:
    number = number_of(connection, whose)
    theirs = connection.scalars(select(sessions.c.id).where(their_sessions(number, whose)))
    gone = delete_sessions(connection, whose.name, tuple(theirs))
    own = delete(self_assessments).where(their_self_assessments(number, whose))
    told = connection.execute(own).rowcount
    return replace(gone, what="candidate", self_assessments=told)


def delete_sessions(connection: Connection, name: str, ids: Collection[str]) -> Forgotten:
    """Delete interviews with all that belongs to them; say how much of each it was."""

    def gone(table: Table) -> int:
        key = table.c.id if table is sessions else table.c.session
        return connection.execute(delete(table).where(key.in_(ids))).rowcount

    # No word of theirs.
    for table in (redos, leases, shares, takes, watching, looks, ratings, score_sheets):
        gone(table)
    return Forgotten(
        what="session",
        name=name,
        turns=gone(turns),
        passages=gone(passages),
        drafts=gone(drafts),
        annotations=gone(notes),
        remarks=gone(remarks) + gone(helps),
        sessions=gone(sessions),  # last: the others point to them
        people=0,
    )


def erase_deleted(engine: Engine) -> bool:
    """Take what was deleted out of the files; return whether no byte of it is left."""
    if engine.dialect.name != "sqlite":
        return False
    try:
        with as_sentences(place_of(engine)), closing(engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            # The answers still stand in the -wal file until it is written back and cut to nothing.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            row = cursor.fetchone()
            cursor.close()
    except SetupError:
        # The rows are deleted and committed; that must be reported whatever happens here.
        return False
    return row is not None and row[0] == 0
