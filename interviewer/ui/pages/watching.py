"""An interview that goes on: the coach's page beside it, and what is beside the candidate's."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import ConversationError, InputError, NotThereError
from interviewer.people.helping import LONGEST_HINT, LONGEST_QUESTION
from interviewer.storage import SqlPeople
from interviewer.ui.coaching import whose
from interviewer.ui.desk import Desk
from interviewer.ui.helping import HelpDesk
from interviewer.ui.naming import named
from interviewer.ui.pages.asking import (
    SMALL,
    Asking,
    asking,
    filled_in,
    sending,
    session_of,
    text_of,
)
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.entering import known
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import words_for

_LONGEST_TOKEN = 40


class WatchingPages:
    """The pages `/coach/sessions/<session>/watch` and below, and `/sessions/<session>/beside`."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._desk = desk
        self._people = people
        self._help = HelpDesk(desk, people)
        self._visitors = visitors

    async def watch(self, request: Request) -> Response:
        """Show an interview as far as it is; the page then asks for what follows."""
        return await self._drawn(asking(request, self._visitors), session_of(request))

    async def live(self, request: Request) -> Response:
        """Return what was said since, nothing where all is as the page shows it."""
        who = asking(request, self._visitors)
        session = session_of(request)
        shown = request.query_params.get("known", "")[:_LONGEST_TOKEN]
        table = await self._help.table(session, known(who), shown)
        if table is None:
            return Response(status_code=204, headers={"Cache-Control": "no-store"})
        values = {
            "table": table,
            "session": session,
            "candidate": await whose(self._people, self._desk, session, known(who)),
            "after": _number(request.query_params.get("after", "")),
        }
        return page("watch_live", who, values)

    async def whisper(self, request: Request) -> Response:
        """Whisper a hint to the candidate."""
        who = sending(request, self._visitors)
        session, coach = session_of(request), known(who)
        async with filled_in(request, who.words, most=SMALL) as form:
            text = text_of(form, "text")
        try:
            await self._help.whisper(session, coach, text)
        except NotThereError:
            raise
        except (InputError, ConversationError) as error:
            return await self._drawn(who, session, fault=str(error), hint=text)
        return _back(session)

    async def ask(self, request: Request) -> Response:
        """Put a question in."""
        who = sending(request, self._visitors)
        session, coach = session_of(request), known(who)
        async with filled_in(request, who.words, most=SMALL) as form:
            text, competency = text_of(form, "text"), text_of(form, "about")
        try:
            await self._help.ask(session, coach, text, competency)
        except NotThereError:
            raise
        except (InputError, ConversationError) as error:
            return await self._drawn(who, session, fault=str(error), question=text)
        return _back(session)

    async def take_back(self, request: Request) -> Response:
        """Take back a hint or a question."""
        who = sending(request, self._visitors)
        session = session_of(request)
        async with filled_in(request, who.words, most=SMALL) as form:
            number = text_of(form, "number")
        await self._help.take_back(session, known(who), number)
        return _back(session)

    async def beside(self, request: Request) -> Response:
        """Return what stands beside a candidate's own interview: who may look on, and hints."""
        who = asking(request, self._visitors)
        found = await self._people.beside(session_of(request), known(who))
        # The room speaks the language of the interview.
        room = Asking(who.visitor, found.language, words_for(found.language), who.account)
        return page("beside", room, {"beside": found})

    async def _drawn(
        self, who: Asking, session: str, *, fault: str = "", hint: str = "", question: str = ""
    ) -> Response:
        coach = known(who)
        table = await self._help.table(session, coach)
        if table is None:  # nothing is known by an empty token
            raise NotThereError(who.words["watch_gone"])
        told = table.seen.transcript.interview
        values = {
            "at": "coach",
            "employer": None,
            "table": table,
            "session": session,
            "candidate": await whose(self._people, self._desk, session, coach),
            "names": named(self._desk.library, told.company or "", told.role or "", who.language),
            "fault": fault,
            "hint": hint,
            "question": question,
            "longest_hint": LONGEST_HINT,
            "longest_question": LONGEST_QUESTION,
            "after": 0,
        }
        return page("watch", who, values, status=400 if fault else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _back(session: str) -> Response:
    return RedirectResponse(f"/coach/sessions/{session}/watch#help", status_code=303)
