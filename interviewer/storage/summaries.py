"""What a list of interviews shows of each."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, SelectBase, func, select, true

from interviewer.storage.tables import people, redos, sessions, turns
from interviewer.transcript_file import turn_from_json


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One interview in a list.

    Attributes:
        id: The session's id.
        owner: Name of the candidate whose it is.
        created: ISO time in UTC; for a file that does not say, when it was imported.
        company: The employer's id.
        role: The post's id.
        language: Language of the interview.
        model: Who put moves into words.
        turns: How many turns it has.
        rounds: The rounds it has turns of, in the order they began.
        finished: Whether its last turn closes the last round of its plan.
        redo_of: The interview whose answer is given again in this one, None for one of its own.
    """

    id: str
    owner: str
    created: str
    company: str | None
    role: str | None
    language: str | None
    model: str | None
    turns: int
    rounds: tuple[str, ...]
    finished: bool
    redo_of: str | None = None


def select_summaries(
    connection: Connection,
    *,
    owner: str | None,
    visitor: str | None,
    among: SelectBase | None = None,
) -> tuple[SessionSummary, ...]:
    """Return what a list shows of each interview, newest first.

    Args:
        connection: A transaction.
        owner: Only those of the candidate of this name; None for everybody's.
        visitor: Only those kept under this key; None for every one.
        among: Only those whose ids a query names; None for every one.
    """
    chosen: ColumnElement[bool] = true() if among is None else sessions.c.id.in_(among)
    if owner is not None:
        chosen = chosen & (people.c.name == owner)
    if visitor is not None:
        chosen = chosen & (sessions.c.visitor == visitor)
    columns = (
        sessions.c.id,
        people.c.name.label("owner"),
        sessions.c.created,
        sessions.c.company,
        sessions.c.role,
        sessions.c.language,
        sessions.c.model,
        sessions.c.last_round,
        redos.c.of.label("redo_of"),
    )
    belongs = sessions.c.owner == people.c.id
    wanted = select(sessions.c.id).join(people, belongs).where(chosen)
    counts, rounds = _counts_and_rounds(connection, wanted)
    closed = _closed_rounds(connection, wanted)
    rows = connection.execute(
        select(*columns)
        .join(people, belongs)
        .outerjoin(redos, redos.c.session == sessions.c.id)
        .where(chosen)
        .order_by(sessions.c.created.desc(), sessions.c.id.desc())
    )
    return tuple(
        SessionSummary(
            *row[:7],
            turns=counts[row.id],
            rounds=tuple(rounds[row.id]),
            finished=row.last_round is not None and closed.get(row.id) == row.last_round,
            redo_of=row.redo_of,
        )
        for row in rows
    )


def finished_in(connection: Connection, wanted: SelectBase) -> frozenset[str]:
    """Return those of the sessions a query names whose last turn closes their last round."""
    closed = _closed_rounds(connection, wanted)
    rows = connection.execute(
        select(sessions.c.id, sessions.c.last_round).where(sessions.c.id.in_(wanted))
    )
    return frozenset(
        row.id for row in rows if row.last_round and closed.get(row.id) == row.last_round
    )


def _counts_and_rounds(
    connection: Connection, wanted: SelectBase
) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return by session the number of turns and the rounds in the order they began."""
    counts: defaultdict[str, int] = defaultdict(int)
    rounds: defaultdict[str, list[str]] = defaultdict(list)
    grouped = (
        select(turns.c.session, turns.c.round, func.count().label("number"))
        .where(turns.c.session.in_(wanted))
        .group_by(turns.c.session, turns.c.round)
        .order_by(func.min(turns.c.seq))
    )
    for row in connection.execute(grouped):
        counts[row.session] += row.number
        if row.round is not None:
            rounds[row.session].append(row.round)
    return counts, rounds


def _closed_rounds(connection: Connection, wanted: SelectBase) -> dict[str, str | None]:
    """Return the round that the last turn closes, for the sessions whose last turn closes one."""
    last = (
        select(turns.c.session, func.max(turns.c.seq).label("seq"))
        .where(turns.c.session.in_(wanted))
        .group_by(turns.c.session)
        .subquery()
    )
    found = connection.execute(
        select(turns.c.session, turns.c.round, turns.c.body).join(
            last, (turns.c.session == last.c.session) & (turns.c.seq == last.c.seq)
        )
    )
    moves = ((row, turn_from_json(json.loads(row.body)).move) for row in found)
    return {row.session: row.round for row, move in moves if move and move.kind == "close"}
