"""What may be put into the store: new sessions, and turns in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from uuid import uuid4

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from interviewer.errors import ConversationError, InputError, StaleTurnError
from interviewer.storage.drafts import clear_draft, select_draft
from interviewer.storage.people import find_person, person
from interviewer.storage.rows import (
    insert_transcript,
    insert_turn,
    put_passages,
    select_transcript,
    unknown_session,
)
from interviewer.storage.tables import sessions, turns
from interviewer.transcript import Passage, Transcript, Turn


def create(
    connection: Connection,
    transcript: Transcript,
    *,
    owner: str,
    visitor: str | None = None,
    now: str,
) -> None:
    """Put in a new session.

    Args:
        connection: A transaction that writes.
        transcript: The session with all it already has.
        owner: Name of the candidate whose it is; entered when new.
        visitor: Digest that proves which browser may see it.
        now: ISO time in UTC.

    Raises:
        ConversationError: A session of that id is kept already.
        InputError: The id or the name is empty.
    """
    if not transcript.id.strip():
        raise InputError("The interview has no id. Give it one, or import it to get one.")
    owned_by = person(connection, owner, now=now)
    try:
        insert_transcript(connection, transcript, owner=owned_by, visitor=visitor, now=now)
    except IntegrityError:
        raise ConversationError(
            f"An interview with the id {transcript.id!r} is kept already. Go on with that one, "
            "or start another under a new id."
        ) from None


def import_transcript(
    connection: Connection, transcript: Transcript, *, owner: str, now: str
) -> str:
    """Put in a transcript from elsewhere, under a new id when its own is taken or empty.

    Returns:
        The id it is kept under.

    Raises:
        InputError: The name is empty.
    """
    taken = select(sessions.c.id).where(sessions.c.id == transcript.id)
    if not transcript.id.strip() or connection.scalar(taken) is not None:
        transcript = replace(transcript, id=uuid4().hex)
    create(connection, transcript, owner=owner, now=now)
    return transcript.id


def append(
    connection: Connection, session_id: str, turn: Turn, passages: Iterable[Passage]
) -> None:
    """Put in the next turn of a session and the passages it used.

    Args:
        connection: A transaction that writes.
        session_id: The session.
        turn: The turn; a candidate's clears the draft.
        passages: Research the turn used.

    Raises:
        StaleTurnError: The turn's number is not the one after the last.
        InputError: There is no such session.
    """
    ahead, _ = session_row(connection, session_id, locked=True)
    last = connection.scalar(select(func.max(turns.c.seq)).where(turns.c.session == session_id))
    position = (last or 0) + 1
    expected = position + ahead
    if turn.seq != expected:
        raise StaleTurnError(
            f"The interview {session_id!r} goes on with turn {expected}, not with turn "
            f"{turn.seq}. It went on elsewhere: load it again and answer from there."
        )
    insert_turn(connection, session_id, position, turn)
    put_passages(connection, session_id, ((passage.id, passage) for passage in passages))
    if turn.by_candidate:
        clear_draft(connection, session_id)


def session_row(
    connection: Connection, session_id: str, *, locked: bool = False
) -> tuple[int, str | None]:
    """Return a session's `ahead` and `visitor`.

    Args:
        connection: A transaction.
        session_id: The session.
        locked: Whether others wait with writing to it until the transaction ends. SQLite needs no
            such lock, as it has one writer at a time.

    Raises:
        InputError: There is no such session.
    """
    query = select(sessions.c.ahead, sessions.c.visitor).where(sessions.c.id == session_id)
    row = connection.execute(query.with_for_update() if locked else query).one_or_none()
    if row is None:
        raise unknown_session(session_id)
    return row.ahead, row.visitor


def everything(connection: Connection, candidate: str) -> tuple[Transcript, ...]:
    """Return all that is kept about a person, oldest first.

    A draft that was never sent is told in the transcript's extra field `draft`.

    Raises:
        InputError: Nothing is kept about a person of that name.
    """
    owner = find_person(connection, candidate)
    if owner is None:
        raise InputError(
            f"Nothing is kept about a candidate named {candidate!r}. Give the name exactly as the "
            "list of interviews shows it."
        )
    ids = connection.scalars(
        select(sessions.c.id)
        .where(sessions.c.owner == owner)
        .order_by(sessions.c.created, sessions.c.id)
    ).all()
    return tuple(_with_draft(connection, select_transcript(connection, key)) for key in ids)


def _with_draft(connection: Connection, transcript: Transcript) -> Transcript:
    text = select_draft(connection, transcript.id)
    if not text:
        return transcript
    return replace(transcript, extra=MappingProxyType({**transcript.extra, "draft": text}))
