"""What coaches rated, and when they first saw levels: the order tells blind from informed."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    exists,
    func,
    insert,
    select,
)

from interviewer.people.access import shown_for
from interviewer.people.ratings import Rating
from interviewer.storage.judging_tables import looks, ratings
from interviewer.storage.people_tables import coachings, shares
from interviewer.storage.rows import session_row, to_text
from interviewer.storage.tables import people, sessions


def has_looked(connection: Connection, session_id: str, coach: int) -> bool:
    """Return whether a coach had levels of an interview before them."""
    return connection.scalar(_look(session_id, coach)) is not None


def looks_at(connection: Connection, ids: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """Return which coach first saw the levels of each interview when, for its candidate."""
    found: dict[str, list[dict[str, str]]] = {}
    rows = connection.execute(
        select(looks.c.session, looks.c.at, people.c.name)
        .join(people, people.c.id == looks.c.coach)
        .where(looks.c.session.in_(ids))
        .order_by(looks.c.session, looks.c.at, people.c.name)
    )
    for row in rows:
        found.setdefault(row.session, []).append({"by": row.name, "at": row.at})
    return found


def look(connection: Connection, coach: int, ids: Sequence[str], *, now: str) -> None:
    """Keep that a coach has the levels of interviews before them; the first time counts.

    Of those that are not shown with the report nothing is kept.
    """
    seen = exists().where(looks.c.session == shares.c.session, looks.c.coach == coach)
    fresh = connection.scalars(_judged(coach).where(shares.c.session.in_(ids), ~seen)).all()
    if fresh:
        rows = [{"session": session, "coach": coach, "at": now} for session in fresh]
        connection.execute(insert(looks), rows)


def rate(
    connection: Connection, session_id: str, coach: int, given: Sequence[Rating], *, now: str
) -> bool:
    """Keep what a coach rated; whether that was blind is decided here, and the coach has looked.

    Blind levels are given once. Informed ones take the place of earlier informed ones.

    Returns:
        Whether it was blind.

    Raises:
        InputError: There is no such interview.
    """
    session_row(connection, session_id, locked=True)
    blind = not has_looked(connection, session_id, coach)
    mine = (ratings.c.session == session_id) & (ratings.c.author == coach)
    if not blind:
        connection.execute(delete(ratings).where(mine, ratings.c.blind == 0))
    rows = [
        {
            "session": session_id,
            "author": coach,
            "about": entry.about,
            "blind": int(blind),
            "at": now,
            "body": to_text(
                {
                    "level": entry.level,
                    "machine": entry.machine,
                    "lowest": entry.lowest,
                    "highest": entry.highest,
                }
            ),
        }
        for entry in given
    ]
    if rows:
        connection.execute(insert(ratings), rows)
    if blind:
        connection.execute(insert(looks).values(session=session_id, coach=coach, at=now))
    return blind


def ratings_of(connection: Connection, session_id: str) -> tuple[Rating, ...]:
    """Return all ratings of an interview, by coach, blind ones first."""
    return _chosen(connection, ratings.c.session == session_id)


def ratings_seen_by(connection: Connection, session_id: str, coach: int) -> tuple[Rating, ...]:
    """Return the ratings of an interview a coach may see: their own, and with these others'.

    Others' are those of coaches to whom the interview is shown with the report now.
    """
    here = ratings.c.session == session_id
    own = _chosen(connection, here & (ratings.c.author == coach))
    if not own:
        return ()
    return (*own, *_chosen(connection, here & (ratings.c.author != coach) & _still_shown()))


def ratings_for(connection: Connection, coach: int) -> tuple[Rating, ...]:
    """Return a coach's ratings, and others' of interviews this coach rated.

    Of interviews only that are shown with the report, to this coach and to whoever rated.
    """
    mine = _judged(coach)
    rated = select(ratings.c.session).where(ratings.c.author == coach)
    return _chosen(
        connection,
        ratings.c.session.in_(mine) & ratings.c.session.in_(rated) & _still_shown(),
    )


def ratings_by(connection: Connection, coach: int) -> tuple[Rating, ...]:
    """Return all that a coach rated."""
    return _chosen(connection, ratings.c.author == coach)


def ratings_among(connection: Connection, coach: int, ids: Sequence[str]) -> tuple[Rating, ...]:
    """Return what a coach rated of some interviews."""
    return _chosen(connection, (ratings.c.author == coach) & ratings.c.session.in_(ids))


def ratings_of_owner(connection: Connection, owner: int) -> dict[str, list[Rating]]:
    """Return what coaches rated of a candidate's interviews, by the interview."""
    theirs = select(sessions.c.id).where(sessions.c.owner == owner)
    found: dict[str, list[Rating]] = {}
    for rating in _chosen(connection, ratings.c.session.in_(theirs)):
        found.setdefault(rating.session, []).append(rating)
    return found


def _look(session_id: str, coach: int) -> Select[tuple[str]]:
    return select(looks.c.at).where(looks.c.session == session_id, looks.c.coach == coach)


def _judged(coach: int) -> Select[tuple[str]]:
    """Return the query for interviews that are shown to a coach with the report."""
    return (
        select(shares.c.session)
        .join(sessions, sessions.c.id == shares.c.session)
        .join(
            coachings,
            (coachings.c.coach == shares.c.coach) & (coachings.c.candidate == sessions.c.owner),
        )
        .where(shares.c.coach == coach, shares.c.shown.in_(shown_for("judge")))
    )


def _still_shown() -> ColumnElement[bool]:
    """Return what holds of a rating whose author may judge the interview now."""
    return exists().where(
        shares.c.session == ratings.c.session,
        shares.c.coach == ratings.c.author,
        shares.c.shown.in_(shown_for("judge")),
        coachings.c.coach == ratings.c.author,
        coachings.c.candidate == sessions.c.owner,
    )


def _chosen(connection: Connection, chosen: ColumnElement[bool]) -> tuple[Rating, ...]:
    rows = connection.execute(
        select(ratings, people.c.name, sessions.c.owner)
        .join(people, people.c.id == ratings.c.author)
        .join(sessions, sessions.c.id == ratings.c.session)
        .where(chosen)
        .order_by(
            ratings.c.session, func.lower(people.c.name), ratings.c.about, ratings.c.blind.desc()
        )
    )
    return tuple(
        Rating(
            about=row.about,
            blind=bool(row.blind),
            by=row.name,
            author=row.author,
            at=row.at,
            session=row.session,
            candidate=row.owner,
            **json.loads(row.body),
        )
        for row in rows
    )
