"""What a candidate shows to which coach, decided for each interview and taken back at once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import NotThereError
from interviewer.people.access import SHOWN, checked_shown
from interviewer.storage import SqlJudging, SqlPeople
from interviewer.ui.desk import Desk
from interviewer.ui.naming import employer_and_post
from interviewer.ui.pages.asking import asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.entering import known
from interviewer.ui.visitors import Visitors


class SharingPages:
    """The page `/sharing`."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors) -> None:
        """Keep what the page asks."""
        self._desk = desk
        self._people = people
        self._visitors = visitors

    async def sharing(self, request: Request) -> Response:
        """Show the candidate's coaches, and what each of them sees."""
        who = asking(request, self._visitors)
        account = known(who)
        interviews = await self._desk.interviews(account.key)
        values = {
            "at": "sharing",
            "employer": None,
            "coaches": await self._people.coaches_of(account),
            "interviews": [
                (entry, employer_and_post(self._desk.library, entry, who.language))
                for entry in interviews
            ],
            "shares": await self._people.shares(account),
            "choices": SHOWN,
            "released": await SqlJudging(self._desk.store.engine).releasing(account),
        }
        return page("sharing", who, values)

    async def show(self, request: Request) -> Response:
        """Show so much of one interview to one coach from now on."""
        who = sending(request, self._visitors)
        account = known(who)
        async with filled_in(request, who.words) as form:
            session, shown, coach = (text_of(form, n) for n in ("session", "shown", "coach"))
        number = as_number(coach)
        await self._people.share(account, session, number, checked_shown(shown))
        return RedirectResponse(f"/sharing#coach-{number}", status_code=303)

    async def leave(self, request: Request) -> Response:
        """End that a coach sees anything."""
        who = sending(request, self._visitors)
        account = known(who)
        async with filled_in(request, who.words) as form:
            coach = as_number(text_of(form, "coach"))
        await self._people.leave(coach=coach, candidate=account.id)
        return RedirectResponse("/sharing", status_code=303)


def as_number(text: str) -> int:
    """Return the number of a person that a form or an address names.

    Raises:
        NotThereError: It is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotThereError("There is nobody of that kind here.")
    return int(text)
