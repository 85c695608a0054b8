"""The coach's pages: candidates in the order of the alphabet, and what they show."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from interviewer.interview.turn import utc_now
from interviewer.people.accounts import Account
from interviewer.people.assignments import Task
from interviewer.storage import SqlPeople
from interviewer.storage.coaching import INVITATION_DAYS
from interviewer.ui.coaching import CoachDesk, Watched, is_over, whose
from interviewer.ui.desk import Desk
from interviewer.ui.naming import employer_and_post, named
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import REPORT_POLICY, page
from interviewer.ui.pages.entering import known
from interviewer.ui.pages.sharing import as_number
from interviewer.ui.rating import to_rate, unnamed
from interviewer.ui.visitors import Visitors


class CoachPages:
    """The pages under `/coach`, and `/remarks/<session>` for candidates."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._desk = desk
        self._people = people
        self._coach = CoachDesk(desk, people)
        self._visitors = visitors

    async def candidates(self, request: Request) -> Response:
        """Show the candidates who accepted the coach."""
        return await self._candidates(asking(request, self._visitors), "")

    async def invite(self, request: Request) -> Response:
        """Make an invitation; its link is shown this once."""
        who = sending(request, self._visitors)
        token = await self._people.invite(known(who))
        return await self._candidates(who, str(request.url.replace(path=f"/invitation/{token}")))

    async def candidate(self, request: Request) -> Response:
        """Show what one candidate shows, and how far they are with what was asked."""
        who = asking(request, self._visitors)
        coach = known(who)
        number = as_number(str(request.path_params["candidate"]))
        candidate = await self._people.candidate_of(coach, number)
        shown = await self._people.shown_to(coach, candidate)
        asked = [s for s in await self._people.asked_by(coach) if s.candidate_id == number]
        values = {
            **_usual(),
            "candidate": candidate,
            "interviews": [
                (entry, employer_and_post(self._desk.library, entry, who.language))
                for entry in shown
            ],
            "asked": [(entry, self._named(entry.assignment.task, who)) for entry in asked],
            "today": utc_now().date(),
        }
        return page("coach_candidate", who, values)

    async def session(self, request: Request) -> Response:
        """Show an interview with the director's reasons and the passages beside it."""
        who = asking(request, self._visitors)
        found = await self._coach.watched(_session(request), known(who))
        unfolded = "levels" in request.query_params
        return await self._drawn(who, found, at="coach", unfolded=unfolded)

    async def remarks(self, request: Request) -> Response:
        """Show a candidate what coaches said of an interview of theirs."""
        who = asking(request, self._visitors)
        found = await self._coach.own(_session(request), known(who))
        return await self._drawn(who, found, at="sharing")

    async def report(self, request: Request) -> Response:
        """Show the report with every answer behind its levels."""
        who = asking(request, self._visitors)
        text = await self._coach.report(_session(request), known(who))
        headers = {"Content-Security-Policy": REPORT_POLICY, "Cache-Control": "no-store"}
        return HTMLResponse(text, headers=headers)

    async def comment(self, request: Request) -> Response:
        """Keep a comment on a turn, or on the whole."""
        who = sending(request, self._visitors)
        session = _session(request)
        async with filled_in(request, who.words) as form:
            seq, text, quote = (text_of(form, n) for n in ("seq", "text", "quote"))
        number = as_number(seq) if seq else None
        await self._coach.comment(session, known(who), number, text, quote)
        return _back(session, f"turn-{number}" if number is not None else "whole")

    async def level(self, request: Request) -> Response:
        """Keep another level beside the report's."""
        who = sending(request, self._visitors)
        session = _session(request)
        async with filled_in(request, who.words) as form:
            about, level, reason = (text_of(form, n) for n in ("about", "level", "reason"))
        await self._coach.level(session, known(who), about, level, reason)
        return RedirectResponse(levels_of_session(session), status_code=303)

    async def take_out(self, request: Request) -> Response:
        """Take out a remark of one's own."""
        who = sending(request, self._visitors)
        session = _session(request)
        async with filled_in(request, who.words) as form:
            number = as_number(text_of(form, "number"))
        await self._coach.take_out(session, known(who), number)
        return _back(session, "whole")

    async def _candidates(self, who: Asking, link: str) -> Response:
        coach = known(who)
        standings = await self._people.asked_by(coach)
        today = utc_now().date()
        open_tasks: dict[int, int] = {}
        for entry in standings:
            undone = entry.status(today) != "done"
            open_tasks[entry.candidate_id] = open_tasks.get(entry.candidate_id, 0) + undone
        values = {
            **_usual(),
            "candidates": await self._people.candidates_of(coach),
            "open_tasks": open_tasks,
            "link": link,
            "days": INVITATION_DAYS,
        }
        return page("coach", who, values)

    async def _drawn(
        self, who: Asking, found: Watched, *, at: str, unfolded: bool = False
    ) -> Response:
        account, session = known(who), found.transcript.id
        rated = [r for level in found.levels for r in level.rated if r.author == account.id]
        told = found.transcript.interview
        values = {
            "at": at,
            "employer": None,
            "session": session,
            "unfolded": unfolded,
            "seen": _without_others(found, account) if at == "coach" else found,
            "to_rate": to_rate(found.report, await self._desk.content_of(found.transcript))
            if found.report
            else (),
            "blind": any(entry.blind for entry in rated),
            "names": named(self._desk.library, told.company or "", told.role or "", who.language),
            "coach": at == "coach",
            "over": is_over(found.transcript),
            "candidate": await whose(self._people, self._desk, session, account)
            if at == "coach"
            else None,
        }
        return page("coach_session", who, values)

    def _named(self, task: Task, who: Asking) -> tuple[str, str]:
        return named(self._desk.library, task.company, task.role, who.language)


def _usual() -> dict[str, object]:
    return {"at": "coach", "employer": None}


def _without_others(found: Watched, coach: Account) -> Watched:
    """Return an interview as a coach sees it: another one's levels have no name."""
    levels = tuple(replace(entry, rated=unnamed(entry.rated, coach)) for entry in found.levels)
    return replace(found, levels=levels)


def _session(request: Request) -> str:
    return str(request.path_params["session"])


def levels_of_session(session: str) -> str:
    """Return the address of an interview with its levels unfolded."""
    return f"/coach/sessions/{session}?levels=open#levels"


def _back(session: str, place: str) -> Response:
    return RedirectResponse(f"/coach/sessions/{session}#{place}", status_code=303)
