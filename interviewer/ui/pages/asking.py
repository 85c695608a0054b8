"""Who asks for a page, in which language, and what was filled in, within bounds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from interviewer.errors import InputError
from interviewer.people.accounts import Account
from interviewer.ui.origin import is_foreign
from interviewer.ui.visitors import Visitors, account_of
from interviewer.ui.words import Words, preferred, words_for

MOST_FILES = 100
MOST_BYTES = 80_000_000
"""Of everything a form brings at once."""
_LONGEST_FIELD = 2_500_000
SMALL = 20_000
"""Bytes of a form with a few short fields and no file, such as a login."""
MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Asking:
    """One request for a page.

    Attributes:
        visitor: Key of the account or digest of the browser, empty for nobody and at a browser's
            first page.
        language: Of the screen.
        words: The screen's words.
        account: Who is signed in, None where nobody is.
    """

    visitor: str
    language: str
    words: Words
    account: Account | None = None


def asking(request: Request, visitors: Visitors) -> Asking:
    """Return who asks for a page."""
    language = preferred(request.headers.get("accept-language", ""))
    return Asking(visitors.of(request) or "", language, words_for(language), account_of(request))


def sending(request: Request, visitors: Visitors) -> Asking:
    """Return who sends a form.

    Raises:
        InputError: It comes from another site's page, or from a browser without our cookie.
    """
    who = asking(request, visitors)
    if is_foreign(request.headers) or not who.visitor:
        raise InputError(who.words["form_foreign"])
    return who


def sending_unknown(request: Request, visitors: Visitors) -> Asking:
    """Return who sends a form that somebody may send who is not known yet.

    Raises:
        InputError: It comes from another site's page.
    """
    who = asking(request, visitors)
    if is_foreign(request.headers):
        raise InputError(who.words["form_foreign"])
    return who


def session_of(request: Request) -> str:
    """Return the interview that an address names."""
    return str(request.path_params["session"])


@asynccontextmanager
async def filled_in(
    request: Request, words: Words, *, fields: int = MOST_FIELDS, most: int = MOST_BYTES
) -> AsyncIterator[FormData]:
    """Read a form; its files lie in memory or in unnamed files, and are gone afterwards.

    Args:
        request: What brings it.
        words: The screen's.
        fields: How many fields it may have.
        most: How many bytes; a small one may bring no files.

    Raises:
        InputError: It is too large, has too many files, or is none.
    """
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > most:
        raise InputError(words["form_too_large"].format(megabytes=max(1, most // 1_000_000)))
    files = 0 if most <= SMALL else MOST_FILES
    try:
        form = await request.form(
            max_files=files, max_fields=fields, max_part_size=min(most, _LONGEST_FIELD)
        )
    except HTTPException:
        raise InputError(words["form_unreadable"].format(files=MOST_FILES)) from None
    try:
        yield form
    finally:
        await form.close()


def text_of(form: FormData, name: str) -> str:
    """Return what a field says, empty where it is not there or a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def files_of(form: FormData, name: str) -> list[UploadFile]:
    """Return the files of a field; a field nobody filled in brings one without a name."""
    return [
        value for value in form.getlist(name) if isinstance(value, UploadFile) and value.filename
    ]
