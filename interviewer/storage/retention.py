"""What nobody has touched for a time, and its deletion: retention.

An interview lives from its last turn, not from its beginning; with an answer given again it and
the first one live as long as the younger. A person without anything left is forgotten too, unless
they have an account: closing one is its owner's or the operator's decision.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, select

from interviewer.storage.assignments import delete_assignments
from interviewer.storage.forgetting import Forgotten, delete_sessions, erase_deleted
from interviewer.storage.logins import delete_outdated
from interviewer.storage.people_tables import accounts, assignments, content_versions, remarks
from interviewer.storage.tables import notes, people, redos, self_assessments, sessions, turns
from interviewer.storage.transactions import writing


@dataclass(frozen=True, slots=True)
class Outdated:
    """What nobody has touched since a moment.

    Attributes:
        sessions: Ids of interviews.
        self_assessments: How many self-assessments.
        assignments: Ids of what coaches asked for.
    """

    sessions: tuple[str, ...]
    self_assessments: int
    assignments: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self.sessions or self.self_assessments or self.assignments)


def outdated(connection: Connection, before: str) -> Outdated:
    """Return what nobody has touched since a moment, ISO in UTC."""
    begun = select(sessions.c.id).where(sessions.c.created < before)
    touched = _last_touched(connection)
    old = {key for key in connection.scalars(begun) if touched.get(key, "") < before}
    pairs = select(redos.c.session, redos.c.of).join(sessions, sessions.c.id == redos.c.of)
    beside = [(again, first) for again, first in connection.execute(pairs)]
    # The two are shown beside each other; neither goes while the other is in use. Whatever stays
    # by that keeps its own others, whichever pair came first.
    while used := {one for pair in beside if len(old & {*pair}) == 1 for one in pair} & old:
        old -= used
    told = connection.scalar(
        select(func.count()).select_from(self_assessments).where(
            self_assessments.c.changed < before
        )
    )  # fmt: skip
    asked = connection.scalars(select(assignments.c.id).where(assignments.c.created < before))
    return Outdated(tuple(sorted(old)), told or 0, tuple(sorted(asked)))


def forget_outdated(engine: Engine, before: str, *, now: str) -> Forgotten:
    """Delete what nobody has touched since a moment, and what opens nothing any more.

    Args:
        engine: The database.
        before: The moment, ISO in UTC.
        now: The present, ISO in UTC.

    Raises:
        SetupError: The database fails; then nothing was deleted.
    """
    with writing(engine) as connection:
        found = outdated(connection, before)
        gone = delete_sessions(connection, "", found.sessions)
        old = delete(self_assessments).where(self_assessments.c.changed < before)
        told = connection.execute(old).rowcount
        asked = delete_assignments(connection, found.assignments)
        delete_outdated(connection, now=now)
        left = connection.execute(delete(people).where(*_nothing_left(before))).rowcount
    gone = replace(gone, self_assessments=told, assignments=asked, people=left)
    return gone if found.is_empty else replace(gone, erased=erase_deleted(engine))


def _last_touched(connection: Connection) -> dict[str, str]:
    """Return by session the latest moment of a turn or of what was said about it."""
    last = select(turns.c.session, func.max(turns.c.seq).label("seq")).group_by(turns.c.session)
    newest = last.subquery()
    bodies = connection.execute(
        select(turns.c.session, turns.c.body).join(
            newest, (turns.c.session == newest.c.session) & (turns.c.seq == newest.c.seq)
        )
    )
    touched = {row.session: _moment(row.body) for row in bodies}
    for table in (notes, remarks):
        said = select(table.c.session, func.max(table.c.at)).group_by(table.c.session)
        for session, at in connection.execute(said):
            touched[session] = max(touched.get(session, ""), at or "")
    return touched


def _moment(body: str) -> str:
    """Return when a turn was, empty for one that does not say."""
    told = json.loads(body).get("metadata")
    at = told.get("at") if isinstance(told, dict) else None
    return at if isinstance(at, str) else ""


def _nothing_left(before: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for a person of whom nothing is kept but a name."""
    return (
        people.c.created < before,
        people.c.id.not_in(select(sessions.c.owner)),
        people.c.id.not_in(select(self_assessments.c.owner)),
        people.c.id.not_in(select(accounts.c.person)),
        people.c.id.not_in(select(content_versions.c.owner)),
    )
