"""A handler of a page, with whatever goes wrong in it told in one sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from logging import getLogger

from starlette.requests import Request
from starlette.responses import Response

from interviewer.errors import InterviewerError, NotThereError, SetupError
from interviewer.storage import TooManyAttempts
from interviewer.ui.pages.asking import asking
from interviewer.ui.pages.drawing import refusal
from interviewer.ui.visitors import Visitors

log = getLogger(__name__)
Page = Callable[[Request], Awaitable[Response]]
_STATUSES: dict[type[InterviewerError], int] = {
    SetupError: 503,
    NotThereError: 404,
    TooManyAttempts: 429,
}


def told_in_a_page(handler: Page, visitors: Visitors) -> Page:
    """Return a handler whose faults become a page with one sentence."""

    @wraps(handler)
    async def told(request: Request) -> Response:
        try:
            return await handler(request)
        except InterviewerError as error:
            who = asking(request, visitors)
            return refusal(who, str(error), status=_status(error, request))
        except Exception:
            log.exception("A page could not be drawn.")
            who = asking(request, visitors)
            return refusal(who, who.words["page_trouble"], status=500)

    return told


def _status(error: InterviewerError, request: Request) -> int:
    for kind, status in _STATUSES.items():
        if isinstance(error, kind):
            return status
    return 404 if request.method == "GET" else 400
