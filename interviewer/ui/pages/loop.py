"""What a candidate sends after an interview: own levels, redos, drills done, disputes."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.assessment.dispute import Dispute
from interviewer.errors import InputError
from interviewer.ui.desk import Desk
from interviewer.ui.loop import PracticeLoop
from interviewer.ui.pages.asking import filled_in, sending, session_of, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import Words

_MOST_FIELDS = 100
_LEVEL = "level."


class LoopPages:
    """The forms of the report's page, below `/sessions/<session>`."""

    def __init__(self, desk: Desk, visitors: Visitors) -> None:
        """Keep what the forms ask."""
        self._desk = desk
        self._loop = PracticeLoop(desk)
        self._visitors = visitors

    async def rating(self, request: Request) -> Response:
        """Keep how they rate themselves, then show the report."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words, fields=_MOST_FIELDS) as form:
            levels = {} if "skip" in form else _levels(form, who.words)
        session = session_of(request)
        await self._desk.rate(session, who.visitor, levels)
        return RedirectResponse(f"/?s={session}", status_code=303)

    async def redo(self, request: Request) -> Response:
        """Begin an interview that gives an answer again; too soon, say so and offer to go on."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            item, anyway = text_of(form, "item"), text_of(form, "anyway") == "1"
        session = session_of(request)
        made = await self._loop.redo(session, who.visitor, item, anyway=anyway)
        if made is not None:
            return RedirectResponse(f"/?s={made}", status_code=303)
        values = {"session": session, "item": item, "at": "interview", "employer": None}
        return page("too_soon", who, values)

    async def drill(self, request: Request) -> Response:
        """Tick a drill as done."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            about = text_of(form, "about")
        session = session_of(request)
        await self._loop.drill(session, who.visitor, about)
        return RedirectResponse(f"/?s={session}", status_code=303)

    async def dispute(self, request: Request) -> Response:
        """Look at a disputed point again; the report says what came of it."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            about, part, said = (text_of(form, name) for name in ("about", "part", "said"))
        if not part or not said.strip():
            raise InputError(who.words["dispute_unreadable"])
        round_id, _, competency = about.partition("/")
        session = session_of(request)
        dispute = Dispute(round_id, competency, part, said.strip())
        await self._loop.dispute(session, who.visitor, dispute)
        return RedirectResponse(f"/?s={session}", status_code=303)


def _levels(form: FormData, words: Words) -> dict[str, int]:
    """Return the levels that were chosen, by competency; what was skipped is left out."""
    chosen = {
        name.removeprefix(_LEVEL): value
        for name, value in form.items()
        if name.startswith(_LEVEL) and isinstance(value, str) and value
    }
    if any(not (value.isascii() and value.isdigit()) for value in chosen.values()):
        raise InputError(words["rating_wrong"])
    return {name: int(value[:3]) for name, value in chosen.items()}
