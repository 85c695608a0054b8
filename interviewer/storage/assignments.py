"""Assignments: what coaches ask for, of whom, and which interviews were begun for them."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from interviewer.errors import ConversationError, InputError, NotThereError
from interviewer.people.accounts import Account
from interviewer.people.assignments import (
    Assignment,
    Standing,
    Task,
    checked_task,
    task_of,
    task_record,
)
from interviewer.storage.coaching import candidate_of
from interviewer.storage.people_tables import assigned, assignments, takes
from interviewer.storage.rows import to_text
from interviewer.storage.summaries import finished_in
from interviewer.storage.tables import people, sessions

_MOST_CANDIDATES = 500
_NOT_THERE = "This assignment is not there any more, or it is not yours."


def assign(
    connection: Connection, coach: Account, task: Task, candidates: Sequence[int], *, now: str
) -> str:
    """Keep what a coach asks of candidates who accepted them; return its id.

    Raises:
        InputError: Nobody was named, too many, or the task cannot be kept.
        NotThereError: One of them did not accept the coach.
    """
    chosen = sorted(set(candidates))
    if not 1 <= len(chosen) <= _MOST_CANDIDATES:
        raise InputError(f"Choose at least one candidate, and at most {_MOST_CANDIDATES}.")
    checked_task(task, date.fromisoformat(now[:10]))
    for candidate in chosen:
        candidate_of(connection, coach.id, candidate)
    key = secrets.token_urlsafe(9)
    body = to_text(task_record(task))
    connection.execute(insert(assignments).values(id=key, coach=coach.id, created=now, body=body))
    rows = [{"assignment": key, "candidate": candidate} for candidate in chosen]
    connection.execute(insert(assigned), rows)
    return key


def withdraw(connection: Connection, coach: int, assignment: str) -> None:
    """Take an assignment back; interviews that were held for it stay their candidates'.

    Raises:
        NotThereError: It is not one of the coach's.
    """
    mine = select(assignments.c.id).where(
        assignments.c.id == assignment, assignments.c.coach == coach
    )
    if connection.scalar(mine) is None:
        raise NotThereError(_NOT_THERE)
    delete_assignments(connection, [assignment])


def delete_assignments(connection: Connection, ids: Sequence[str]) -> int:
    """Delete assignments and what points to them; return how many."""
    connection.execute(delete(takes).where(takes.c.assignment.in_(ids)))
    connection.execute(delete(assigned).where(assigned.c.assignment.in_(ids)))
    return connection.execute(delete(assignments).where(assignments.c.id.in_(ids))).rowcount


def standings_of_coach(connection: Connection, coach: int) -> tuple[Standing, ...]:
    """Return how far everybody is with what a coach asked for, newest first, then by name."""
    return _standings(connection, assignments.c.coach == coach)


def standings_of_candidate(connection: Connection, candidate: int) -> tuple[Standing, ...]:
    """Return what is asked of a candidate and how far they are, newest first."""
    return _standings(connection, assigned.c.candidate == candidate)


def standing(connection: Connection, candidate: int, assignment: str) -> Standing:
    """Return how far a candidate is with one assignment of theirs.

    Raises:
        NotThereError: It is not one of theirs.
    """
    mine = (assigned.c.candidate == candidate) & (assignments.c.id == assignment)
    found = _standings(connection, mine)
    if not found:
        raise NotThereError(_NOT_THERE)
    return found[0]


def add_take(connection: Connection, candidate: Account, assignment: str, session_id: str) -> None:
    """Keep that an interview of a candidate's was begun for an assignment of theirs.

    Raises:
        NotThereError: One of them is not theirs.
        ConversationError: It has been taken as often as was asked.
    """
    found = standing(connection, candidate.id, assignment)
    if found.begun >= found.assignment.task.takes:
        raise ConversationError("You have taken this as often as your coach asked.")
    own = select(sessions.c.id).where(
        sessions.c.id == session_id, sessions.c.visitor == candidate.key
    )
    if connection.scalar(own) is None:
        raise NotThereError(_NOT_THERE)
    connection.execute(insert(takes).values(session=session_id, assignment=assignment))


def _standings(connection: Connection, chosen: ColumnElement[bool]) -> tuple[Standing, ...]:
    coach, candidate = people.alias("coach"), people.alias("candidate")
    rows = connection.execute(
        select(
            assignments.c.id,
            coach.c.name.label("coach"),
            assignments.c.coach.label("coach_id"),
            assignments.c.created,
            assignments.c.body,
            candidate.c.name.label("candidate"),
            candidate.c.id.label("candidate_id"),
        )
        .join(assigned, assigned.c.assignment == assignments.c.id)
        .join(coach, coach.c.id == assignments.c.coach)
        .join(candidate, candidate.c.id == assigned.c.candidate)
        .where(chosen)
        .order_by(assignments.c.created.desc(), assignments.c.id, func.lower(candidate.c.name))
    ).all()
    held = _held_for(connection, {row.id for row in rows})
    return tuple(
        Standing(
            Assignment(
                row.id, row.coach, row.coach_id, row.created, task_of(json.loads(row.body))
            ),
            row.candidate,
            row.candidate_id,
            begun=len(held[row.id, row.candidate_id]),
            finished=sum(over for _, over in held[row.id, row.candidate_id]),
            going=_going(held[row.id, row.candidate_id]),
        )
        for row in rows
    )


def _held_for(
    connection: Connection, ids: set[str]
) -> defaultdict[tuple[str, int], list[tuple[str, bool]]]:
    """Return by assignment and candidate the interviews, and whether each is over."""
    chosen = takes.c.assignment.in_(ids)
    rows = connection.execute(
        select(takes.c.assignment, sessions.c.owner, takes.c.session)
        .join(sessions, sessions.c.id == takes.c.session)
        .where(chosen)
        .order_by(sessions.c.created)
    ).all()
    over = finished_in(connection, select(takes.c.session).where(chosen))
    found: defaultdict[tuple[str, int], list[tuple[str, bool]]] = defaultdict(list)
    for row in rows:
        found[row.assignment, row.owner].append((row.session, row.session in over))
    return found


def _going(held: list[tuple[str, bool]]) -> str | None:
    """Return the newest interview that is not over."""
    return next((session for session, over in reversed(held) if not over), None)
