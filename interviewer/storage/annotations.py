"""What is said about interviews, kept beside them: added, never changed, gone with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import MappingProxyType

from sqlalchemy import Connection, func, insert, select

from interviewer.errors import ConversationError
from interviewer.interview.annotations import MOST_ANNOTATIONS, Annotation
from interviewer.storage.rows import session_row, to_text
from interviewer.storage.tables import notes


def add_annotation(
    connection: Connection, session_id: str, entry: Annotation, *, now: str, once: bool = False
) -> bool:
    """Add an annotation behind those that are there.

    Args:
        connection: A transaction that writes.
        session_id: The interview.
        entry: What is said; without a time of its own it gets the present one.
        now: ISO time in UTC.
        once: Whether nothing is added when one of its kind about the same is there.

    Returns:
        Whether it was added.

    Raises:
        InputError: There is no such session.
        ConversationError: There are too many already.
    """
    session_row(connection, session_id, locked=True)
    here = notes.c
    mine = here.session == session_id
    same = mine & (here.kind == entry.kind) & (here.about == entry.about)
    if once and connection.scalar(select(here.number).where(same).limit(1)) is not None:
        return False
    last = connection.scalar(select(func.max(here.number)).where(mine)) or 0
    if last >= MOST_ANNOTATIONS:
        raise ConversationError(
            f"Nothing more can be noted about this interview: it has {last} notes already."
        )
    connection.execute(
        insert(notes).values(
            session=session_id,
            number=last + 1,
            kind=entry.kind,
            about=entry.about,
            at=entry.at or now,
            body=to_text(dict(entry.body)),
        )
    )
    return True


def select_annotations(connection: Connection, session_id: str) -> tuple[Annotation, ...]:
    """Return what is said about an interview, in the order it was said.

    Raises:
        InputError: There is no such session.
    """
    session_row(connection, session_id)
    return annotations_by_session(connection, [session_id])[session_id]


def annotations_by_session(
    connection: Connection, ids: Sequence[str]
) -> dict[str, tuple[Annotation, ...]]:
    """Return what is said about each of these interviews, in the order it was said."""
    here = notes.c
    found: dict[str, list[Annotation]] = {key: [] for key in ids}
    rows = connection.execute(
        select(here.session, here.kind, here.about, here.body, here.at)
        .where(here.session.in_(ids))
        .order_by(here.session, here.number)
    )
    for row in rows:
        body = MappingProxyType(json.loads(row.body))
        found[row.session].append(Annotation(row.kind, row.about, body, row.at))
    return {key: tuple(said) for key, said in found.items()}
