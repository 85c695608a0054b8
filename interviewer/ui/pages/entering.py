"""Coming in and going out: login, logout, invitations, one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import InputError, NotThereError
from interviewer.people.accounts import SHORTEST_PASSWORD, Account
from interviewer.storage import SqlPeople, TooManyAttempts
from interviewer.ui.doorkeeper import let_in, let_out, own_path, token_of
from interviewer.ui.pages.asking import (
    SMALL,
    Asking,
    asking,
    filled_in,
    sending,
    sending_unknown,
    text_of,
)
from interviewer.ui.pages.drawing import page
from interviewer.ui.visitors import Visitors

if TYPE_CHECKING:
    from interviewer.ui.pages.openid import Elsewhere


class EnteringPages:
    """The pages `/login`, `/logout`, `/invitation/<token>` and `/account`."""

    def __init__(
        self, people: SqlPeople, visitors: Visitors, elsewhere: Elsewhere | None = None
    ) -> None:
        """Keep who knows the accounts, and the service people may sign in with as well."""
        self._people = people
        self._visitors = visitors
        self._elsewhere = elsewhere

    async def login(self, request: Request) -> Response:
        """Show the form, or go on with whoever is signed in already."""
        who = asking(request, self._visitors)
        there = own_path(request.query_params.get("next", ""))
        if who.account is not None:
            return RedirectResponse(there, status_code=303)
        return page("login", who, {**self._usual(), "there": there, "name": "", "fault": ""})

    async def sign_in(self, request: Request) -> Response:
        """Let somebody in, or say that name and password do not belong together."""
        who = sending_unknown(request, self._visitors)
        async with filled_in(request, who.words, most=SMALL) as form:
            name, password, there = (text_of(form, n) for n in ("name", "password", "next"))
        try:
            token = await self._people.sign_in(name, password, _address(request))
        except InputError as error:
            many = isinstance(error, TooManyAttempts)
            fault = who.words["login_too_many" if many else "login_refused"]
            values = {
                **self._usual(), "there": own_path(there), "name": name[:100], "fault": fault,
            }  # fmt: skip
            return page("login", who, values, status=429 if many else 403)
        response = RedirectResponse(own_path(there), status_code=303)
        let_in(response, request, token)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the login of this browser."""
        sending(request, self._visitors)
        await self._people.sign_out(token_of(request))
        response = RedirectResponse("/login", status_code=303)
        let_out(response)
        return response

    async def account(self, request: Request) -> Response:
        """Show who is signed in, and what they can change."""
        return await self._account(request, asking(request, self._visitors))

    async def password(self, request: Request) -> Response:
        """Change one's own password; other browsers have to sign in again."""
        who = sending(request, self._visitors)
        account = known(who)
        async with filled_in(request, who.words, most=SMALL) as form:
            old, new = text_of(form, "old"), text_of(form, "new")
        try:
            token = await self._people.change_password(account, old, new, _address(request))
        except InputError as error:
            return await self._account(request, who, fault=str(error))
        response = RedirectResponse("/account?" + urlencode({"changed": "1"}), status_code=303)
        let_in(response, request, token)
        return response

    async def invitation(self, request: Request) -> Response:
        """Show who invites; whoever has no account makes one here."""
        who = asking(request, self._visitors)
        return await self._invited(request, who)

    async def accept(self, request: Request) -> Response:
        """Accept an invitation, with a new account where nobody is signed in."""
        who = sending_unknown(request, self._visitors)
        token = _token(request)
        if who.account is not None:
            await self._people.accept(token, who.account)
            return RedirectResponse("/sharing", status_code=303)
        async with filled_in(request, who.words, most=SMALL) as form:
            name, password = text_of(form, "name"), text_of(form, "password")
        try:
            account = await self._people.join(token, name, password)
        except NotThereError:
            raise
        except InputError as error:
            return await self._invited(request, who, name=name[:100], fault=str(error))
        response = RedirectResponse("/sharing", status_code=303)
        let_in(response, request, await self._people.let_in(account))
        return response

    async def _invited(
        self, request: Request, who: Asking, *, name: str = "", fault: str = ""
    ) -> Response:
        coach = await self._people.inviting(_token(request))
        values = {
            **self._usual(),
            "coach": coach.name,
            "token": _token(request),
            "name": name,
            "fault": fault,
            "shortest": SHORTEST_PASSWORD,
        }
        return page("invitation", who, values, status=400 if fault else 200)

    async def _account(self, request: Request, who: Asking, *, fault: str = "") -> Response:
        connected = self._elsewhere is not None and await self._elsewhere.knows(known(who))
        values = {
            **self._usual(),
            "connected": connected,
            "fault": fault,
            "shortest": SHORTEST_PASSWORD,
            "changed": request.query_params.get("changed") == "1",
        }
        return page("account", who, values, status=400 if fault else 200)

    def _usual(self) -> dict[str, object]:
        service = self._elsewhere.name if self._elsewhere else None
        return {"at": "account", "employer": None, "service": service}


def known(who: Asking) -> Account:
    """Return the account of whoever asks.

    Raises:
        NotThereError: Nobody is signed in.
    """
    if who.account is None:
        raise NotThereError(who.words["sign_in_first"])
    return who.account


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
