"""Coaches and candidates: invitations, who accepted whom, and what is shown."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select

from interviewer.errors import NotThereError
from interviewer.people.access import Held, Shown, checked_shown
from interviewer.people.accounts import Account
from interviewer.storage.judging_tables import releases
from interviewer.storage.logins import digest_of, later
from interviewer.storage.people_tables import accounts, assigned, coachings, invitations, shares
from interviewer.storage.people_tables import assignments as tasks
from interviewer.storage.rows import session_row
from interviewer.storage.tables import people, sessions

INVITATION_DAYS = 7
_GONE = "This invitation has been used, or it is too old. Ask your coach for another."
_NOBODY = "There is nobody of that kind here."


@dataclass(frozen=True, slots=True)
class Known:
    """A coach or a candidate, as the other one's list shows them.

    Attributes:
        id: Number of the person.
        name: Their name.
        since: ISO time in UTC since when.
        shown: How many interviews are shown to the coach.
    """

    id: int
    name: str
    since: str
    shown: int


def add_invitation(connection: Connection, coach: Account, *, now: str) -> str:
    """Return the token of a new invitation by a coach."""
    connection.execute(delete(invitations).where(invitations.c.until < now))
    token = secrets.token_urlsafe(24)
    connection.execute(
        insert(invitations).values(
            digest=digest_of(token), coach=coach.id, until=later(now, days=INVITATION_DAYS)
        )
    )
    return token


def inviting(connection: Connection, token: str, *, now: str) -> Account:
    """Return the coach who gave out an invitation that can be used.

    Raises:
        NotThereError: It was used, is too old, or never was.
    """
    row = connection.execute(
        select(accounts.c.person, people.c.name, accounts.c.key)
        .join(people, accounts.c.person == people.c.id)
        .join(invitations, invitations.c.coach == accounts.c.person)
        .where(
            invitations.c.digest == digest_of(token),
            invitations.c.until > now,
            accounts.c.disabled.is_(None),
            accounts.c.role == "coach",
        )
    ).one_or_none()
    if row is None:
        raise NotThereError(_GONE)
    return Account(row.person, row.name, row.key, "coach")


def accept(connection: Connection, token: str, candidate: Account, *, now: str) -> Account:
    """Use an invitation up, and let its coach coach a candidate; return the coach.

    Raises:
        NotThereError: It was used, is too old, or is the coach's own.
    """
    coach = inviting(connection, token, now=now)
    gone = connection.execute(delete(invitations).where(invitations.c.digest == digest_of(token)))
    if gone.rowcount != 1 or coach.id == candidate.id:
        raise NotThereError(_GONE)
    if not _coaches(connection, coach.id, candidate.id):
        connection.execute(
            insert(coachings).values(coach=coach.id, candidate=candidate.id, since=now)
        )
    return coach


def leave(connection: Connection, coach: int, candidate: int) -> None:
    """End that a coach sees anything of a candidate; what was asked and not begun goes too."""
    connection.execute(
        delete(coachings).where(coachings.c.coach == coach, coachings.c.candidate == candidate)
    )
    connection.execute(
        delete(releases).where(releases.c.coach == coach, releases.c.candidate == candidate)
    )
    theirs = select(sessions.c.id).where(sessions.c.owner == candidate)
    connection.execute(delete(shares).where(shares.c.coach == coach, shares.c.session.in_(theirs)))
    asked = select(tasks.c.id).where(tasks.c.coach == coach)
    connection.execute(
        delete(assigned).where(assigned.c.candidate == candidate, assigned.c.assignment.in_(asked))
    )


def coaches_of(connection: Connection, candidate: int) -> tuple[Known, ...]:
    """Return the coaches a candidate accepted, by name."""
    return _known(connection, _with_shares(candidate=candidate))


def candidates_of(connection: Connection, coach: int) -> tuple[Known, ...]:
    """Return the candidates who accepted a coach, by name and never in another order."""
    return _known(connection, _with_shares(coach=coach))


def candidate_of(connection: Connection, coach: int, candidate: int) -> Account:
    """Return a candidate who accepted a coach.

    Raises:
        NotThereError: There is none, or they did not.
    """
    row = connection.execute(
        select(people.c.name, accounts.c.key, accounts.c.role)
        .join(accounts, accounts.c.person == people.c.id)
        .join(coachings, coachings.c.candidate == people.c.id)
        .where(coachings.c.coach == coach, coachings.c.candidate == candidate)
    ).one_or_none()
    if row is None:
        raise NotThereError(_NOBODY)
    return Account(candidate, row.name, row.key, row.role)


def share(
    connection: Connection, candidate: Account, session_id: str, coach: int, shown: Shown
) -> None:
    """Show so much of an interview of the candidate's to a coach they accepted.

    Raises:
        NotThereError: The interview is not theirs, or the coach not one of theirs.
    """
    owned = connection.scalar(
        select(sessions.c.id).where(
            sessions.c.id == session_id, sessions.c.visitor == candidate.key
        )
    )
    if owned is None or not _coaches(connection, coach, candidate.id):
        raise NotThereError("This interview or this coach is not one of yours.")
    connection.execute(
        delete(shares).where(shares.c.session == session_id, shares.c.coach == coach)
    )
    if shown != "nothing":
        connection.execute(insert(shares).values(session=session_id, coach=coach, shown=shown))


def select_shares(connection: Connection, candidate: int) -> dict[tuple[str, int], Shown]:
    """Return what a candidate shows, by interview and number of the coach."""
    rows = connection.execute(
        select(shares.c.session, shares.c.coach, shares.c.shown)
        .join(sessions, sessions.c.id == shares.c.session)
        .where(sessions.c.owner == candidate)
    )
    return {(row.session, row.coach): checked_shown(row.shown) for row in rows}


def held(connection: Connection, session_id: str, asker: str | None) -> Held:
    """Return what has to be known of an interview to decide what an asker may do with it.

    Raises:
        InputError: There is no such interview.
    """
    _, key = session_row(connection, session_id)
    shown = None
    if asker and asker != key:
        shown = connection.scalar(
            select(shares.c.shown)
            .join(accounts, accounts.c.person == shares.c.coach)
            .join(sessions, sessions.c.id == shares.c.session)
            .join(
                coachings,
                (coachings.c.coach == shares.c.coach)
                & (coachings.c.candidate == sessions.c.owner),
            )
            .where(
                shares.c.session == session_id,
                accounts.c.key == asker,
                accounts.c.role == "coach",
                accounts.c.disabled.is_(None),
            )
        )
    return Held(key, checked_shown(shown or "nothing"))


def _coaches(connection: Connection, coach: int, candidate: int) -> bool:
    found = select(coachings.c.coach).where(
        coachings.c.coach == coach, coachings.c.candidate == candidate
    )
    return connection.scalar(found) is not None


def _with_shares(
    *, coach: int | None = None, candidate: int | None = None
) -> Select[*tuple[Any, ...]]:
    """Return the query for those on the other side of a relation, with what is shown."""
    other = coachings.c.coach if coach is None else coachings.c.candidate
    mine = coachings.c.candidate == candidate if coach is None else coachings.c.coach == coach
    count = (
        select(func.count())
        .select_from(shares)
        .join(sessions, sessions.c.id == shares.c.session)
        .where(shares.c.coach == coachings.c.coach, sessions.c.owner == coachings.c.candidate)
        .correlate(coachings)
        .scalar_subquery()
        .label("shown")
    )
    return (
        select(people.c.id, people.c.name, coachings.c.since, count)
        .join(people, people.c.id == other)
        .where(mine)
    )


def _known(connection: Connection, query: Select[*tuple[Any, ...]]) -> tuple[Known, ...]:
    found = [Known(row.id, row.name, row.since, row.shown) for row in connection.execute(query)]
    return tuple(sorted(found, key=lambda known: (known.name.casefold(), known.name)))
