"""What coaches do while an interview goes on: who looks on, what they whisper and put in.

Whoever may do so is decided anew at every reading, by `interviewer.people.access`: what a coach
put in waits for nobody once the candidate has taken back what they allowed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from interviewer.errors import ConversationError, InputError, NotThereError
from interviewer.people.access import Act, Held, checked_shown, may
from interviewer.people.helping import MOST_HELPS, MOST_WAITING, Help, put_in_by
from interviewer.storage.coaching import held
from interviewer.storage.helping_tables import helps, watching
from interviewer.storage.logins import later
from interviewer.storage.people_tables import accounts, coachings, shares
from interviewer.storage.rows import session_row, to_text
from interviewer.storage.tables import people, sessions, turns
from interviewer.transcript import CANDIDATE
from interviewer.transcript_file import turn_from_json

PRESENT_SECONDS = 15
"""A page asks every few seconds; so long after it last did, nobody looks on any more."""
_RENEWED_SECONDS = 5
MOST_HINTS = 2
"""Hints a candidate sees at once, the newest: they are to answer, not to read."""
_GONE = "This interview is not there, or it is not yours."


@dataclass(frozen=True, slots=True)
class Companion:
    """A coach to whom an interview is shown.

    Attributes:
        id: Number of the coach.
        name: Their name.
        helps: Whether they may whisper and put questions in.
        present: Whether their page has the interview open.
    """

    id: int
    name: str
    helps: bool
    present: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a candidate's interview while it goes on.

    Attributes:
        language: Language of the interview.
        companions: Coaches who may look on, by name.
        hints: What was whispered last for the answer that comes next, in the order it was.
    """

    language: str
    companions: tuple[Companion, ...]
    hints: tuple[Help, ...]


@dataclass(frozen=True, slots=True)
class Live:
    """An interview that goes on, as a coach's page asks for it.

    Attributes:
        turns: How many turns it has.
        helps: Whether the coach may whisper and put questions in.
        given: What they whispered and put in, in the order they did.
    """

    turns: int
    helps: bool
    given: tuple[Help, ...]


def beside(connection: Connection, session_id: str, key: str, *, now: str) -> Beside:
    """Return what stands beside an interview of one's own.

    Raises:
        NotThereError: It is not theirs, or there is none.
    """
    _check(connection, session_id, key, "use")
    language = connection.scalar(select(sessions.c.language).where(sessions.c.id == session_id))
    found = _companions(connection, session_id, now=now)
    helping = {companion.id for companion in found if companion.helps}
    open_hints = _hints_now(connection, session_id, helping)
    return Beside(language or "en", found, open_hints[-MOST_HINTS:])


def mark_seen(connection: Connection, ids: Iterable[str], *, now: str) -> None:
    """Keep that a candidate's page shows hints; the first time counts."""
    connection.execute(
        update(helps).where(helps.c.id.in_(list(ids)), helps.c.seen.is_(None)).values(seen=now)
    )


def seen_hints(connection: Connection, session_id: str) -> tuple[Help, ...]:
    """Return the hints that were seen for the answer that comes next."""
    return tuple(hint for hint in _hints_now(connection, session_id, None) if hint.seen)


def questions_for(connection: Connection, session_id: str) -> tuple[Help, ...]:
    """Return the questions of coaches who may still put some in, in the order they were."""
    found = _companions(connection, session_id, now="")
    helping = [companion.id for companion in found if companion.helps]
    chosen = (helps.c.session == session_id) & (helps.c.kind == "question")
    return _chosen(connection, chosen & helps.c.author.in_(helping)) if helping else ()


def live(
    connection: Connection, session_id: str, coach: int, key: str, *, now: str
) -> tuple[Live, bool]:
    """Return an interview as a coach's page asks for it, and whether to keep anew that it does.

    Raises:
        NotThereError: It is not shown to them.
    """
    about = _check(connection, session_id, key, "read")
    mine = (watching.c.session == session_id) & (watching.c.coach == coach)
    last = connection.scalar(select(watching.c.at).where(mine))
    stale = last is None or last <= later(now, seconds=-_RENEWED_SECONDS)
    found = Live(
        _count(connection, session_id),
        may("help", key, about),
        helps_of(connection, session_id, coach),
    )
    return found, stale and about.key != key


def keep_looking(connection: Connection, session_id: str, coach: int, *, now: str) -> None:
    """Keep that a coach's page has an interview open."""
    session_row(connection, session_id, locked=True)
    mine = (watching.c.session == session_id) & (watching.c.coach == coach)
    connection.execute(delete(watching).where(mine))
    connection.execute(insert(watching).values(session=session_id, coach=coach, at=now))


def add_help(
    connection: Connection, session_id: str, author: int, key: str, entry: Help, *, now: str
) -> None:
    """Keep a hint or a question.

    Raises:
        NotThereError: The coach may not help in this interview.
        ConversationError: Enough of them wait, or enough were put in.
    """
    _check(connection, session_id, key, "help")
    session_row(connection, session_id, locked=True)
    mine = helps.c.session == session_id
    last = connection.scalar(select(func.max(helps.c.number)).where(mine)) or 0
    if last >= MOST_HELPS:
        raise ConversationError(f"Enough was put into this interview: {last} hints and questions.")
    if entry.kind == "question" and _waiting(connection, session_id, author) >= MOST_WAITING:
        raise ConversationError(
            f"{MOST_WAITING} of your questions wait to be asked. Wait until one is, or take one "
            "back."
        )
    connection.execute(
        insert(helps).values(
            id=secrets.token_hex(8),
            session=session_id,
            number=last + 1,
            author=author,
            kind=entry.kind,
            at=now,
            after=_count(connection, session_id),
            body=to_text({"text": entry.text, "competency": entry.competency}),
        )
    )


# A hint that was seen belongs to the record of the answer it stands with, whoever takes it back.
_UNSEEN = (helps.c.kind != "hint") | helps.c.seen.is_(None)


def take_back(connection: Connection, session_id: str, author: int, help_id: str) -> None:
    """Delete a hint or a question of a coach's own; one that was asked stands in the turns.

    Raises:
        NotThereError: There is none.
    """
    gone = connection.execute(
        delete(helps).where(
            helps.c.session == session_id,
            helps.c.id == help_id,
            helps.c.author == author,
            _UNSEEN,
        )
    )
    if gone.rowcount != 1:
        raise NotThereError("This is not there any more, or it is not yours.")


def helps_of(connection: Connection, session_id: str, author: int) -> tuple[Help, ...]:
    """Return what a coach whispered and put into an interview, in the order they did."""
    return _chosen(connection, (helps.c.session == session_id) & (helps.c.author == author))


def helped_by(connection: Connection, author: int) -> tuple[tuple[str, Help], ...]:
    """Return all a coach whispered and put in, each with the id of the interview."""
    return _told(connection, helps.c.author == author)


def helps_of_owner(connection: Connection, owner: int) -> dict[str, list[Help]]:
    """Return what coaches whispered and put into a candidate's interviews, by the interview."""
    theirs = select(sessions.c.id).where(sessions.c.owner == owner)
    found: dict[str, list[Help]] = {}
    for session, entry in _told(connection, helps.c.session.in_(theirs)):
        found.setdefault(session, []).append(entry)
    return found


def looked_on(connection: Connection, owner: int) -> dict[str, list[dict[str, str]]]:
    """Return when coaches' pages last had a candidate's interviews open, by the interview."""
    rows = connection.execute(
        select(watching.c.session, watching.c.at, people.c.name)
        .join(sessions, sessions.c.id == watching.c.session)
        .join(people, people.c.id == watching.c.coach)
        .where(sessions.c.owner == owner)
        .order_by(watching.c.session, people.c.name)
    )
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row.session, []).append({"by": row.name, "at": row.at})
    return found


def put_away(connection: Connection, session_id: str, coach: int) -> None:
    """Delete what a coach put into an interview and may not any longer, and that they look on."""
    connection.execute(
        delete(helps).where(helps.c.session == session_id, helps.c.author == coach, _UNSEEN)
    )
    connection.execute(
        delete(watching).where(watching.c.session == session_id, watching.c.coach == coach)
    )


def put_away_all(connection: Connection, candidate: int, coach: int) -> None:
    """Delete the same for all interviews of a candidate."""
    theirs = select(sessions.c.id).where(sessions.c.owner == candidate)
    connection.execute(
        delete(helps).where(helps.c.session.in_(theirs), helps.c.author == coach, _UNSEEN)
    )
    connection.execute(
        delete(watching).where(watching.c.session.in_(theirs), watching.c.coach == coach)
    )


def _check(connection: Connection, session_id: str, key: str, act: Act) -> Held:
    try:
        found = held(connection, session_id, key)
    except InputError:
        raise NotThereError(_GONE) from None
    if not may(act, key, found):
        raise NotThereError(_GONE)
    return found


def _companions(connection: Connection, session_id: str, *, now: str) -> tuple[Companion, ...]:
    """Return the coaches who may see an interview as it goes on, by name."""
    rows = connection.execute(
        select(people.c.id, people.c.name, accounts.c.key, shares.c.shown, sessions.c.visitor,
               watching.c.at)
        .select_from(shares)
        .join(sessions, sessions.c.id == shares.c.session)
        .join(accounts, accounts.c.person == shares.c.coach)
        .join(people, people.c.id == accounts.c.person)
        .join(
            coachings,
            (coachings.c.coach == shares.c.coach) & (coachings.c.candidate == sessions.c.owner),
        )
        .outerjoin(
            watching,
            (watching.c.session == shares.c.session) & (watching.c.coach == shares.c.coach),
        )
        .where(
            shares.c.session == session_id,
            accounts.c.role == "coach",
            accounts.c.disabled.is_(None),
        )
    )  # fmt: skip
    least = later(now, seconds=-PRESENT_SECONDS) if now else ""
    found = []
    for row in rows:
        about = Held(row.visitor, checked_shown(row.shown))
        if may("read", row.key, about):
            present = bool(least) and row.at is not None and row.at >= least
            found.append(Companion(row.id, row.name, may("help", row.key, about), present))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name)))


def _hints_now(
    connection: Connection, session_id: str, authors: Collection[int] | None
) -> tuple[Help, ...]:
    """Return the hints that no answer has followed, of some coaches or of all."""
    answered = connection.scalar(
        select(func.max(turns.c.seq)).where(
            turns.c.session == session_id, turns.c.role == CANDIDATE
        )
    )
    chosen = (helps.c.session == session_id) & (helps.c.kind == "hint")
    chosen &= helps.c.after >= (answered or 0)
    if authors is not None:
        chosen &= helps.c.author.in_(list(authors))
    return _chosen(connection, chosen)


def _waiting(connection: Connection, session_id: str, author: int) -> int:
    """Return how many of a coach's questions were not asked yet."""
    mine = helps_of(connection, session_id, author)
    bodies = connection.scalars(
        select(turns.c.body).where(turns.c.session == session_id, turns.c.role != CANDIDATE)
    )
    asked = {put_in_by(turn_from_json(json.loads(body))) for body in bodies}
    return sum(entry.kind == "question" and entry.id not in asked for entry in mine)


def _count(connection: Connection, session_id: str) -> int:
    mine = turns.c.session == session_id
    return connection.scalar(select(func.max(turns.c.seq)).where(mine)) or 0


def _chosen(connection: Connection, chosen: ColumnElement[bool]) -> tuple[Help, ...]:
    return tuple(entry for _, entry in _told(connection, chosen))


def _told(connection: Connection, chosen: ColumnElement[bool]) -> tuple[tuple[str, Help], ...]:
    rows = connection.execute(
        select(helps, people.c.name)
        .join(people, people.c.id == helps.c.author)
        .where(chosen)
        .order_by(helps.c.session, helps.c.number)
    )
    found = []
    for row in rows:
        plain = Help(row.id, row.kind, "", by=row.name, at=row.at, after=row.after)
        told = replace(plain, seen=row.seen or "", **json.loads(row.body))
        found.append((row.session, told))
    return tuple(found)
