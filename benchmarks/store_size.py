"""What pages ask of a large store: milliseconds at the server, and how many questions it takes.

`python -m benchmarks.store_size` fills a SQLite file and a PostgreSQL server with 200 candidates,
2,000 interviews and 60,000 turns, asks what the pages ask, and asks the same of a store of a tenth
and for a candidate with four times as many interviews: the number of questions to the database
must be the same in all of them.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine, event

from benchmarks.coached_store import Coached, show_all
from benchmarks.filled_store import BUSY, Filled, filled, held_interviews
from benchmarks.own_postgres import own_postgres
from interviewer.content.library import Library
from interviewer.interview.session import stage_of
from interviewer.people.accounts import Account
from interviewer.storage import SqlPeople, SqlSessionStore
from interviewer.transcript import Transcript, Turn
from interviewer.ui.history import History
from interviewer.wiring import Settings, open_library

CANDIDATES = 200
AIM = 400.0
_TIMES = 5
# Every interview is assessed at the first look and then remembered: once is enough to see it.
_ONCE = "progress, first look"
_OVER_TIME = "one candidate over time, drawn for a coach"
Work = Callable[[Filled, Account, Library], Awaitable[object]]
Pages = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Asked:
    """What one page asked.

    Attributes:
        milliseconds: The quickest of some times, as others may use the machine too.
        questions: Statements sent to the database.
    """

    milliseconds: float
    questions: int


def _store(held: Filled) -> SqlSessionStore:
    return SqlSessionStore(held.engine)


def _last(who: Account) -> str:
    """Return the id of a candidate's last finished interview."""
    return f"s{who.name.split()[1]}-8"


def _left(who: Account) -> str:
    """Return the id of an interview of a candidate that is under way."""
    return f"s{who.name.split()[1]}-1"


async def _home(held: Filled, who: Account, library: Library) -> object:
    return await _store(held).sessions(visitor=who.key)


async def _everybody(held: Filled, who: Account, library: Library) -> object:
    return await _store(held).sessions()


async def _room(held: Filled, who: Account, library: Library) -> object:
    store = _store(held)
    await store.visitor_of(_last(who))
    await store.annotations(_last(who))
    return stage_of(await store.load(_last(who)))


async def _answer(held: Filled, who: Account, library: Library) -> object:
    store, left = _store(held), _left(who)
    seq = (await store.load(left)).next_seq
    return await store.append(left, Turn(seq=seq, role="user", content="An answer. " * 60))


async def _afterwards(held: Filled, who: Account, library: Library) -> object:
    store = _store(held)
    transcript = await store.load(_last(who))
    history = History(store, lambda: library)
    earlier: Transcript | None = await history.last_before(who.key, transcript)
    assert earlier is not None
    return await store.afterwards(transcript)


async def _progress(held: Filled, who: Account, library: Library) -> object:
    return await History(_store(held), lambda: library).overview(who.key)


async def _all_held(held: Filled, who: Account, library: Library) -> object:
    return await _store(held).everything(who.name)


async def _candidates(held: Filled, who: Account, library: Library) -> object:
    return await SqlPeople(held.engine).candidates_of(held.coach)


async def _shown(held: Filled, who: Account, library: Library) -> object:
    return await SqlPeople(held.engine).shown_to(held.coach, who)


PAGES: dict[str, Work] = {
    "one's own interviews": _home,
    "everybody's interviews": _everybody,
    "an interview": _room,
    "an answer kept": _answer,
    "a report beside last time": _afterwards,
    _ONCE: _progress,
    "all that is held about a person": _all_held,
    "a coach's candidates": _candidates,
    "a candidate's shared interviews": _shown,
}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that are sent to a database in the block."""
    sent: list[str] = []

    def note(*told: object) -> None:
        if not str(told[2]).startswith("BEGIN"):
            sent.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def asked(held: Filled, who: Account, library: Library, coached: Coached) -> dict[str, Asked]:
    """Ask what every page asks for one candidate, and a coach's pages as they are drawn."""
    pages = {
        "a cohort of all who took an assignment, drawn": lambda *_: coached.assigned(),
        "a cohort of all interviews for a post, drawn": lambda *_: coached.post(),
        _OVER_TIME: lambda _, who, __: coached.over_time(who),
        "a coach's agreement, drawn": lambda *_: coached.agreement(),
        "an interview under way, drawn": lambda _, who, __: coached.watched(_left(who)),
        "what is new of it, where nothing is": lambda _, who, __: coached.live(_left(who)),
        "who looks on, for its candidate": lambda _, who, __: coached.beside(_left(who), who),
        "an interview played back, drawn": lambda _, who, __: coached.replayed(_last(who)),
    }
    return {
        name: _timed(work, held, who, library, times=1 if name == _ONCE else _TIMES)
        for name, work in (pages | PAGES).items()
    }


def _timed(work: Work, held: Filled, who: Account, library: Library, *, times: int) -> Asked:
    seconds = []
    with counted(held.engine) as sent:
        for _ in range(times):
            # Counted at the last time: the first look at what has changed makes it anew.
            sent.clear()
            begun = time.perf_counter()
            asyncio.run(_awaited(work, held, who, library))
            seconds.append(time.perf_counter() - begun)
    return Asked(1000 * min(seconds), len(sent))


async def _awaited(work: Work, held: Filled, who: Account, library: Library) -> object:
    return await work(held, who, library)


@contextmanager
def _databases() -> Iterator[dict[str, Callable[[], str | Path]]]:
    with tempfile.TemporaryDirectory() as folder, own_postgres() as server:
        names = iter(range(10))
        yield {
            "SQLite": lambda: Path(folder) / f"{next(names)}.db",
            "PostgreSQL": lambda: server.url(server.new_database()),
        }


def measured(where: Callable[[], str | Path], candidates: int) -> tuple[Filled, Pages]:
    """Fill two databases and ask both; return the large one and the figures by page."""
    library = open_library(Settings.from_environment())
    interviews = held_interviews(library)
    with filled(where(), interviews, candidates=max(2, candidates // 10)) as small:
        few = asked(small, small.usual, library, show_all(small, interviews, library))
    with filled(where(), interviews, candidates=candidates) as large:
        coached = show_all(large, interviews, library)
        usual, busy = (asked(large, who, library, coached) for who in (large.usual, large.busy))
    pages = {
        name: {
            "ms": round(seen.milliseconds, 1),
            "busy_ms": round(busy[name].milliseconds, 1),
            "questions": seen.questions,
            "grows": len({few[name].questions, seen.questions, busy[name].questions}) > 1,
        }
        for name, seen in usual.items()
    }
    return large, pages


@click.command()
@click.option("--candidates", default=CANDIDATES, show_default=True, help="How many there are.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def main(candidates: int, as_json: bool) -> None:
    """Ask a large store what the pages ask; 1 where a number of questions grows with rows."""
    told: dict[str, object] = {}
    grown = False
    with _databases() as databases:
        for name, where in databases.items():
            large, pages = measured(where, candidates)
            told[name] = {"sessions": large.sessions, "turns": large.turns, "pages": pages}
            grown = grown or any(page["grows"] for page in pages.values())
            if not as_json:
                _print(name, large, pages)
    if as_json:
        click.echo(json.dumps(told, indent=2))
    sys.exit(1 if grown else 0)


def _print(name: str, large: Filled, pages: Pages) -> None:
    click.echo(f"{name}: {large.sessions:,} interviews, {large.turns:,} turns")
    for page, seen in pages.items():
        grows = " GROWS WITH ROWS" if seen["grows"] else ""
        late = "" if seen["busy_ms"] < AIM else f" (aim {AIM:g} ms)"
        click.echo(
            f"  {page}: {seen['ms']} ms, with {BUSY} interviews of one's own {seen['busy_ms']} ms"
            f"{late}; {seen['questions']} questions{grows}"
        )


if __name__ == "__main__":
    main()
