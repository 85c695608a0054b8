"""Rating an interview blind or informed, and how far a coach's levels agree with others'."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.evaluation.agreement.coaches import FEWEST, Agreed, coach_agreement
from interviewer.interview.planning import in_language
from interviewer.storage import SqlPeople
from interviewer.ui.coaching import CoachDesk
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, session_of
from interviewer.ui.pages.coach import levels_of_session
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.entering import known
from interviewer.ui.rating import RatingRoom
from interviewer.ui.visitors import Visitors

# A level for every competency of an interview.
_MOST_FIELDS = 120
_FIELD = "level:"


class RatingPages:
    """The forms of ratings below `/coach/sessions/<session>`, and the page `/coach/agreement`."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._desk = desk
        self._room = RatingRoom(CoachDesk(desk, people))
        self._visitors = visitors

    async def rate(self, request: Request) -> Response:
        """Keep what a coach rated, and show the levels from now on."""
        who = sending(request, self._visitors)
        session = session_of(request)
        async with filled_in(request, who.words, fields=_MOST_FIELDS) as form:
            chosen = {
                name.removeprefix(_FIELD): str(value)
                for name, value in form.items()
                if name.startswith(_FIELD)
            }
        await self._room.rate(session, known(who), chosen)
        return RedirectResponse(levels_of_session(session), status_code=303)

    async def open(self, request: Request) -> Response:
        """Open the levels of an interview without rating it."""
        who = sending(request, self._visitors)
        session = session_of(request)
        await self._room.open(session, known(who))
        return RedirectResponse(levels_of_session(session), status_code=303)

    async def agreement(self, request: Request) -> Response:
        """Show how far a coach agrees with the report, and with other coaches."""
        who = asking(request, self._visitors)
        coach = known(who)
        given = await self._room.coach.judging.ratings_for(coach)
        found = await asyncio.to_thread(coach_agreement, given, coach.id)
        sections = [("blind", 0, found.blind), ("informed", 0, found.informed)]
        sections += [("other", n, rows) for n, (_, rows) in enumerate(found.others, start=1)]
        values = {
            "at": "coach",
            "employer": None,
            "fewest": FEWEST,
            "sections": [
                (kind, number, [(row, self._name(row, who)) for row in rows])
                for kind, number, rows in sections
                if rows
            ],
        }
        return page("coach_agreement", who, values)

    def _name(self, row: Agreed, who: Asking) -> str:
        """Return what a row is about in the language of the screen."""
        low, high = row.scale
        if not row.competency:
            return who.words["agreement_all"].format(lowest=low, highest=high)
        rubric = self._desk.library.rubrics.get(row.competency)
        return in_language(rubric.name, who.language) if rubric else row.competency
