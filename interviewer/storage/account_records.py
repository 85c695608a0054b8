"""All that is kept of an account beside its interviews, for whoever asks what is held of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Column, ColumnElement, Connection, select

from interviewer.errors import InputError
from interviewer.people.assignments import Standing, task_record
from interviewer.storage.accounts import find_account
from interviewer.storage.assignments import standings_of_candidate, standings_of_coach
from interviewer.storage.coaching import Known, candidates_of, coaches_of, select_shares
from interviewer.storage.content_versions import record_of
from interviewer.storage.helping import helped_by
from interviewer.storage.people import find_person
from interviewer.storage.people_tables import identities, invitations, logins
from interviewer.storage.ratings import ratings_by
from interviewer.storage.remarks import said_by
from interviewer.storage.shown import releasing
from interviewer.storage.tables import people


def account_record(connection: Connection, name: str) -> dict[str, object] | None:
    """Return what is kept of a person beside interviews, None for one of whom nothing is.

    Names, roles, days, what is shown, asked and said, edited copies of content files; no password
    and no token in any form. Who has no account may have copies.
    """
    person = find_person(connection, name)
    copies = record_of(connection, person) if person is not None else []
    edited: dict[str, object] = {"copies": copies} if copies else {}
    try:
        account = find_account(connection, name)
    except InputError:
        return edited or None
    coaches = coaches_of(connection, account.id)
    called = {entry.id: entry.name for entry in coaches}
    shares = select_shares(connection, account.id)
    return {
        "name": account.name,
        "role": account.role,
        "disabled": account.disabled,
        "since": connection.scalar(select(people.c.created).where(people.c.id == account.id)),
        "signed_in_until": _times(connection, logins.c.until, logins.c.account == account.id),
        "invitations_until": _times(
            connection, invitations.c.until, invitations.c.coach == account.id
        ),
        "signs_in_with": _signed_elsewhere(connection, account.id),
        "coaches": _names(coaches),
        "candidates": _names(candidates_of(connection, account.id)),
        "shown": [
            {"session": session, "to": called.get(coach, ""), "shown": shown}
            for (session, coach), shown in shares.items()
        ],
        "asked_of_them": _asked(standings_of_candidate(connection, account.id)),
        "asked_by_them": _asked(standings_of_coach(connection, account.id)),
        "take_away": sorted(called.get(coach, "") for coach in releasing(connection, account.id)),
        "ratings": [asdict(rating) for rating in ratings_by(connection, account.id)],
        "remarks": [
            {"session": session, **asdict(remark)}
            for session, remark in said_by(connection, account.id)
        ],
        "helps": [
            {"session": session, **asdict(entry)}
            for session, entry in helped_by(connection, account.id)
        ],
        **edited,
    }


def _times(connection: Connection, column: Column[str], chosen: ColumnElement[bool]) -> list[str]:
    return list(connection.scalars(select(column).where(chosen).order_by(column)))


def _signed_elsewhere(connection: Connection, account: int) -> list[dict[str, object]]:
    rows = connection.execute(
        select(identities.c.issuer, identities.c.subject)
        .where(identities.c.account == account)
        .order_by(identities.c.issuer)
    )
    return [{"issuer": row.issuer, "subject": row.subject} for row in rows]


def _names(found: Sequence[Known]) -> list[dict[str, object]]:
    return [{"name": entry.name, "since": entry.since} for entry in found]


def _asked(standings: Sequence[Standing]) -> list[dict[str, object]]:
    return [
        {
            "coach": entry.assignment.coach,
            "candidate": entry.candidate,
            "created": entry.assignment.created,
            "begun": entry.begun,
            **task_record(entry.assignment.task),
        }
        for entry in standings
    ]
