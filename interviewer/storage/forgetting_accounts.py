"""What goes with a person besides their interviews: the account, and all it agreed on."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from interviewer.storage.assignments import delete_assignments
from interviewer.storage.helping_tables import helps, watching
from interviewer.storage.judging_tables import looks, ratings, releases
from interviewer.storage.logins import forget_attempts
from interviewer.storage.people_tables import (
    accounts,
    assigned,
    assignments,
    coachings,
    identities,
    invitations,
    logins,
    remarks,
    shares,
)
from interviewer.storage.tables import people


def delete_account(connection: Connection, person: int) -> tuple[int, int, int]:
    """Delete the account of a person, with what they said of others' interviews and asked for.

    Returns:
        How many accounts, remarks (with hints and questions) and assignments of theirs went.
    """
    name = connection.scalar(select(people.c.name).where(people.c.id == person))
    forget_attempts(connection, name or "")
    asked = connection.scalars(select(assignments.c.id).where(assignments.c.coach == person)).all()
    tasks = delete_assignments(connection, asked)
    said = connection.execute(delete(remarks).where(remarks.c.author == person)).rowcount
    said += connection.execute(delete(helps).where(helps.c.author == person)).rowcount
    for mine in (
        delete(watching).where(watching.c.coach == person),
        delete(assigned).where(assigned.c.candidate == person),
        delete(shares).where(shares.c.coach == person),
        delete(looks).where(looks.c.coach == person),
        delete(ratings).where(ratings.c.author == person),
        delete(releases).where((releases.c.coach == person) | (releases.c.candidate == person)),
        delete(coachings).where((coachings.c.coach == person) | (coachings.c.candidate == person)),
        delete(invitations).where(invitations.c.coach == person),
        delete(logins).where(logins.c.account == person),
        delete(identities).where(identities.c.account == person),
    ):
        connection.execute(mine)
    gone = connection.execute(delete(accounts).where(accounts.c.person == person)).rowcount
    return gone, said, tasks
