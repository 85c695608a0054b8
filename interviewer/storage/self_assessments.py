"""What candidates say of themselves: one a person, and one for each browser of a shared page."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, insert, select

from interviewer.interview.self_assessment import (
    SelfAssessment,
    self_assessment_of,
    self_assessment_record,
)
from interviewer.storage.belonging import Whose, number_of, their_self_assessments
from interviewer.storage.people import find_person, person
from interviewer.storage.tables import self_assessments

# The terminal's own: a person at this machine is no visitor.
_NOBODY = ""


def put_self_assessment(
    connection: Connection, own: SelfAssessment, *, owner: str, visitor: str | None, now: str
) -> None:
    """Keep this in place of the last; an empty one removes it.

    Args:
        connection: A transaction that writes.
        own: What they say.
        owner: Name of the candidate; entered when new.
        visitor: Digest of the browser it belongs to, None for the terminal's.
        now: ISO time in UTC.

    Raises:
        InputError: The name is empty.
    """
    if own.is_empty and find_person(connection, owner) is None:
        return
    owned_by = person(connection, owner, now=now)
    here = self_assessments.c
    connection.execute(
        delete(self_assessments).where(
            here.owner == owned_by, here.visitor == (visitor or _NOBODY)
        )
    )
    if not own.is_empty:
        body = json.dumps(self_assessment_record(own), ensure_ascii=True)
        connection.execute(
            insert(self_assessments).values(
                owner=owned_by, visitor=visitor or _NOBODY, changed=now, body=body
            )
        )


def select_self_assessment(
    connection: Connection, *, owner: str, visitor: str | None
) -> SelfAssessment:
    """Return what a candidate says of themselves, an empty value where nothing is kept."""
    here = self_assessments.c
    body = connection.scalar(
        select(here.body).where(
            here.owner == find_person(connection, owner), here.visitor == (visitor or _NOBODY)
        )
    )
    return SelfAssessment() if body is None else _from(body)


def all_self_assessments(connection: Connection, whose: Whose) -> tuple[SelfAssessment, ...]:
    """Return everything somebody says of themselves, the terminal's first.

    Raises:
        InputError: Nothing is kept about a person of that name.
    """
    mine = their_self_assessments(number_of(connection, whose), whose)
    here = self_assessments.c
    bodies = connection.scalars(select(here.body).where(mine).order_by(here.visitor))
    return tuple(_from(body) for body in bodies)


def _from(body: str) -> SelfAssessment:
    return self_assessment_of(json.loads(body))
