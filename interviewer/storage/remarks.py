"""What coaches say of interviews: added, never changed, gone with the interview or its coach."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from interviewer.errors import ConversationError, NotThereError
from interviewer.people.remarks import MOST_REMARKS, Remark
from interviewer.storage.people_tables import remarks
from interviewer.storage.rows import session_row, to_text
from interviewer.storage.tables import people, sessions


def add_remark(
    connection: Connection, session_id: str, author: int, remark: Remark, *, now: str
) -> None:
    """Keep a remark behind those that are there.

    Raises:
        InputError: There is no such interview.
        ConversationError: There are too many already.
    """
    session_row(connection, session_id, locked=True)
    mine = remarks.c.session == session_id
    last = connection.scalar(select(func.max(remarks.c.number)).where(mine)) or 0
    if last >= MOST_REMARKS:
        raise ConversationError(f"Enough was said about this interview: {last} remarks are kept.")
    body = {
        "text": remark.text,
        "quote": remark.quote,
        "level": remark.level,
        "machine": remark.machine,
    }
    connection.execute(
        insert(remarks).values(
            session=session_id,
            number=last + 1,
            author=author,
            kind=remark.kind,
            about=remark.about,
            at=now,
            body=to_text(body),
        )
    )


def take_out_remark(connection: Connection, session_id: str, author: int, number: int) -> None:
    """Delete a remark of its own author.

    Raises:
        NotThereError: It is not there, or another's.
    """
    gone = connection.execute(
        delete(remarks).where(
            remarks.c.session == session_id,
            remarks.c.number == number,
            remarks.c.author == author,
        )
    )
    if gone.rowcount != 1:
        raise NotThereError("This remark is not there any more, or it is not yours.")


def select_remarks(
    connection: Connection, session_id: str, *, author: int | None = None
) -> tuple[Remark, ...]:
    """Return what coaches said of an interview, in the order they said it.

    Args:
        connection: A transaction.
        session_id: The interview.
        author: Only what this coach said; None for every one's.
    """
    chosen = remarks.c.session == session_id
    if author is not None:
        chosen &= remarks.c.author == author
    return tuple(remark for _, remark in _chosen(connection, chosen))


def remarks_of_owner(connection: Connection, owner: int) -> dict[str, list[Remark]]:
    """Return what coaches said of a candidate's interviews, by the interview."""
    theirs = select(sessions.c.id).where(sessions.c.owner == owner)
    found: dict[str, list[Remark]] = {}
    for session, remark in _chosen(connection, remarks.c.session.in_(theirs)):
        found.setdefault(session, []).append(remark)
    return found


def said_among(
    connection: Connection, author: int, ids: Sequence[str]
) -> tuple[tuple[str, Remark], ...]:
    """Return what a coach said of some interviews, each with the id of the interview."""
    return _chosen(connection, (remarks.c.author == author) & remarks.c.session.in_(ids))


def said_by(connection: Connection, author: int) -> tuple[tuple[str, Remark], ...]:
    """Return all a coach said, each with the id of the interview."""
    return _chosen(connection, remarks.c.author == author)


def _chosen(connection: Connection, chosen: ColumnElement[bool]) -> tuple[tuple[str, Remark], ...]:
    rows = connection.execute(
        select(remarks, people.c.name)
        .join(people, people.c.id == remarks.c.author)
        .where(chosen)
        .order_by(remarks.c.session, remarks.c.number)
    )
    return tuple(
        (
            row.session,
            Remark(
                row.kind,
                row.about,
                by=row.name,
                at=row.at,
                number=row.number,
                **json.loads(row.body),
            ),
        )
        for row in rows
    )
