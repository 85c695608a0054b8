"""Interviews that give one answer of another again."""

from __future__ import annotations

from sqlalchemy import Connection, select

from interviewer.assessment.afterwards import Afterwards
from interviewer.interview.redo import redo_of
from interviewer.storage.annotations import select_annotations
from interviewer.storage.rows import select_transcript, select_transcripts, unknown_session
from interviewer.storage.tables import people, redos, sessions
from interviewer.transcript import Transcript


def ids_of_redos(connection: Connection, session_id: str) -> tuple[str, ...]:
    """Return the ids of the interviews that give an answer of this one again, oldest first.

    Only those of the same candidate and browser: an id that was written into a file from
    elsewhere opens nobody's interview.
    """
    here = sessions.c
    of = select(here.owner, here.visitor).where(here.id == session_id).subquery()
    return tuple(
        connection.scalars(
            select(here.id)
            .join(redos, redos.c.session == here.id)
            .join(of, of.c.owner == here.owner)
            .where(redos.c.of == session_id, here.visitor.is_not_distinct_from(of.c.visitor))
            .order_by(here.created, here.id)
        )
    )


def select_redos(connection: Connection, session_id: str) -> tuple[Transcript, ...]:
    """Return the interviews that give an answer of this one again, oldest first."""
    return select_transcripts(connection, ids_of_redos(connection, session_id))


def select_afterwards(connection: Connection, transcript: Transcript) -> Afterwards:
    """Return what came after an interview; the earlier one only where it is the same person's.

    Raises:
        InputError: There is no such session.
    """
    first = redo_of(transcript.interview)
    known = first is not None and transcript.id in ids_of_redos(connection, first)
    return Afterwards(
        said=select_annotations(connection, transcript.id),
        first=select_transcript(connection, first) if known and first else None,
        again=select_redos(connection, transcript.id),
    )


def select_owner(connection: Connection, session_id: str) -> str:
    """Return the name of the candidate whose a session is.

    Raises:
        InputError: There is no such session.
    """
    belongs = sessions.c.owner == people.c.id
    name: str | None = connection.scalar(
        select(people.c.name).join(sessions, belongs).where(sessions.c.id == session_id)
    )
    if name is None:
        raise unknown_session(session_id)
    return name
