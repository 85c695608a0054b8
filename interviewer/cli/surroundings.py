"""Faults around the parts, for `doctor`: settings, rights, room, the clock, what is missing."""

from __future__ import annotations

import asyncio
import difflib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from interviewer.errors import InterviewerError, SetupError
from interviewer.wiring import Settings, open_people
from interviewer.wiring.settings import VARIABLES, set_variables

if TYPE_CHECKING:
    from interviewer.storage import SqlSessionStore

# With less an answer may not find room.
LEAST_FREE = 50_000_000
_OTHERS = 0o077
_AHEAD = timedelta(minutes=10)

Looked = tuple[str, str, bool, str]
"""The part, what it uses, whether it is sound, and what is said of it."""


def around(settings: Settings, store: SqlSessionStore | None) -> Iterator[Looked]:
    """Yield what was found around the parts; each fault names its mend.

    Args:
        settings: Those in force.
        store: The database, None where it cannot be opened.
    """
    yield _names()
    yield from _folder(settings)
    kept = f"{settings.keep_days} days" if settings.keep_days else "until forgotten"
    yield "retention", kept, True, "INTERVIEWER_KEEP_DAYS sets how long what nobody touches stays."
    if settings.redacts:
        yield _redaction()
    if store is not None:
        yield from _kept(settings, store)


def _names() -> Looked:
    """Look for variables nobody reads: a setting with a slip in its name does nothing."""
    unknown = sorted(set_variables() - VARIABLES)
    if not unknown:
        return "settings", "environment", True, "Every INTERVIEWER_ variable is a known one."
    said = []
    for name in unknown:
        near = difflib.get_close_matches(name, VARIABLES, n=1)
        said.append(f"{name} is no setting" + (f"; is {near[0]} meant?" if near else "."))
    return "settings", "environment", False, " ".join(said)


def _folder(settings: Settings) -> Iterator[Looked]:
    home = settings.home
    try:
        free, mode = shutil.disk_usage(home).free, home.stat().st_mode
    except OSError:
        return  # the data folder itself is looked at elsewhere
    room = f"{free // 1_000_000:,} MB free"
    if free < LEAST_FREE:
        said = f"That is too little to keep answers. Make room, or move {home}."
        yield "disk", room, False, said
    else:
        yield "disk", room, True, "There is room."
    if mode & _OTHERS:
        yield "rights", f"{mode & 0o777:o}", False, (
            f"Others on this machine can look into {home}. Run: chmod 700 {home}"
        )  # fmt: skip


def _redaction() -> Looked:
    from interviewer.models.identifiers import check_installed

    try:
        check_installed()
    except SetupError as error:
        return "redaction", "on", False, str(error)
    return "redaction", "on", True, "Identifiers are taken out of what a model elsewhere is sent."


def _kept(settings: Settings, store: SqlSessionStore) -> Iterator[Looked]:
    try:
        newest = max((s.created for s in asyncio.run(store.sessions())), default="")
        accounts = asyncio.run(open_people(store).accounts()) if settings.auth else ()
    except InterviewerError:
        return  # the store itself is looked at elsewhere
    if settings.auth:
        able = [account for account in accounts if not account.disabled]
        said = "Nobody can sign in. Make an account: interviewer user add NAME --role coach"
        yield "accounts", f"{len(able)}", bool(able), "People sign in." if able else said
    if newest > (datetime.now(UTC) + _AHEAD).strftime("%Y-%m-%dT%H:%M:%SZ"):
        yield "clock", newest, False, (
            "An interview is newer than this machine's clock. Set the clock; interviews are in "
            "order by number, not by time, so none is lost."
        )  # fmt: skip
