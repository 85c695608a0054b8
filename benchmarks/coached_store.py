"""What a coach's candidates show and were asked for, in a store that is filled, and its pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from types import SimpleNamespace

from sqlalchemy import Connection, Engine, insert, select
from starlette.requests import Request
from starlette.responses import Response

from benchmarks.filled_store import Filled, copied
from interviewer.assessment import assess
from interviewer.assessment.cohort.rules_digest import rules_digest
from interviewer.assessment.cohort.score_sheet import ScoreSheet, score_sheet, sheet_record
from interviewer.content.library import Library
from interviewer.people.access import Act, may
from interviewer.people.accounts import Account
from interviewer.people.assignments import Task
from interviewer.people.ratings import Rating
from interviewer.storage import SqlPeople, SqlSessionStore
from interviewer.storage.accounts import add_account
from interviewer.storage.assignments import assign
from interviewer.storage.judging_tables import looks, ratings, score_sheets
from interviewer.storage.people_tables import coachings, shares, takes
from interviewer.storage.rows import to_text
from interviewer.storage.tables import sessions
from interviewer.storage.transactions import writing
from interviewer.transcript import Transcript
from interviewer.ui.coaching import is_over
from interviewer.ui.helping import token_of
from interviewer.ui.pages.cohort import CohortPages
from interviewer.ui.pages.comparing import ComparingPages
from interviewer.ui.pages.rating import RatingPages
from interviewer.ui.pages.replaying import ReplayingPages
from interviewer.ui.pages.watching import WatchingPages
from interviewer.ui.score_sheets import SheetRoom
from interviewer.ui.visitors import Visitors, keep_account

Asks = Callable[[Request], Awaitable[Response]]
_DUE, _NOW = "2026-12-24", "2026-11-27T09:00:00Z"


@dataclass(frozen=True)
class Kept:
    """An interview in the store.

    Attributes:
        session: Its id.
        candidate: Number of the candidate.
        made: The interview.
    """

    session: str
    candidate: int
    made: Transcript


def show_all(held: Filled, interviews: tuple[Transcript, ...], library: Library) -> Coached:
    """Show everything to another coach, who opened all, rated one each and assigned one to all.

    Score sheets are there, as after a first look at all of them.
    """
    rules, sheets = rules_digest(library), _Sheets(library)
    with writing(held.engine) as connection:
        coach = add_account(connection, name="Office", role="coach", password="none", now=_NOW)
        kept = _kept(connection, interviews)
        own = {entry.candidate: entry for entry in kept if entry.session.endswith("-0")}
        connection.execute(
            insert(coachings), [{"coach": coach.id, "candidate": n, "since": _NOW} for n in own]
        )
        task = Task("brightwell", "data-engineer", "en", "company", "short", due=_DUE)
        task_id = assign(connection, coach, task, sorted(own), now=_NOW)
        about = {"coach": coach.id}
        rows = [{"session": entry.session, **about} for entry in kept]
        connection.execute(insert(shares), [{**row, "shown": "report"} for row in rows])
        connection.execute(insert(looks), [{**row, "at": _NOW} for row in rows])
        connection.execute(
            insert(takes), [{"session": e.session, "assignment": task_id} for e in own.values()]
        )
        connection.execute(insert(score_sheets), [sheets.row(entry, rules) for entry in kept])
        connection.execute(
            insert(ratings), [row for entry in own.values() for row in sheets.rated(entry, coach)]
        )
    return Coached(held.engine, coach, library, task_id)


def _kept(connection: Connection, interviews: tuple[Transcript, ...]) -> list[Kept]:
    """Return every interview of the store, made again from what it is a copy of."""
    rows = connection.execute(select(sessions.c.id, sessions.c.owner)).all()
    numbers = [(row, *map(int, row.id[1:].split("-"))) for row in rows]
    return [
        Kept(row.id, row.owner, copied(interviews, number, take)) for row, number, take in numbers
    ]


class _Sheets:
    """Sheets of copies: each original is assessed once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made: dict[tuple[str, int], ScoreSheet] = {}

    def of(self, entry: Kept) -> ScoreSheet:
        made = entry.made
        key = (made.interview.company or "", len(made.turns))
        if key not in self._made:
            found = score_sheet(made, assess(made, self._library))
            assert found is not None
            self._made[key] = found
        sheet = self._made[key]
        about = replace(sheet.sitting, session=entry.session, at=made.interview.created or "")
        return replace(sheet, sitting=about)

    def row(self, entry: Kept, rules: str) -> dict[str, object]:
        return {
            "session": entry.session,
            "turns": len(entry.made.turns),
            "rules": rules,
            "finished": int(is_over(entry.made)),
            "body": json.dumps(sheet_record(self.of(entry))),
        }

    def rated(self, entry: Kept, coach: Account) -> list[dict[str, object]]:
        return [
            {
                "session": entry.session,
                "author": coach.id,
                "about": (given := Rating(f"{n}/{a.competency}", 3, a.level, 1, 5)).about,
                "blind": 1,
                "at": _NOW,
                "body": to_text(
                    {
                        "level": 1 + (entry.candidate + n) % 5,
                        "machine": given.machine,
                        "lowest": 1,
                        "highest": 5,
                    }
                ),
            }
            for n, a in enumerate(self.of(entry).sitting.answers)
        ]


class Coached:
    """The pages of a coach over a filled store, asked as the app asks them."""

    def __init__(self, engine: Engine, coach: Account, library: Library, task: str) -> None:
        """Keep what the pages need, and nothing of the app around them."""
        store = SqlSessionStore(engine)

        async def opened(session: str, key: str, act: Act = "use") -> Transcript:
            assert may(act, key, await store.held(session, key))
            return await store.load(session)

        async def content_of(transcript: Transcript) -> Library:
            return library

        desk = SimpleNamespace(store=store, library=library, open=opened, content_of=content_of)
        people, visitors, room = SqlPeople(engine), Visitors("secret", True), SheetRoom(desk)  # type: ignore[arg-type]  # as far as it is used
        self.room, self.coach, self.task = room, coach, task
        cohort = CohortPages(desk, people, visitors, room)  # type: ignore[arg-type]  # see there
        comparing = ComparingPages(desk, people, visitors, room)  # type: ignore[arg-type]  # see there
        rating = RatingPages(desk, people, visitors)  # type: ignore[arg-type]  # see there
        self._cohort, self._compare, self._agreement = (
            cohort.cohort, comparing.compare, rating.agreement,
        )  # fmt: skip
        # Their clock stands: whether a page that looks on is noted anew hangs on no machine.
        self._people = SqlPeople(engine, clock=lambda: _NOW)
        self._known: dict[str, str] = {}
        watching = WatchingPages(desk, self._people, visitors)  # type: ignore[arg-type]  # see there
        replaying = ReplayingPages(desk, self._people, visitors)  # type: ignore[arg-type]  # see there
        self._watch, self._live, self._replay = watching.watch, watching.live, replaying.replay

    async def assigned(self) -> object:
        """Ask for the cohort of the assignment, which everybody took."""
        return await self._page(self._cohort, f"of=task:{self.task}")

    async def post(self) -> object:
        """Ask for everybody's newest interview for a post."""
        return await self._page(self._cohort, "of=post:brightwell/data-engineer/en")

    async def over_time(self, candidate: Account) -> object:
        """Ask for one candidate over time."""
        return await self._page(self._compare, "", candidate=str(candidate.id))

    async def agreement(self) -> object:
        """Ask for the coach's agreement with the report."""
        return await self._page(self._agreement, "")

    async def watched(self, session: str) -> object:
        """Ask for an interview under way."""
        return await self._page(self._watch, "", session=session)

    async def live(self, session: str) -> object:
        """Ask what is new of it, where nothing is."""
        if session not in self._known:
            self._known[session] = token_of(await self._people.live(session, self.coach))
        return await self._page(self._live, f"known={self._known[session]}", session=session)

    async def replayed(self, session: str) -> object:
        """Ask for an interview to play back."""
        return await self._page(self._replay, "", session=session)

    async def beside(self, session: str, candidate: Account) -> object:
        """Ask, as its candidate's page does, who may look on."""
        return await self._people.beside(session, candidate)

    async def _page(self, asks: Asks, query: str, **named: str) -> Response:
        scope: dict[str, object] = {
            "type": "http", "method": "GET", "path": "/", "headers": [],
            "query_string": query.encode(), "path_params": named,
        }  # fmt: skip
        keep_account(scope, self.coach)
        return await asks(Request(scope))
