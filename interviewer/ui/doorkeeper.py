"""Who comes in where people sign in: finds the account of a request and minds the doors."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from interviewer.errors import InterviewerError
from interviewer.people.accounts import Account
from interviewer.people.doors import door_of
from interviewer.storage import SqlPeople
from interviewer.storage.logins import LOGIN_DAYS
from interviewer.ui.visitors import account_of, keep_account
from interviewer.ui.words import preferred, words_for

LOGIN_COOKIE = "three_rounds_login"
_LONGEST_TOKEN = 200


class Doorkeeper:
    """ASGI middleware; every request is looked at, so that whoever is shut out is out at once."""

    def __init__(self, app: ASGIApp, people: SqlPeople) -> None:
        """Keep the application and who knows the accounts."""
        self.app = app
        self.people = people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, lead it to the login, or answer that nothing is there."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        refused = await self._refused(scope)
        await (refused or self.app)(scope, receive, send)

    async def _refused(self, scope: Scope) -> Response | None:
        """Return the answer to a request that stops here, None for one that goes on."""
        door = door_of(scope["path"]) if scope["type"] == "http" else None
        if door is None:
            return _nothing_here(HTTPConnection(scope))
        if door.asset:
            return None
        request = HTTPConnection(scope)
        try:
            account = await self._account(request)
        except InterviewerError as error:
            return PlainTextResponse(str(error), status_code=503)
        if account is not None:
            keep_account(scope, account)
        if not door.roles:
            return None
        if account is None:
            return _to_the_login(Request(scope))
        return None if account.role in door.roles else _nothing_here(request)

    async def _account(self, request: HTTPConnection) -> Account | None:
        token = request.cookies.get(LOGIN_COOKIE, "")
        if not 0 < len(token) <= _LONGEST_TOKEN:
            return None
        return await self.people.signed_in(token)


def let_in(response: Response, request: Request, token: str) -> None:
    """Give a browser the token of its login; what another person typed in it is taken away.

    Lax, not strict: a link in a mail, such as an invitation, is followed by whoever is signed in.
    Forms are told from other sites' by where they say they come from.
    """
    response.set_cookie(
        LOGIN_COOKIE,
        token,
        max_age=LOGIN_DAYS * 24 * 3600,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    _forget_drafts(response)


def let_out(response: Response) -> None:
    """Take the token away from a browser, and what was typed in it."""
    response.delete_cookie(LOGIN_COOKIE, path="/", httponly=True, samesite="lax")
    _forget_drafts(response)


def token_of(request: Request) -> str:
    """Return the token a browser has, empty for none."""
    return request.cookies.get(LOGIN_COOKIE, "")


def own_path(address: str) -> str:
    """Return an address of this app to go on to, the start page for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    elsewhere = parts.scheme or parts.netloc or not address.startswith("/")
    odd = any(sign in address for sign in "\\\r\n\t") or address.startswith("//")
    return "/" if elsewhere or odd else address


def _forget_drafts(response: Response) -> None:
    response.headers["Clear-Site-Data"] = '"storage"'


def _nothing_here(request: HTTPConnection) -> Response:
    """Say so: in a page to whoever opens one, else in a line."""
    language = preferred(request.headers.get("accept-language", ""))
    words = words_for(language)
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(words["nothing_here"], status_code=404)
    # Pages know the doorkeeper: those of coming in and going out give it their cookies.
    from interviewer.ui.pages.asking import Asking
    from interviewer.ui.pages.drawing import refusal

    account = account_of(request)
    who = Asking(account.key if account else "", language, words, account)
    return refusal(who, words["nothing_here"], status=404)


def _to_the_login(request: Request) -> Response:
    """Lead whoever opens a page to the login, and tell everything else that nobody asks."""
    if request.method != "GET" or "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("Sign in first.", status_code=401)
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(there, safe='')}", status_code=303)
