"""What a coach's candidates show: one line an interview, asked for once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, case, delete, func, insert, select

from interviewer.errors import NotThereError
from interviewer.people.access import Held, checked_shown
from interviewer.storage.judging_tables import looks, releases, score_sheets
from interviewer.storage.people_tables import coachings, shares, takes
from interviewer.storage.rows import session_row
from interviewer.storage.summaries import finished_in
from interviewer.storage.tables import people, redos, sessions, turns


@dataclass(frozen=True, slots=True)
class ShownInterview:
    """An interview of a candidate who accepted the coach, shown in some way.

    Attributes:
        session: Its id.
        candidate: Number of the candidate.
        name: The candidate's name.
        held: What decides what the coach may do with it.
        created: ISO time in UTC.
        company: The employer's id.
        role: The post's id.
        language: Language of the interview.
        turns: How many turns it has.
        redo: Whether it gives one answer of another again.
        opened: Whether the coach had its levels before them.
        sheet: Whether its score sheet is kept and fits.
        finished: Whether it is over.
        assignment: What it was begun for, None for nothing of this coach's.
    """

    session: str
    candidate: int
    name: str
    held: Held
    created: str
    company: str | None
    role: str | None
    language: str | None
    turns: int
    redo: bool
    opened: bool
    sheet: bool
    finished: bool
    assignment: str | None


def select_shown(
    connection: Connection, coach: int, rules: str, *, candidate: int | None = None
) -> tuple[ShownInterview, ...]:
    """Return what is shown to a coach, newest first.

    Args:
        connection: A transaction.
        coach: Number of the coach.
        rules: What a score sheet has to be made by.
        candidate: Only this candidate's; None for all.
    """
    last = (
        select(func.max(turns.c.seq))
        .where(turns.c.session == sessions.c.id)
        .correlate(sessions)
        .scalar_subquery()
    )
    kept = case((score_sheets.c.rules == rules, score_sheets.c.turns))
    chosen = (shares.c.coach == coach) & (shares.c.shown != "nothing")
    if candidate is not None:
        chosen &= sessions.c.owner == candidate
    rows = connection.execute(
        select(
            sessions.c.id,
            sessions.c.owner,
            people.c.name,
            sessions.c.visitor,
            shares.c.shown,
            sessions.c.created,
            sessions.c.company,
            sessions.c.role,
            sessions.c.language,
            last.label("turns"),
            redos.c.of,
            looks.c.at,
            kept.label("kept"),
            score_sheets.c.finished,
            takes.c.assignment,
        )
        .select_from(shares)
        .join(sessions, sessions.c.id == shares.c.session)
        .join(people, people.c.id == sessions.c.owner)
        .join(
            coachings,
            (coachings.c.coach == shares.c.coach) & (coachings.c.candidate == sessions.c.owner),
        )
        .outerjoin(redos, redos.c.session == sessions.c.id)
        .outerjoin(takes, takes.c.session == sessions.c.id)
        .outerjoin(looks, (looks.c.session == sessions.c.id) & (looks.c.coach == coach))
        .outerjoin(score_sheets, score_sheets.c.session == sessions.c.id)
        .where(chosen)
        .order_by(sessions.c.created.desc(), sessions.c.id.desc())
    ).all()
    fits = {row.id for row in rows if row.kept is not None and row.kept == (row.turns or 0)}
    over = _finished(connection, [row.id for row in rows if row.id not in fits])
    return tuple(
        ShownInterview(
            session=row.id,
            candidate=row.owner,
            name=row.name,
            held=Held(row.visitor, checked_shown(row.shown)),
            created=row.created,
            company=row.company,
            role=row.role,
            language=row.language,
            turns=row.turns or 0,
            redo=row.of is not None,
            opened=row.at is not None,
            sheet=row.id in fits,
            finished=bool(row.finished) if row.id in fits else row.id in over,
            assignment=row.assignment,
        )
        for row in rows
    )


def _finished(connection: Connection, ids: Sequence[str]) -> frozenset[str]:
    """Return those of these interviews that are over, where no sheet tells."""
    return finished_in(connection, select(sessions.c.id).where(sessions.c.id.in_(ids)))


def put_sheet(
    connection: Connection, session_id: str, number: int, rules: str, *, finished: bool, body: str
) -> None:
    """Keep what the assessment of an interview came to, in place of an older one.

    Raises:
        InputError: There is no such interview.
    """
    session_row(connection, session_id, locked=True)
    connection.execute(delete(score_sheets).where(score_sheets.c.session == session_id))
    connection.execute(
        insert(score_sheets).values(
            session=session_id, turns=number, rules=rules, finished=int(finished), body=body
        )
    )


def select_sheets(connection: Connection, ids: Sequence[str], rules: str) -> dict[str, str]:
    """Return kept sheets that were made by these rules, by interview."""
    rows = connection.execute(
        select(score_sheets.c.session, score_sheets.c.body).where(
            score_sheets.c.session.in_(ids), score_sheets.c.rules == rules
        )
    )
    return {row.session: row.body for row in rows}


def select_said(
    connection: Connection, places: dict[str, Sequence[int]]
) -> dict[tuple[str, int], str]:
    """Return the bodies of turns by interview and number, for those asked for.

    Args:
        connection: A transaction.
        places: Numbers of turns by interview.
    """
    if not places:
        return {}
    numbers = {seq for seqs in places.values() for seq in seqs}
    rows = connection.execute(
        select(turns.c.session, turns.c.seq, sessions.c.ahead, turns.c.body)
        .join(sessions, sessions.c.id == turns.c.session)
        .where(turns.c.session.in_(places), (turns.c.seq + sessions.c.ahead).in_(numbers))
    )
    return {(row.session, row.seq + row.ahead): row.body for row in rows}


def release(connection: Connection, coach: int, candidate: int, *, on: bool, now: str) -> None:
    """Let a coach take away as files what a candidate shows them, or no longer.

    Raises:
        NotThereError: The candidate has no such coach.
    """
    accepted = select(coachings.c.coach).where(
        coachings.c.coach == coach, coachings.c.candidate == candidate
    )
    if connection.scalar(accepted) is None:
        raise NotThereError("This coach is not one of yours.")
    connection.execute(
        delete(releases).where(releases.c.coach == coach, releases.c.candidate == candidate)
    )
    if on:
        connection.execute(insert(releases).values(coach=coach, candidate=candidate, at=now))


def released_to(connection: Connection, coach: int) -> frozenset[int]:
    """Return the candidates who let a coach take files away, by number."""
    return frozenset(
        connection.scalars(select(releases.c.candidate).where(releases.c.coach == coach))
    )


def releasing(connection: Connection, candidate: int) -> frozenset[int]:
    """Return the coaches a candidate lets take files away, by number."""
    return frozenset(
        connection.scalars(select(releases.c.coach).where(releases.c.candidate == candidate))
    )
