"""Answers that are typed but not sent."""

from __future__ import annotations

import json

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
    text = connection.scalar(select(drafts.c.text).where(drafts.c.session == session_id))
    return "" if text is None else str(json.loads(text))
