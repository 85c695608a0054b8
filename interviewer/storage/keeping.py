"""What may be put into the store: new sessions, and turns in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from types import MappingProxyType
from uuid import uuid4

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from interviewer.errors import ConversationError, InputError, StaleTurnError
from interviewer.interview.annotations import (
    annotations_in,
    with_annotations,
    without_annotations,
)
from interviewer.interview.leasing import Lease
from interviewer.storage.annotations import add_annotation, annotations_by_session
from interviewer.storage.belonging import Whose, number_of, their_sessions
from interviewer.storage.drafts import clear_draft, drafts_by_session
from interviewer.storage.helping import helps_of_owner, looked_on
from interviewer.storage.leases import spend
from interviewer.storage.people import person
from interviewer.storage.people_tables import takes
from interviewer.storage.ratings import looks_at, ratings_of_owner
from interviewer.storage.remarks import remarks_of_owner
from interviewer.storage.rows import (
    insert_transcript,
    insert_turn,
    put_passages,
    select_transcripts,
    session_row,
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

    What was said about the interview is kept beside it.

    Returns:
        The id it is kept under.

    Raises:
        InputError: The name is empty, or a note in it cannot be read.
    """
    said = annotations_in(transcript)
    transcript = without_annotations(transcript)
    taken = select(sessions.c.id).where(sessions.c.id == transcript.id)
    if not transcript.id.strip() or connection.scalar(taken) is not None:
        transcript = replace(transcript, id=uuid4().hex)
    create(connection, transcript, owner=owner, now=now)
    for entry in said:
        add_annotation(connection, transcript.id, entry, now=now)
    return transcript.id


def append(
    connection: Connection,
    session_id: str,
    turn: Turn,
    passages: Iterable[Passage],
    lease: Lease | None = None,
) -> None:
    """Put in the next turn of a session and the passages it used.

    Args:
        connection: A transaction that writes.
        session_id: The session.
        turn: The turn; a candidate's clears the draft.
        passages: Research the turn used.
        lease: What the turn was made under; it ends with the turn.

    Raises:
        StaleTurnError: The turn's number is not the one after the last, or another process took
            the lease over.
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
    if lease is not None:
        spend(connection, session_id, lease)
    insert_turn(connection, session_id, position, turn)
    put_passages(connection, session_id, ((passage.id, passage) for passage in passages))
    if turn.by_candidate:
        clear_draft(connection, session_id)


def everything(connection: Connection, whose: Whose) -> tuple[Transcript, ...]:
    """Return all interviews that are kept of somebody, oldest first.

    A draft that was never sent is told in the transcript's extra field `draft`, what was said
    about the interview in `annotations`, what coaches said of it in `remarks`, what they whispered
    and put into it in `helps`, when they had it open in `looked_on`, the levels they gave in
    `ratings`, when they first saw its levels in `levels_seen`, the assignment it was begun for in
    `assignment`.

    Raises:
        InputError: Nothing is kept about a person of that name.
    """
    owner = number_of(connection, whose)
    ids = connection.scalars(
        select(sessions.c.id)
        .where(their_sessions(owner, whose))
        .order_by(sessions.c.created, sessions.c.id)
    ).all()
    said = annotations_by_session(connection, ids)
    typed = drafts_by_session(connection, ids)
    coaches, rated = remarks_of_owner(connection, owner), ratings_of_owner(connection, owner)
    helped, looked = helps_of_owner(connection, owner), looked_on(connection, owner)
    asked = connection.execute(
        select(takes.c.session, takes.c.assignment).where(takes.c.session.in_(ids))
    )
    begun = {row.session: row.assignment for row in asked}
    seen = looks_at(connection, ids)
    return tuple(
        _with(with_annotations(held, said[held.id]), draft=typed.get(held.id, ""),
              remarks=[asdict(remark) for remark in coaches.get(held.id, ())],
              helps=[asdict(entry) for entry in helped.get(held.id, ())],
              looked_on=looked.get(held.id),
              ratings=[asdict(rating) for rating in rated.get(held.id, ())],
              assignment=begun.get(held.id), levels_seen=seen.get(held.id))
        for held in select_transcripts(connection, ids)
    )  # fmt: skip


def _with(transcript: Transcript, **fields: object) -> Transcript:
    """Return a transcript with those of these extra fields that hold something."""
    told = {name: value for name, value in fields.items() if value}
    if not told:
        return transcript
    return replace(transcript, extra=MappingProxyType({**transcript.extra, **told}))
