"""The page on what is kept of whom, where and how long; and one's own, given out or deleted."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import InputError
from interviewer.people.accounts import NOBODY
from interviewer.privacy.facts import facts_of
from interviewer.privacy.giving import as_lines, everything_about
from interviewer.storage import Whose
from interviewer.storage.logins import LOGIN_DAYS
from interviewer.ui.collecting import Collection
from interviewer.ui.doorkeeper import let_out
from interviewer.ui.pages.asking import SMALL, Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.visitors import COOKIE, Visitors
from interviewer.ui.voices import ConnectedVoice
from interviewer.wiring import open_people

_SURE = "yes"


class PrivacyPages:
    """The page `/privacy`, what is kept as a file, and the form that deletes it."""

    def __init__(self, collection: Collection, visitors: Visitors) -> None:
        """Keep what the page asks."""
        self._collection = collection
        self._desk = collection.desk
        self._visitors = visitors
        self._people = open_people(collection.desk.store)

    async def told(self, request: Request) -> Response:
        """Say what is kept; to somebody who is known also how much of theirs."""
        gone = request.query_params.get("gone") == "1"
        return await self._drawn(asking(request, self._visitors), gone=gone)

    async def mine(self, request: Request) -> Response:
        """Give out all that is kept of whoever asks."""
        who = asking(request, self._visitors)
        if not who.visitor:
            raise InputError(who.words["privacy_nothing"])
        held = await everything_about(
            self._whose(who), self._desk.store, self._people, self._desk.own.parent, self._desk.own
        )
        headers = {
            "Content-Disposition": 'attachment; filename="three-rounds.jsonl"',
            "Cache-Control": "no-store",
        }
        return Response(as_lines(held), media_type="application/jsonl", headers=headers)

    async def forget(self, request: Request) -> Response:
        """Delete all that is kept of whoever asks, and what their browser has of us."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words, most=SMALL) as form:
            sure = text_of(form, "sure") == _SURE
        if not sure:
            return await self._drawn(who, fault=who.words["privacy_not_sure"])
        whose, erasing = self._whose(who), self._desk.erasing()
        self._collection.check_idle(erasing.packs(whose))
        gone = await erasing.person(whose)
        await self._desk.disconnect(who.visitor)
        await self._collection.gone(company for company, _ in gone.research)
        response = RedirectResponse("/privacy?gone=1", status_code=303)
        let_out(response)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return response

    def _whose(self, who: Asking) -> Whose:
        """Return whose things are meant: an account's, this machine's user's, or a browser's."""
        if who.account is not None:
            return Whose(who.account.name)
        return Whose(NOBODY, None if self._desk.alone else who.visitor)

    async def _drawn(self, who: Asking, *, gone: bool = False, fault: str = "") -> Response:
        whose, desk = self._whose(who), self._desk
        found = await desk.store.traces(whose) if who.visitor else None
        packs = desk.erasing().packs(whose) if who.visitor else ()
        facts = facts_of(self._collection.settings, alone=desk.alone)
        # Where people sign in but nobody has, there is nobody whose things could be shown.
        known = bool(who.visitor) and (who.account is not None or not desk.accounts)
        values = {
            "facts": facts,
            "home": self._collection.settings.home if desk.alone else None,
            "login_days": LOGIN_DAYS,
            "known": known,
            "interviews": len(found.sessions) if found else 0,
            "packs": len(packs),
            "connected": [c.name for c in desk.connections.of(who.visitor)] if known else [],
            "voice_to": _voice_to(desk.voices.of(who.visitor)) if known else None,
            "keyring": desk.keeping.keys is not None,
            "gone": gone,
            "fault": fault,
            "at": "privacy",
            "employer": None,
        }
        return page("privacy", who, values, status=400 if fault else 200)


def _voice_to(voice: ConnectedVoice | None) -> str | None:
    return voice.open.goes_to if voice else None
