"""`doctor`: which parts are in use, and whether each answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from interviewer.cli.opening import open_store
from interviewer.cli.output import print_json
from interviewer.cli.surroundings import around
from interviewer.errors import InterviewerError
from interviewer.wiring import (
    Settings,
    open_library,
    open_reordering,
    open_speakers,
    prepare_home,
)

if TYPE_CHECKING:
    from interviewer.models.speakers import Speakers
    from interviewer.models.trial import Trial
    from interviewer.storage import SqlSessionStore


@dataclass(frozen=True)
class Finding:
    """What was found of one part."""

    part: str
    uses: str
    answers: bool
    says: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def doctor(as_json: bool) -> None:
    r"""Say which model, embeddings, store and data folder are in use, and whether each answers.

    Faults around them are looked for too (names of settings, rights, room on the disk, accounts,
    the clock), and each names its mend.

    \b
    Example:
      interviewer doctor --json
    """
    settings = Settings.from_environment()
    findings = [
        _model(settings),
        _tried("content", str(settings.personas), lambda: _content(settings)),
        _tried("data folder", str(settings.home), lambda: _home(settings)),
        _tried("store", _database(settings), lambda: _store(settings)),
        _tried("embeddings", "embedded", lambda: _embeddings(settings)),
        _web_pages(settings),
        *(Finding(*looked) for looked in around(settings, _opened(settings))),
    ]
    if settings.chroma_url:
        findings.append(_tried("chroma", settings.chroma_url, lambda: _chroma(settings)))
    if settings.reranker:
        # An address may hold a key behind its question mark.
        shown = settings.reranker.partition("?")[0]
        findings.append(_tried("reranker", shown, lambda: _reranker(settings)))
    if as_json:
        print_json(
            [{"part": f.part, "uses": f.uses, "answers": f.answers, "says": f.says}
             for f in findings]
        )  # fmt: skip
    else:
        for finding in findings:
            mark = "ok " if finding.answers else "NOT"
            click.echo(f"{mark} {finding.part}: {finding.uses}. {finding.says}")
    if not all(finding.answers for finding in findings):
        click.get_current_context().exit(1)


def _opened(settings: Settings) -> SqlSessionStore | None:
    try:
        return open_store(settings)
    except InterviewerError:
        return None


def _chroma(settings: Settings) -> str:
    from interviewer.research.shelf import ServerShelf

    shelf = ServerShelf(settings.chroma_url or "")
    try:
        shelf.companies()
    finally:
        shelf.close()
    return (
        "It answers. Use the server of `chroma run` on a private address only: Chroma's Python "
        "server runs what strangers send it (CVE-2026-45829)."
    )


def _reranker(settings: Settings) -> str:
    ordering = open_reordering(settings)
    if ordering is None:
        return "Nothing is named."
    try:
        ordering.tried("How big is the team?", ["The team has nine people.", "Tea is served."])
    finally:
        ordering.close()
    place = settings.reranker_goes_to
    goes = f"Questions and found passages are sent to {place}." if place else ""
    return f"It answers. {goes or 'No text leaves this machine.'}"


def _tried(part: str, uses: str, attempt: Callable[[], str]) -> Finding:
    try:
        return Finding(part, uses, answers=True, says=attempt())
    except InterviewerError as error:
        return Finding(part, uses, answers=False, says=str(error))


def _model(settings: Settings) -> Finding:
    if settings.speaker == "builtin":
        said = "It needs no key and no network; no text leaves this machine."
        return Finding("model", "builtin", answers=True, says=said)
    try:
        speakers = open_speakers(settings, open_library(settings))
        trial = asyncio.run(_trial(speakers, settings.speaker))
    except InterviewerError as error:
        return Finding("model", settings.speaker, answers=False, says=str(error))
    return Finding("model", settings.speaker, answers=trial.answers, says=trial.says)


async def _trial(speakers: Speakers, model: str) -> Trial:
    """Make a real call and give back what it took."""
    from interviewer.models.trial import try_model

    try:
        return await try_model(speakers.source(model))
    finally:
        await speakers.close()


def _web_pages(settings: Settings) -> Finding:
    """Say who may have web pages fetched; nothing is asked of the network for that."""
    says = {
        None: "In the terminal and in a browser app that only this machine reaches; "
        "INTERVIEWER_FETCH=on allows it to all who reach the app, off to nobody.",
        True: "INTERVIEWER_FETCH is on: for all who reach the app.",
        False: "INTERVIEWER_FETCH is off.",
    }[settings.fetches]
    uses = "fetched" if settings.may_fetch(alone=True) else "not fetched"
    return Finding("web pages", uses, answers=True, says=says)


def _content(settings: Settings) -> str:
    library = open_library(settings)
    return f"{len(library.personas)} personas, {len(library.packs)} employers."


def _home(settings: Settings) -> str:
    prepare_home(settings)
    return "It can be written."


def _database(settings: Settings) -> str:
    # A URL may hold a password; only its kind is shown.
    url = settings.database_url
    return url.split(":", 1)[0] if url else str(settings.home / "interviews.sqlite3")


def _store(settings: Settings) -> str:
    store = open_store(settings)
    kept = asyncio.run(store.sessions())
    return f"{len(kept)} interviews kept."


def _embeddings(settings: Settings) -> str:
    from interviewer.research import open_embedder

    embedder = open_embedder()
    length = len(embedder.question("How big is the team?"))
    return f"{embedder.name} answers with {length} numbers; its file's hash is the known one."
