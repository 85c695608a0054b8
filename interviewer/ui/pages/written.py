"""The written test as one page: all items, a clock that informs, one button to hand it in."""

from __future__ import annotations

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import InputError, StaleTurnError
from interviewer.interview.plan import PlannedItem
from interviewer.interview.session import stage_of
from interviewer.interview.turn import utc_now
from interviewer.interview.written.choice import chosen
from interviewer.interview.written.handing_in import hand_in, is_open, unanswered
from interviewer.interview.written.sitting import minutes_gone
from interviewer.interview.written.wording import lettered
from interviewer.transcript import Transcript
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, session_of, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import words_for

LONGEST_ANSWER = 20_000
_MOST_ITEMS = 100


class WrittenPages:
    """The pages below `/written/<session>`."""

    def __init__(self, desk: Desk, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._desk = desk
        self._visitors = visitors

    async def paper(self, request: Request) -> Response:
        """Show the items that are not answered yet; a test that is over leads on."""
        who = asking(request, self._visitors)
        transcript = await self._desk.open(session_of(request), who.visitor)
        if not is_open(stage_of(transcript)):
            return _room(request)
        return self._drawn(request, who, transcript, {})

    async def hand_in(self, request: Request) -> Response:
        """Keep every answer; items left out are asked about once."""
        who = sending(request, self._visitors)
        session = session_of(request)
        transcript = await self._desk.open(session, who.visitor)
        state = stage_of(transcript)
        if not is_open(state):
            return _room(request)
        items = unanswered(state)
        async with filled_in(request, who.words, fields=_MOST_ITEMS) as form:
            given = {item.id: text_of(form, item.id).strip() for item in items}
            sure = text_of(form, "sure") == "1"
        if any(len(text) > LONGEST_ANSWER for text in given.values()):
            raise InputError(who.words["paper_too_long"].format(most=LONGEST_ANSWER))
        missing = [item for item in items if not given[item.id]]
        if missing and not sure:
            return self._drawn(request, who, transcript, given)
        language = transcript.interview.language or "en"
        answers = {item.id: _in_full(item, given[item.id], language) for item in items}
        # Another window may be handing it in: the room shows how things stand.
        with suppress(StaleTurnError):
            await hand_in(self._desk.rehearsals, session, answers)
        return _room(request)

    def _drawn(
        self, request: Request, who: Asking, transcript: Transcript, given: dict[str, str]
    ) -> Response:
        """Return the form, with what was filled in and what it lacks."""
        state = stage_of(transcript)
        part, items = state.round, unanswered(state)
        language = transcript.interview.language or "en"
        numbers = {item.id: place for place, item in enumerate(part.items, start=1)}
        missing = [str(numbers[item.id]) for item in items if given and not given[item.id]]
        left = part.minutes - minutes_gone(part, transcript, utc_now())
        values = {
            "at": "interview",
            "employer": None,
            "session": session_of(request),
            "part": part,
            "items": items,
            "numbers": numbers,
            "options": {item.id: lettered(item.options, language) for item in items},
            "given": given,
            "missing": missing,
            "minutes": round(left),
            "seconds": round(left * 60),
            "most": LONGEST_ANSWER,
        }
        spoken = Asking(who.visitor, language, words_for(language))
        return page("written", spoken, values)


def _room(request: Request) -> RedirectResponse:
    return RedirectResponse(f"/?s={session_of(request)}", status_code=303)


def _in_full(item: PlannedItem, text: str, language: str) -> str:
    """Return a choice with its letter and words, so that the transcript can be read alone."""
    place = chosen(text, item.options) if item.kind == "single" else None
    return text if place is None else lettered(item.options, language)[place]
