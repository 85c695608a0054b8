"""A transcript as rows, and rows as a transcript."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sqlalchemy import Connection, Row, delete, insert, select

from interviewer.errors import InputError
from interviewer.interview.redo import redo_of
from interviewer.storage.tables import passages, redos, sessions, turns
from interviewer.transcript import EMPTY, Interview, Passage, Transcript, Turn
from interviewer.transcript_file import (
    interview_from_json,
    interview_to_json,
    passage_from_json,
    passage_to_json,
    turn_from_json,
    turn_to_json,
)

_LARGEST = 2**62


def to_text(value: object) -> str:
    """Return a JSON value as text that every database can keep."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair is kept as its escape
        return json.dumps(value, separators=(",", ":"))
    return text


def insert_transcript(
    connection: Connection, transcript: Transcript, *, owner: int, visitor: str | None, now: str
) -> None:
    """Insert a session with its header, its research and the turns it already has.

    Args:
        connection: A transaction that writes.
        transcript: The session; its id must be free.
        owner: Id of the person whose it is.
        visitor: Digest that proves which browser may see it.
        now: ISO time in UTC, for a transcript that does not say when it was created.

    Raises:
        InputError: Its turns are numbered beyond what can be kept.
    """
    interview = transcript.interview
    ahead = transcript.next_seq - 1 - len(transcript.turns)
    if abs(ahead) > _LARGEST:
        raise InputError(
            f"The turns of {transcript.id!r} are numbered up to {transcript.next_seq - 1}, which "
            "is more than can be kept. Number them from 1."
        )
    connection.execute(
        insert(sessions).values(
            id=transcript.id,
            owner=owner,
            visitor=visitor,
            created=_listed(interview.created) or now,
            company=_listed(interview.company),
            role=_listed(interview.role),
            language=_listed(interview.language),
            format=_listed(interview.format),
            seed=None if interview.seed is None else str(interview.seed),
            model=_listed(interview.model),
            last_round=_listed(_last_round(interview)),
            ahead=ahead,
            header=to_text(interview_to_json(replace(interview, research=MappingProxyType({})))),
            extra=to_text(dict(transcript.extra)),
        )
    )
    first = _listed(redo_of(interview))
    if first is not None:
        connection.execute(insert(redos).values(session=transcript.id, of=first))
    rows = [
        _turn_row(transcript.id, position, turn)
        for position, turn in enumerate(transcript.turns, start=1)
    ]
    if rows:
        connection.execute(insert(turns), rows)
    put_passages(connection, transcript.id, interview.research.items())


def insert_turn(connection: Connection, session_id: str, position: int, turn: Turn) -> None:
    """Insert one turn at a position, counted from 1."""
    connection.execute(insert(turns).values(_turn_row(session_id, position, turn)))


def put_passages(
    connection: Connection, session_id: str, entries: Iterable[tuple[str, Passage]]
) -> None:
    """Insert passages by id; one that is there already is replaced, as `Transcript.using` does."""
    rows = [
        {"session": session_id, "id": key, "body": to_text(passage_to_json(passage))}
        for key, passage in dict(entries).items()
    ]
    if rows:
        here = passages.c
        again = (here.session == session_id) & here.id.in_([row["id"] for row in rows])
        connection.execute(delete(passages).where(again))
        connection.execute(insert(passages), rows)


def select_transcript(connection: Connection, session_id: str) -> Transcript:
    """Return a session as it was put in.

    Raises:
        InputError: There is no such session.
    """
    found = select_transcripts(connection, [session_id])
    if not found:
        raise unknown_session(session_id)
    return found[0]


def select_transcripts(connection: Connection, ids: Sequence[str]) -> tuple[Transcript, ...]:
    """Return sessions as they were put in, in the order asked for; those not there are left out.

    Three questions to the database, however many sessions.
    """
    mine = sessions.c.id.in_(ids)
    heads = {
        row.id: row
        for row in connection.execute(
            select(sessions.c.id, sessions.c.header, sessions.c.extra).where(mine)
        )
    }
    said: defaultdict[str, list[Turn]] = defaultdict(list)
    spoken = select(turns.c.session, turns.c.body).where(turns.c.session.in_(ids))
    for session, body in connection.execute(spoken.order_by(turns.c.session, turns.c.seq)):
        said[session].append(turn_from_json(_parsed(body), where=f"session {session}"))
    # Passages last: a turn that was read then always has those it cites.
    research: defaultdict[str, dict[str, Passage]] = defaultdict(dict)
    used = select(passages.c.session, passages.c.id, passages.c.body)
    for session, key, body in connection.execute(used.where(passages.c.session.in_(ids))):
        research[session][key] = passage_from_json(key, _parsed(body))
    return tuple(
        _transcript(heads[key], tuple(said[key]), research[key]) for key in ids if key in heads
    )


def _transcript(
    head: Row[str, str, str], said: tuple[Turn, ...], research: dict[str, Passage]
) -> Transcript:
    # Databases sort text each in their own way.
    ordered = MappingProxyType(dict(sorted(research.items())))
    extra = _parsed(head.extra)
    return Transcript(
        id=head.id,
        interview=replace(interview_from_json(_parsed(head.header)), research=ordered),
        turns=said,
        extra=MappingProxyType(extra) if extra else EMPTY,
    )


def session_row(
    connection: Connection, session_id: str, *, locked: bool = False
) -> tuple[int, str | None]:
    """Return a session's `ahead` and `visitor`.

    Args:
        connection: A transaction.
        session_id: The session.
        locked: Whether others wait with writing to it until the transaction ends. SQLite needs no
            such lock, as it has one writer at a time.

    Raises:
        InputError: There is no such session.
    """
    query = select(sessions.c.ahead, sessions.c.visitor).where(sessions.c.id == session_id)
    row = connection.execute(query.with_for_update() if locked else query).one_or_none()
    if row is None:
        raise unknown_session(session_id)
    return row.ahead, row.visitor


def unknown_session(session_id: str) -> InputError:
    """Return the error that says there is no such session."""
    return InputError(
        f"There is no interview with the id {session_id!r}. It may have been deleted; the list of "
        "interviews shows the ids that are kept."
    )


def _turn_row(session_id: str, position: int, turn: Turn) -> dict[str, object]:
    return {
        "session": session_id,
        "seq": position,
        "role": _listed(turn.role) or "",
        "round": _listed(turn.round),
        "body": to_text(turn_to_json(turn)),
    }


def _last_round(interview: Interview) -> str | None:
    rounds = interview.plan.get("rounds")
    if not isinstance(rounds, list | tuple) or not rounds:
        return None
    last = rounds[-1].get("id") if isinstance(rounds[-1], Mapping) else rounds[-1]
    return last if isinstance(last, str) else None


def _listed(text: str | None) -> str | None:
    """Return the text as a column can hold it; the JSON beside it keeps every character."""
    if text is None:
        return None
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def _parsed(body: str) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(body)
    return parsed
