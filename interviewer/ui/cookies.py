"""Gives a visitor's cookie to a browser that opens the page without one."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewer.ui.visitors import COOKIE, YEAR, Visitors

_PAGES = re.compile(r"^/(?:$|(?:research|prepare|deflect|models|progress|evaluate|studio)(?:/|$))")


class CookieGiver:
    """ASGI middleware that sets the cookie with the page itself, so that every event has it."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        """Keep the application and who signs."""
        self.app = app
        self.visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the cookie to the answer for the page when the request brought none of ours."""
        page = scope["type"] == "http" and _PAGES.match(scope["path"])
        if not page or self.visitors.digest(Request(scope).cookies) is not None:
            await self.app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", self._cookie(scope["scheme"]))
            await send(message)

        await self.app(scope, receive, with_cookie)

    def _cookie(self, scheme: str) -> str:
        secure = "; Secure" if scheme == "https" else ""
        value = self.visitors.new()
        return f"{COOKIE}={value}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Strict{secure}"
