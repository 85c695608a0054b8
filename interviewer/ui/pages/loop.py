"""What a candidate sends after an interview: how they rate themselves."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import InputError
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import filled_in, sending
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import Words

_MOST_FIELDS = 100
_LEVEL = "level."


class LoopPages:
    """The forms of the report's page, below `/sessions/<session>`."""

    def __init__(self, desk: Desk, visitors: Visitors) -> None:
        """Keep what the forms ask."""
        self._desk = desk
        self._visitors = visitors

    async def rating(self, request: Request) -> Response:
        """Keep how they rate themselves, then show the report."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words, fields=_MOST_FIELDS) as form:
            levels = {} if "skip" in form else _levels(form, who.words)
        session = _session(request)
        await self._desk.rate(session, who.visitor, levels)
        return RedirectResponse(f"/?s={session}", status_code=303)


def _session(request: Request) -> str:
    return str(request.path_params["session"])


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
