"""What every response carries, and which of Gradio's paths are closed."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewer.ui.origin import is_foreign

# Gradio's own code needs inline scripts and eval; everything else comes from this server or not.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' blob:",  # a question as speech, asked for by our own script
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
}
# An open proxy, remote files, run records, monitoring and the API pages are nobody's business.
_CLOSED = re.compile(
    r"^/(?:gradio_api/)?(?:proxy=|file=https?:|monitoring|run-history|runs|api/|info|vibe|dev/)"
    r"|^/(?:docs|redoc|openapi\.json)"
)
_EVENTS = "/gradio_api"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Gradio lets pages of other origins read what it says; ours let nobody.
_SHARED = tuple(f"access-control-allow-{what}" for what in ("origin", "credentials", "headers",
                                                           "methods"))  # fmt: skip


class Guard:
    """ASGI middleware: closes paths, turns away other sites' pages and adds the headers.

    Streams pass through untouched.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that is guarded."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a closed path, or pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in _SHARED:
                    del headers[name]
                for name, value in HEADERS.items():
                    # A page of ours may ask for a narrower policy of its own.
                    headers.setdefault(name, value)
            await send(message)

        if _CLOSED.match(scope["path"]):
            closed = PlainTextResponse("There is nothing here.", status_code=404)
            await closed(scope, receive, with_headers)
            return
        # Pages of ours say so themselves, in the reader's language.
        sent = scope["path"].startswith(_EVENTS) and scope["method"] not in _READING
        if sent and is_foreign(Headers(scope=scope)):
            closed = PlainTextResponse("This comes from another site's page.", status_code=403)
            await closed(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)
