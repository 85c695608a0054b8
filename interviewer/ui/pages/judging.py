"""The forms and the page of a model that judges, below `/sessions/<session>`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from interviewer.ui.judging import JudgingRoom
from interviewer.ui.pages.asking import asking, filled_in, sending, session_of, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.visitors import Visitors


class JudgingPages:
    """Lets a model judge, and shows how far it is."""

    def __init__(self, room: JudgingRoom, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._room = room
        self._visitors = visitors

    async def begin(self, request: Request) -> Response:
        """Let the chosen model judge; choosing it on the form is the consent."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            model = text_of(form, "model")
        session = session_of(request)
        await self._room.begin(session, who.visitor, model)
        return RedirectResponse(f"/sessions/{session}/judging", status_code=303)

    async def progress(self, request: Request) -> Response:
        """Show how far it is; when it is done, the report."""
        who = asking(request, self._visitors)
        session = session_of(request)
        await self._room.desk.open(session, who.visitor)
        shown = self._room.under_way(session)
        if shown is None:
            # Who only asks how far it is reads no report into the page, and loads it anew.
            asks = request.url.path.endswith("/progress")
            done = RedirectResponse(f"/?s={session}", status_code=303)
            return HTMLResponse("", headers={"Cache-Control": "no-store"}) if asks else done
        values = {"shown": shown, "session": session, "at": "interview", "employer": None}
        return page("judging", who, values)
