"""Answers that are typed but not sent."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from interviewer.storage.rows import to_text
from interviewer.storage.tables import drafts


def put_draft(connection: Connection, session_id: str, text: str) -> None:
    """Keep this text as the session's only draft; an empty one removes it."""
    clear_draft(connection, session_id)
    if text:
        connection.execute(insert(drafts).values(session=session_id, text=to_text(text)))


def clear_draft(connection: Connection, session_id: str) -> None:
    """Remove the session's draft, if it has one."""
    connection.execute(delete(drafts).where(drafts.c.session == session_id))


def select_draft(connection: Connection, session_id: str) -> str:
    """Return the session's draft, empty when there is none."""
    return drafts_by_session(connection, [session_id]).get(session_id, "")


def drafts_by_session(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the drafts of those of these sessions that have one."""
    found = connection.execute(
        select(drafts.c.session, drafts.c.text).where(drafts.c.session.in_(ids))
    )
    return {row.session: str(json.loads(row.text)) for row in found}
