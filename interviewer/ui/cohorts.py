"""What a coach compares: a cohort on parallel questions, one candidate over time, answers.

Everything starts from what is shown to the coach at that moment, asked for once. Levels are used
where the candidate shows the report and the coach has opened them; the places of answers where
what was said is shown.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.assessment.cohort.heat_map import HeatMap, Member, by_name, heat_map
from interviewer.assessment.cohort.score_sheet import Put, ScoreSheet
from interviewer.assessment.progress.change import Change, change_in
from interviewer.assessment.progress.series import Series, series_in
from interviewer.errors import NotThereError
from interviewer.people.access import may
from interviewer.people.accounts import Account
from interviewer.people.assignments import Assignment, Standing
from interviewer.storage import SqlPeople
from interviewer.storage.shown import ShownInterview
from interviewer.transcript_file import turn_from_json
from interviewer.ui.score_sheets import SheetRoom

TASK, POST = "task", "post"
State = Literal["open", "closed", "transcript", "reading", "under_way", "none"]
# Answers on one page.
EACH = 25


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose interviews of what are compared.

    Attributes:
        id: `task:<assignment>`, or `post:<company>/<post>/<language>`.
        company: The employer's id.
        role: The post's id.
        language: Language of the interviews.
        assignment: The assignment, None for everybody's interviews for a post.
    """

    id: str
    company: str
    role: str
    language: str
    assignment: Assignment | None = None

    def holds(self, entry: ShownInterview) -> bool:
        """Whether an interview belongs to it."""
        if entry.redo:
            return False
        if self.assignment is not None:
            return entry.assignment == self.assignment.id
        about = (entry.company or "", entry.role or "", entry.language or "")
        return about == (self.company, self.role, self.language)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Candidates beside each other.

    Attributes:
        scope: What is compared, None where nothing is shown and nothing was asked.
        scopes: What there is to choose from: assignments, newest first, then posts.
        found: Candidates by name, with levels where they are open.
        states: How each candidate stands, by number.
        looked_at: The interview that is looked at, by candidate.
        questions: Questions answered by two candidates at least, with how many answered.
        waiting: How many of those have no sheet yet.
    """

    scope: Scope | None
    scopes: tuple[Scope, ...]
    found: HeatMap
    states: dict[int, State]
    looked_at: dict[int, ShownInterview]
    questions: tuple[tuple[Put, int], ...] = ()
    waiting: int = 0

    def named(self, *states: State) -> tuple[str, ...]:
        """Return the names of candidates who stand in one of these states."""
        return tuple(m.name for m, _ in self.found.rows if self.states[m.id] in states)


@dataclass(frozen=True, slots=True)
class Compared:
    """Interviews of one candidate over time.

    Attributes:
        candidate: Whose they are.
        series: Levels of each competency, with what may be said of them.
        opened: The interviews behind them, newest first.
        closed: Those whose levels the coach has not opened.
        transcripts: How many are shown without their report.
        waiting: How many have no sheet yet.
    """

    candidate: Account
    series: tuple[tuple[Series, Change], ...]
    opened: tuple[ShownInterview, ...]
    closed: tuple[ShownInterview, ...]
    transcripts: int
    waiting: int


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What one candidate said to a question."""

    candidate: int
    name: str
    session: str
    seq: int
    said: tuple[str, ...]


@dataclass(frozen=True)
class CohortDesk:
    """What a coach's pages of comparison ask for.

    Attributes:
        people: Who coaches whom and what was asked.
        room: Who has score sheets.
    """

    people: SqlPeople
    room: SheetRoom

    async def cohort(self, coach: Account, wanted: str) -> Cohort:
        """Return a cohort; the first there is for one that is not there.

        Args:
            coach: Whose candidates.
            wanted: Id of the scope, empty for the first.
        """
        shown = await self._shown(coach)
        standings = await self.people.asked_by(coach)
        scopes = scopes_in(shown, standings)
        scope = next((s for s in scopes if s.id == wanted), scopes[0] if scopes else None)
        if scope is None:
            return Cohort(None, (), heat_map(()), {}, {})
        shown, waiting = await self._complete(coach, shown, scope)
        members = await self._members(coach, scope, standings)
        looked_at = newest_of(entry for entry in shown if scope.holds(entry))
        sheets = await self.room.sheets([entry.session for entry in looked_at.values()])
        begun = {entry.candidate for entry in shown if scope.holds(entry)} | {
            s.candidate_id for s in standings if s.begun and _is_of(s, scope)
        }
        states = {m.id: _state(looked_at.get(m.id), coach, begun=m.id in begun) for m in members}
        made = heat_map(
            Member(m.id, m.name, sheets.get(looked_at[m.id].session))
            if states[m.id] == "open"
            else m
            for m in members
        )
        here = {m.id for m in members}
        return Cohort(
            scope, scopes, made, states,
            {number: entry for number, entry in looked_at.items() if number in here},
            questions_in(sheets[e.session] for n, e in looked_at.items()
                         if n in here and e.session in sheets),
            waiting,
        )  # fmt: skip

    async def answers(
        self, coach: Account, wanted: str, question: str, page: int
    ) -> tuple[Cohort, Put, tuple[GivenAnswer, ...], int]:
        """Return answers to one question by name, a page of them, and how many pages there are.

        Raises:
            NotThereError: Nobody of the cohort answered it.
        """
        cohort = await self.cohort(coach, wanted)
        sessions = {entry.session: number for number, entry in cohort.looked_at.items()}
        sheets = await self.room.sheets(list(sessions))
        put = {
            number: entry
            for session, number in sessions.items()
            for entry in (sheets[session].put if session in sheets else ())
            if entry.id == question and entry.seqs
        }
        who = [member for member, _ in cohort.found.rows if member.id in put]
        if not who:
            raise NotThereError("Nobody of this cohort shows you an answer to that question.")
        pages = (len(who) + EACH - 1) // EACH
        here = who[(page - 1) * EACH : page * EACH]
        places = {cohort.looked_at[m.id].session: put[m.id].seqs for m in here}
        said = await self.room.judging.said(places)
        given = tuple(
            GivenAnswer(
                m.id, m.name, session, put[m.id].seqs[0],
                tuple(turn_from_json(json.loads(said[session, seq])).content
                      for seq in put[m.id].seqs if (session, seq) in said),
            )
            for m in here
            for session in (cohort.looked_at[m.id].session,)
        )  # fmt: skip
        return cohort, put[who[0].id], given, pages

    async def compared(self, coach: Account, number: int) -> Compared:
        """Return the interviews of a candidate over time.

        Raises:
            NotThereError: They did not accept the coach.
        """
        candidate = await self.people.candidate_of(coach, number)
        shown = await self._shown(coach, number)
        wanted = [entry for entry in shown if entry.finished]
        waiting = await self.room.complete(wanted)
        if any(not entry.sheet for entry in wanted):
            shown = await self._shown(coach, number)
        judged = [entry for entry in shown if may("judge", coach.key, entry.held)]
        opened = tuple(entry for entry in judged if entry.opened)
        over = [entry.session for entry in opened if entry.finished]
        sheets = await self.room.sheets(over)
        found = series_in(sheet.sitting for sheet in sheets.values())
        return Compared(
            candidate,
            tuple((series, change_in(series)) for series in found),
            opened,
            tuple(entry for entry in judged if not entry.opened),
            len(shown) - len(judged),
            waiting,
        )

    async def open_cohort(self, coach: Account, wanted: str) -> None:
        """Open the levels of all interviews of a cohort that are shown with their report."""
        shown = await self._shown(coach)
        scopes = scopes_in(shown, await self.people.asked_by(coach))
        scope = next((s for s in scopes if s.id == wanted), None)
        if scope is not None:
            chosen = newest_of(entry for entry in shown if scope.holds(entry)).values()
            await self._open(coach, chosen)

    async def open_candidate(self, coach: Account, number: int) -> None:
        """Open the levels of all interviews a candidate shows with their report.

        Raises:
            NotThereError: They did not accept the coach.
        """
        await self.people.candidate_of(coach, number)
        await self._open(coach, await self._shown(coach, number))

    async def _open(self, coach: Account, entries: Iterable[ShownInterview]) -> None:
        closed = [e.session for e in entries if not e.opened and may("judge", coach.key, e.held)]
        await self.room.judging.look(coach, closed)

    async def _shown(self, coach: Account, number: int | None = None) -> list[ShownInterview]:
        """Return what a coach may read of what is shown; the one function decides for each."""
        found = await self.room.judging.shown(coach, self.room.rules, candidate=number)
        return [entry for entry in found if may("read", coach.key, entry.held)]

    async def _complete(
        self, coach: Account, shown: list[ShownInterview], scope: Scope
    ) -> tuple[list[ShownInterview], int]:
        """Return what is shown with sheets made that were missing, and how many still are."""
        wanted = list(newest_of(entry for entry in shown if scope.holds(entry)).values())
        waiting = await self.room.complete(wanted)
        if any(not entry.sheet for entry in wanted):
            shown = await self._shown(coach)
        return shown, waiting

    async def _members(
        self, coach: Account, scope: Scope, standings: Sequence[Standing]
    ) -> tuple[Member, ...]:
        asked = {s.candidate_id for s in standings if _is_of(s, scope)}
        known = await self.people.candidates_of(coach)
        return by_name(
            Member(one.id, one.name)
            for one in known
            if scope.assignment is None or one.id in asked
        )


def scopes_in(shown: Iterable[ShownInterview], standings: Iterable[Standing]) -> tuple[Scope, ...]:
    """Return what can be compared: assignments, newest first, then posts by interviews."""
    tasks = {s.assignment.id: s.assignment for s in standings}
    posts = Counter(
        (entry.company or "", entry.role or "", entry.language or "")
        for entry in shown
        if not entry.redo
    )
    ordered = sorted(posts, key=lambda post: (-posts[post], post))
    return (
        *(
            Scope(f"{TASK}:{a.id}", a.task.company, a.task.role, a.task.language, a)
            for a in tasks.values()
        ),
        *(Scope(f"{POST}:{'/'.join(post)}", *post) for post in ordered),
    )


def newest_of(entries: Iterable[ShownInterview]) -> dict[int, ShownInterview]:
    """Return the newest finished interview of each candidate.

    Args:
        entries: Interviews of a scope, newest first.
    """
    found: dict[int, ShownInterview] = {}
    for entry in entries:
        if entry.finished:
            found.setdefault(entry.candidate, entry)
    return found


def questions_in(sheets: Iterable[ScoreSheet]) -> tuple[tuple[Put, int], ...]:
    """Return the questions that two candidates answered at least, and how many, as they came."""
    put: dict[str, Put] = {}
    counts: Counter[str] = Counter()
    for sheet in sheets:
        for entry in {e.id: e for e in sheet.put if e.seqs and e.text}.values():
            put.setdefault(entry.id, entry)
            counts[entry.id] += 1
    return tuple((entry, counts[name]) for name, entry in put.items() if counts[name] > 1)


def _is_of(standing: Standing, scope: Scope) -> bool:
    return scope.assignment is not None and standing.assignment.id == scope.assignment.id


def _state(entry: ShownInterview | None, coach: Account, *, begun: bool) -> State:
    """Return how somebody stands by the interview that is looked at."""
    if entry is None:
        return "under_way" if begun else "none"
    if not entry.sheet:
        return "reading"
    if not may("judge", coach.key, entry.held):
        return "transcript"
    return "open" if entry.opened else "closed"
