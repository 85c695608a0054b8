"""`forget`: an interview, a candidate, or research somebody took in, deleted with its bytes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import click

from interviewer.cli.opening import open_research, open_store
from interviewer.errors import InputError, UsageError
from interviewer.wiring import Settings, open_kept_keys, open_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interviewer.content.library import Library
    from interviewer.privacy.erasing import Erased, Erasing
    from interviewer.storage import Forgotten, SqlSessionStore

What = Literal["session", "candidate", "research"]
KINDS: tuple[What, ...] = ("session", "candidate", "research")
_NAMED = {"session": "an interview", "candidate": "a candidate", "research": "an employer"}


@click.command()
@click.argument("name", required=False)
@click.option("--older-than", "days", type=click.IntRange(1, 36_500), metavar="DAYS",
              help="Instead of NAME: what nobody has touched for so many days.")  # fmt: skip
@click.option("--what", type=click.Choice(KINDS), help="Which, where NAME is more than one thing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(name: str | None, days: int | None, what: What | None, yes: bool) -> None:
    r"""Delete everything held about a session, a candidate or an employer NAME, and say what.

    With a session go those in which its answers were given again. Of an employer only research
    that was taken in goes, never a shared pack. With a candidate goes the research they took in,
    and kept evaluations that hold copies of their interviews.

    \b
    Examples:
      interviewer forget 3f9c2a71d0
      interviewer forget me --yes
      interviewer forget acme --what research
      interviewer forget --older-than 30
    """
    from interviewer.storage import Whose

    settings = Settings.from_environment()
    if (name is None) == (days is None):
        raise UsageError("Name what is to go, or an age with --older-than.")
    if name is None or days is not None:
        _outdated(settings, days or 0, yes=yes)
        return
    store = open_store(settings)
    chosen = what or _only(name, _kinds(settings, store, name))
    packs = _packs(settings, name, chosen)
    if not yes:
        _confirm(settings, store, name, chosen, packs)
    erasing = _erasing(settings, store)
    if chosen == "research":
        click.echo(_research_gone(settings, *asyncio.run(erasing.employer(packs[0]))))
        return
    work = erasing.person(Whose(name)) if chosen == "candidate" else erasing.interview(name)
    for line in _told(settings, asyncio.run(work)):
        click.echo(line)


def _confirm(
    settings: Settings, store: SqlSessionStore, name: str, chosen: What, packs: tuple[str, ...]
) -> None:
    """Ask, naming what goes beside what was named."""
    from interviewer.privacy.places import Places
    from interviewer.storage import Whose

    if chosen == "research":
        click.confirm(f"Delete the research on {name}?", abort=True, err=True)
        return
    also = f", and the research on {', '.join(packs)}" if packs else ""
    found = asyncio.run(store.traces(Whose(name))).sessions if chosen == "candidate" else (name,)
    copies = Places(settings.home).evaluations(found)
    if copies:
        also += f", and the evaluations {', '.join(folder.name for folder in copies)}"
    click.confirm(f"Delete everything held about {name}{also}?", abort=True, err=True)


def _outdated(settings: Settings, days: int, *, yes: bool) -> None:
    """Forget what nobody has touched for so many days."""
    from interviewer.privacy.sweeping import Sweeping

    store = open_store(settings)
    sweeping = Sweeping(_erasing(settings, store), days)
    if not yes:
        found = asyncio.run(sweeping.due())
        click.confirm(f"Delete {found} nobody has touched for {days} days?", abort=True, err=True)
    for line in _told(settings, asyncio.run(sweeping.sweep())):
        click.echo(line)


def _erasing(settings: Settings, store: SqlSessionStore) -> Erasing:
    from interviewer.privacy.erasing import Erasing

    return Erasing(
        store,
        settings.home,
        settings.own_knowledge,
        # Research can be forgotten while a content file is wrong, its own for one.
        lambda: open_research(settings, _library_or_nothing(settings)),
        open_kept_keys(settings),
    )


def _told(settings: Settings, gone: Erased) -> Iterator[str]:
    """Yield a line on everything that was deleted."""
    if gone.kept is not None:
        yield _deleted(gone.kept)
    for company, count in gone.research:
        yield _research_gone(settings, company, count)
    if gone.evaluations:
        yield f"Deleted kept evaluations that held copies: {', '.join(gone.evaluations)}."
    if gone.keys:
        yield f"Deleted {gone.keys} entries of the keyring."


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


def _research_gone(settings: Settings, company: str, count: int) -> str:
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
