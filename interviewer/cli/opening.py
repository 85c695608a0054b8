"""Opens what a command uses and closes it when the command ends, however it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer import wiring
from interviewer.errors import InputError

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.research import ResearchStore
    from interviewer.research.fetching import Fetcher
    from interviewer.storage import SqlSessionStore
    from interviewer.wiring import Settings


def open_store(settings: Settings) -> SqlSessionStore:
    """Open the database until the command ends."""
    store = wiring.open_store(settings)
    click.get_current_context().call_on_close(store.close)
    return store


def open_research(
    settings: Settings, library: Library, progress: Callable[[str, int, int], None] | None = None
) -> ResearchStore:
    """Open the research until the command ends."""
    research = wiring.open_research(settings, library, progress)
    click.get_current_context().call_on_close(research.close)
    return research


def asked_format(library: Library, given: str) -> tuple[Library, str]:
    """Return the library and the format's name in it, whose file may have been given instead.

    Raises:
        ContentError: The file is no format that the personas can hold.
    """
    name, _, persona = given.partition(":")
    if not name.endswith(".toml"):
        return library, given
    library, found = library.with_format(Path(name))
    return library, f"{found}:{persona}" if persona else found


def open_fetcher(settings: Settings) -> Fetcher:
    """Return what fetches web pages.

    Raises:
        InputError: The settings say that none are fetched.
    """
    if not settings.may_fetch(alone=True):
        raise InputError(
            "Web pages are not fetched here, INTERVIEWER_FETCH is off. "
            "Save the page and give the file."
        )
    return wiring.open_fetcher()


def read_advert(settings: Settings, given: str | None) -> str | None:
    """Return the text of a job advert by its file or address, None without one.

    Raises:
        InputError: It cannot be had, or is no text.
    """
    from interviewer.interview.papers import paper_text, read_paper
    from interviewer.research.sources import is_address

    if not given:
        return None
    if not is_address(given):
        return read_paper(Path(given), "job advert")
    page = open_fetcher(settings).fetch(given)
    return paper_text(page.data, page.name, "job advert")
