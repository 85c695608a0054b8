"""One candidate over time: interviews shown to the coach, compared only where they can be."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.assessment.progress.words import words_for
from interviewer.storage import SqlPeople
from interviewer.ui.cohorts import CohortDesk
from interviewer.ui.desk import Desk
from interviewer.ui.naming import named
from interviewer.ui.pages.asking import asking, sending
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.entering import known
from interviewer.ui.pages.line import HEIGHT, WIDTH
from interviewer.ui.pages.sharing import as_number
from interviewer.ui.pages.trends import trends
from interviewer.ui.score_sheets import SheetRoom
from interviewer.ui.taking_away import TakingAway
from interviewer.ui.visitors import Visitors


class ComparingPages:
    """The page `/coach/candidates/<candidate>/compare`."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors, room: SheetRoom) -> None:
        """Keep what the page asks."""
        self._desk = desk
        self._cohorts = CohortDesk(people, room)
        self._visitors = visitors

    async def compare(self, request: Request) -> Response:
        """Show a candidate's levels over time, and what may be said of them."""
        who = asking(request, self._visitors)
        found = await self._cohorts.compared(known(who), _candidate(request))
        lines, unscored = await asyncio.to_thread(
            trends, found.series, self._desk.library, who.words, who.language
        )
        values = {
            "at": "coach",
            "employer": None,
            "found": found,
            "lines": lines,
            "unscored": unscored,
            "may_take": await TakingAway(self._cohorts).allowed(known(who), found.candidate.id),
            "told": words_for(who.language),
            "width": WIDTH,
            "height": HEIGHT,
            "interviews": [
                (e, named(self._desk.library, e.company or "", e.role or "", who.language))
                for e in (*found.opened, *found.closed)
            ],
        }
        return page("coach_compare", who, values)

    async def open(self, request: Request) -> Response:
        """Open the levels of all that a candidate shows with the report."""
        who = sending(request, self._visitors)
        number = _candidate(request)
        await self._cohorts.open_candidate(known(who), number)
        return RedirectResponse(f"/coach/candidates/{number}/compare", status_code=303)


def _candidate(request: Request) -> int:
    return as_number(str(request.path_params["candidate"]))
