"""A database as a careers office has it after some years: many candidates, many interviews."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Engine, func, insert, select

from interviewer.content.library import Library
from interviewer.interview.annotations import DRILL, Annotation
from interviewer.interview.planning import build_plan
from interviewer.interview.session import new_transcript, stage_of
from interviewer.interview.wishing import make_wish
from interviewer.people.accounts import Account
from interviewer.research.inventory import passages_of
from interviewer.storage import open_engine
from interviewer.storage.accounts import add_account
from interviewer.storage.annotations import add_annotation
from interviewer.storage.keeping import create
from interviewer.storage.people_tables import coachings, shares
from interviewer.storage.tables import sessions, turns
from interviewer.storage.transactions import writing
from interviewer.transcript import Transcript
from interviewer.wiring import Settings, open_rehearsals, open_voice, research_folders
from tests.conftest import MemoryStore, ScriptedRetriever

EACH, BUSY = 10, 40
_FIRST_DAY = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
_NOW = "2026-11-27T09:00:00Z"
# Turns of an interview that was left in the middle: with whole ones, thirty on average.
_LEFT_AFTER = 14


@dataclass(frozen=True)
class Filled:
    """What a database was filled with.

    Attributes:
        engine: The database.
        coach: Who coaches all of them.
        usual: A candidate with as many interviews as most.
        busy: A candidate with four times as many.
        sessions: Interviews in all.
        turns: Turns in all.
    """

    engine: Engine
    coach: Account
    usual: Account
    busy: Account
    sessions: int
    turns: int


def held_interviews(library: Library) -> tuple[Transcript, ...]:
    """Hold a short interview for each of two posts, to be copied."""
    return tuple(asyncio.run(_held(library, company)) for company in ("brightwell", "chengyuan"))


async def _held(library: Library, company: str) -> Transcript:
    folders = research_folders(library)
    wish = make_wish(
        library, company=company, role="data-engineer", seed=3, today=_FIRST_DAY.date(),
        passages=lambda name: passages_of(name, folders[name]), length="short",
    )  # fmt: skip
    store = MemoryStore()
    rehearsals = open_rehearsals(store, ScriptedRetriever(), open_voice(library), library)  # type: ignore[arg-type]  # in memory
    await store.create(new_transcript("held", build_plan(library, wish), model="builtin"))
    path = Settings.from_environment().knowledge / company / "try" / "answers.txt"
    answers = iter(path.read_text(encoding="utf-8").splitlines())
    while (stage := stage_of(await store.load("held"))).waiting != "nobody":
        if stage.waiting == "candidate":
            await rehearsals.answer("held", next(answers, ""))
        async for _ in rehearsals.speak("held"):
            pass
    return await store.load("held")


@contextmanager
def filled(
    where: str | Path, held: tuple[Transcript, ...], *, candidates: int
) -> Iterator[Filled]:
    """Fill a new database: a coach, candidates with ten interviews each, one with forty.

    Half of the interviews are finished, half were left; every third is shown to the coach, some
    have a note. Everything is as the app would keep it, only faster.
    """
    engine = open_engine(where)
    try:
        with writing(engine) as connection:
            coach = add_account(connection, name="Coach", role="coach", password="none", now=_NOW)
        people = [_fill_one(engine, held, coach, n) for n in range(candidates)]
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as bare:
                bare.exec_driver_sql("ANALYZE")
        with engine.begin() as connection:
            counts = [
                connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (sessions, turns)
            ]
        yield Filled(engine, coach, people[1], people[0], *counts)
    finally:
        engine.dispose()


def _fill_one(
    engine: Engine, held: tuple[Transcript, ...], coach: Account, number: int
) -> Account:
    """Keep one candidate with their interviews, in one transaction."""
    with writing(engine) as connection:
        who = add_account(
            connection, name=f"Candidate {number}", role="candidate", password="none", now=_NOW
        )
        connection.execute(insert(coachings).values(coach=coach.id, candidate=who.id, since=_NOW))
        for take in range(EACH if number else BUSY):
            key = f"s{number}-{take}"
            made = copied(held, number, take)
            create(connection, made, owner=who.name, visitor=who.key, now=_NOW)
            if take % 3 == 0:
                connection.execute(
                    insert(shares).values(session=key, coach=coach.id, shown="transcript")
                )
            if take % 4 == 0:
                add_annotation(connection, key, Annotation(DRILL, "hr/integrity"), now=_NOW)
    return who


def copied(interviews: tuple[Transcript, ...], number: int, take: int) -> Transcript:
    """Return a candidate's interview of this number: every second one was left."""
    held = interviews[take // 2 % len(interviews)]
    begun = _FIRST_DAY + datetime.timedelta(days=7 * take, minutes=number)
    about = replace(held.interview, created=begun.strftime("%Y-%m-%dT%H:%M:%SZ"))
    said = held.turns if take % 2 == 0 else held.turns[:_LEFT_AFTER]
    return replace(
        held, id=f"s{number}-{take}", interview=about, turns=said, extra=MappingProxyType({})
    )
