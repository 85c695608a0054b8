"""`forget`: an interview, a candidate, or research somebody took in, deleted with its bytes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import click

from interviewer.cli.opening import open_research, open_store
from interviewer.errors import InputError, UsageError
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from pathlib import Path

    from interviewer.content.library import Library
    from interviewer.storage import Forgotten, SqlSessionStore

What = Literal["session", "candidate", "research"]
KINDS: tuple[What, ...] = ("session", "candidate", "research")
_NAMED = {"session": "an interview", "candidate": "a candidate", "research": "an employer"}


@click.command()
@click.argument("name")
@click.option("--what", type=click.Choice(KINDS), help="Which, where NAME is more than one thing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(name: str, what: What | None, yes: bool) -> None:
    r"""Delete everything held about a session, a candidate or an employer NAME, and say what.

    With a session go those in which its answers were given again. Of an employer only research
    that was taken in goes, never a shared pack. With a candidate goes the research they took in.

    \b
    Examples:
      interviewer forget 3f9c2a71d0
      interviewer forget me --yes
      interviewer forget acme --what research
    """
    settings = Settings.from_environment()
    store = open_store(settings)
    chosen = what or _only(name, _kinds(settings, store, name))
    packs = _packs(settings, name, chosen)
    if not yes:
        also = (
            f", and the research on {', '.join(packs)}" if chosen == "candidate" and packs else ""
        )
        asked = (
            f"the research on {name}" if chosen == "research" else f"everything held about {name}"
        )
        click.confirm(f"Delete {asked}{also}?", abort=True, err=True)
    copies = _copies(settings, store, name, chosen)
    # Somebody who only took in research is not in the database.
    if chosen != "research" and (not packs or chosen in asyncio.run(store.kept_under(name))):
        click.echo(_deleted(asyncio.run(store.forget(name, what=chosen))))
    for company in packs:
        click.echo(_forget_research(settings, company))
    for folder in copies:
        click.echo(f"A copy stays in the evaluation {folder}; delete that folder too.")


def _copies(
    settings: Settings, store: SqlSessionStore, name: str, chosen: What
) -> tuple[Path, ...]:
    """Return the evaluations of `evaluate --keep` that hold an interview about to go."""
    from interviewer.evaluation.kept.shelf import FOLDER, Shelf

    shelf = Shelf(settings.home / FOLDER)
    if chosen == "research" or not shelf.folder.is_dir():
        return ()
    ids = {name}
    if chosen == "candidate" and "candidate" in asyncio.run(store.kept_under(name)):
        ids |= {transcript.id for transcript in asyncio.run(store.everything(name))}
    return shelf.holding(ids)


def _kinds(settings: Settings, store: SqlSessionStore, name: str) -> tuple[What, ...]:
    """Return what a name stands for."""
    from interviewer.research.ingest import is_own_pack
    from interviewer.research.ownership import packs_of

    kinds: list[What] = list(asyncio.run(store.kept_under(name)))
    if "candidate" not in kinds and packs_of(settings.own_knowledge, name):
        kinds.append("candidate")
    if is_own_pack(settings.own_knowledge / name):
        kinds.append("research")
    if not kinds and is_own_pack(settings.knowledge / name):
        raise InputError(_shared(name))
    return tuple(kinds)


def _only(name: str, kinds: tuple[What, ...]) -> What:
    """Return the one thing a name stands for.

    Raises:
        InputError: It stands for nothing.
        UsageError: It stands for several.
    """
    if not kinds:
        raise InputError(
            f"Nothing is kept under {name!r}. Give an interview's id, a candidate's name or an "
            "employer's id exactly as the lists show it."
        )
    if len(kinds) > 1:
        meanings = " and ".join(_NAMED[kind] for kind in kinds)
        choices = " or ".join(f"--what {kind}" for kind in kinds)
        raise UsageError(f"{name!r} names {meanings}. Nothing was deleted; say {choices}.")
    return kinds[0]


def _packs(settings: Settings, name: str, what: What) -> tuple[str, ...]:
    """Return the employers whose research goes.

    Raises:
        InputError: Research was named, and there is none that was taken in.
    """
    from interviewer.research.ingest import is_own_pack
    from interviewer.research.ownership import packs_of

    if what == "candidate":
        return packs_of(settings.own_knowledge, name)
    if what == "session":
        return ()
    if is_own_pack(settings.own_knowledge / name):
        return (name,)
    if is_own_pack(settings.knowledge / name):
        raise InputError(_shared(name))
    raise InputError(f"There is no research on {name!r}; `interviewer companies` lists them.")


def _shared(name: str) -> str:
    return (
        f"The research on {name} is shared: it comes with the installation and is not one "
        "candidate's to delete. Nothing was deleted."
    )


def _forget_research(settings: Settings, company: str) -> str:
    from interviewer.research.ownership import document_count

    own: Path = settings.own_knowledge / company
    count = document_count(own)
    # Research can be forgotten while a content file is wrong, its own for one.
    open_research(settings, _library_or_nothing(settings)).forget(company)
    text = f"Deleted the research on {company}: {count} documents, their folder and the index."
    if (settings.knowledge / company).is_dir():
        return f"{text} What is shared on {company} stays."
    return text


def _library_or_nothing(settings: Settings) -> Library:
    from interviewer.content.library import Library
    from interviewer.errors import ContentError

    try:
        return open_library(settings)
    except ContentError:
        return Library()


def _deleted(gone: Forgotten) -> str:
    told = f", {gone.self_assessments} self-assessments" if gone.self_assessments else ""
    told += f", {gone.annotations} notes on interviews" if gone.annotations else ""
    told += f", {gone.remarks} remarks of coaches" if gone.remarks else ""
    told += f", {gone.accounts} accounts" if gone.accounts else ""
    told += f", {gone.assignments} assignments" if gone.assignments else ""
    told += f", {gone.copies} versions of edited copies" if gone.copies else ""
    text = (
        f"Deleted about {gone.name}: {gone.sessions} sessions, {gone.turns} turns, "
        f"{gone.passages} passages, {gone.drafts} drafts, {gone.people} people{told}."
    )
    if gone.erased:
        return text
    return (
        f"{text} The bytes in the database's files are overwritten when nobody else reads it, "
        "by a PostgreSQL server in its own time."
    )
