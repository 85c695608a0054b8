"""Kill -9 at every commit of a turn, on SQLite and PostgreSQL: what is lost, doubled, different.

`python -m benchmarks.killing` lets one process after another carry an interview on and kills each
at a named point of a turn. After every death the database is looked at: every turn that was
acknowledged is there once, and the next move is that of the same interview undisturbed. The killed
processes are forked from this one, so that a thousand deaths do not take a thousand starts.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, cycle, pairwise
from pathlib import Path
from types import MappingProxyType

import click

from benchmarks.dying import ANY_MOMENT, CREATING, TURN, Doom, Life
from benchmarks.own_postgres import own_postgres
from interviewer.content.library import Library
from interviewer.interview.director import next_move
from interviewer.interview.planning import build_plan
from interviewer.interview.session import Rehearsals, new_transcript, plan_of
from interviewer.interview.wishing import make_wish
from interviewer.research.inventory import passages_of
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript, Turn
from interviewer.wiring import (
    Settings,
    open_library,
    open_rehearsals,
    open_voice,
    research_folders,
)
from tests.conftest import TODAY, MemoryStore, ScriptedRetriever, clock

KILLS = 500
POSTS = (("brightwell", "data-engineer"), ("chengyuan", "data-engineer"))
# Those that die at no point of their own are killed from outside within this time.
_ANY_SECONDS = 0.25
# At which time of reaching its point a process dies: the more, the more turns lie between.
_TIMES = (1, 1, 2)


@dataclass
class Tally:
    """What became of the interviews of killed processes.

    Attributes:
        tried: Deaths, by the point where they struck.
        lost: Turns that were acknowledged and are not kept as they were said.
        doubled: Turns that stand there twice.
        different: Turns that are not those of the same interview undisturbed.
        same_move: Deaths after which the next move was that of the interview undisturbed.
        interviews: Interviews that were carried to their end, or as far as there were deaths.
    """

    tried: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    different: int = 0
    same_move: int = 0
    interviews: int = 0

    @property
    def kills(self) -> int:
        """Deaths in all."""
        return self.tried.total()

    def look(self, kept: Transcript | None, told: list[str], undisturbed: Transcript) -> None:
        """Count what the database holds after a death."""
        turns = tuple(plain(turn) for turn in kept.turns) if kept else ()
        said = [turn.content for turn in turns]
        self.lost += _lost(kept, told)
        self.doubled += len(turns) - len({turn.seq for turn in turns})
        wanted = tuple(plain(turn) for turn in undisturbed.turns)
        if turns != wanted[: len(turns)]:
            self.doubled += sum(one == other for one, other in pairwise(said))
            self.different += sum(a != b for a, b in zip(turns, wanted, strict=False))

    def document(self) -> dict[str, object]:
        """Return the figures."""
        return {
            "kills": self.kills, "lost": self.lost, "doubled": self.doubled,
            "different": self.different, "same_next_move": self.same_move,
            "interviews": self.interviews, "points": dict(self.tried),
        }  # fmt: skip


def plain(turn: Turn) -> Turn:
    """Return a turn without the time it took."""
    return replace(turn, seconds=MappingProxyType({}))


def _lost(kept: Transcript | None, told: list[str]) -> int:
    """Return how many acknowledgements the database does not bear out."""
    if kept is None:
        return len(told)
    places = (json.loads(line) for line in told)
    return sum(
        number > len(kept.turns) or (number > 0 and kept.turns[number - 1].content != content)
        for number, content in places
    )


@dataclass
class Killing:
    """Interviews of one database whose processes are killed.

    Attributes:
        where: The database.
        library: All content.
    """

    where: str | Path
    library: Library
    tally: Tally = field(default_factory=Tally)
    _dice: random.Random = field(default_factory=lambda: random.Random(7))

    def run(self, kills: int) -> Tally:
        """Kill so many processes."""
        open_engine(self.where).dispose()
        points = cycle(TURN)
        while self.tally.kills < kills:
            life = self._life(self.tally.interviews)
            undisturbed = asyncio.run(_undisturbed(life))
            self.tally.interviews += 1
            for point in chain(CREATING, points):
                if self.tally.kills == kills or not self._death(life, undisturbed, point):
                    break
        return self.tally

    def _death(self, life: Life, undisturbed: Transcript, point: str) -> bool:
        """Let a process carry the interview on until it dies; return whether it did."""
        doom = Doom(point, self._dice.choice(_TIMES) if point in TURN else 1)
        died, told = _forked(life, self.where, doom, self._dice.uniform(0, _ANY_SECONDS))
        kept = asyncio.run(_kept(self.where, life.new.id))
        self.tally.look(kept, told, undisturbed)
        if died:
            self.tally.tried[point] += 1
            self.tally.same_move += kept is None or self._goes_on(kept, undisturbed)
        elif kept is None or len(kept.turns) != len(undisturbed.turns):
            raise RuntimeError(f"{point}: the process ended by itself before the interview did.")
        return died

    def _goes_on(self, kept: Transcript, undisturbed: Transcript) -> bool:
        """Whether the next move is what it would have been."""
        plan = plan_of(kept)
        move = next_move(plan, kept, self._rehearsals.seal(plan))
        rest = undisturbed.turns[len(kept.turns) :]
        wanted = rest[0].move if rest else None
        if move is None or wanted is None:
            return move is wanted
        decided = move.record
        return (decided.kind, decided.item, decided.slot, decided.reason) == (
            wanted.kind, wanted.item, wanted.slot, wanted.reason,
        )  # fmt: skip

    def _life(self, seed: int) -> Life:
        company, role = POSTS[seed % len(POSTS)]
        folders = research_folders(self.library)
        wish = make_wish(
            self.library, company=company, role=role, seed=seed, today=TODAY,
            passages=lambda name: passages_of(name, folders[name]),
        )  # fmt: skip
        settings = Settings.from_environment()
        answers = (settings.knowledge / company / "try" / "answers.txt").read_text("utf-8")
        new = new_transcript(
            f"killed-{seed}", build_plan(self.library, wish), model="builtin", clock=clock
        )
        return Life(self._rehearsals, new, tuple(answers.splitlines()))

    @property
    def _rehearsals(self) -> Rehearsals:
        voice = open_voice(self.library)
        made = open_rehearsals(MemoryStore(), ScriptedRetriever(), voice, self.library)  # type: ignore[arg-type]  # in memory
        return replace(made, clock=clock)


async def _undisturbed(life: Life) -> Transcript:
    """Hold the same interview in memory to its end."""
    rehearsals = replace(life.rehearsals, store=MemoryStore(), _running={})
    await rehearsals.store.create(life.new)
    async for _ in life.carried_on(rehearsals):
        pass
    return await rehearsals.store.load(life.new.id)


async def _kept(where: str | Path, session: str) -> Transcript | None:
    """Return what another process finds."""
    engine = open_engine(where)
    try:
        store = SqlSessionStore(engine)
        known = {entry.id for entry in await store.sessions()}
        return await store.load(session) if session in known else None
    finally:
        engine.dispose()


def _forked(
    life: Life, where: str | Path, doom: Doom, any_seconds: float
) -> tuple[bool, list[str]]:
    """Carry an interview on in a child until it dies.

    Returns:
        Whether it was killed, and what it had told before.
    """
    listening, told = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(listening)
            asyncio.run(life.live(where, doom, told))
            status = 0
        finally:
            os._exit(status)
    os.close(told)
    if doom.point == ANY_MOMENT:
        time.sleep(any_seconds)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(listening, encoding="utf-8") as pipe:
        lines = [line for line in pipe if line.endswith("\n")]
    _, ended = os.waitpid(child, 0)
    if os.WIFEXITED(ended) and os.WEXITSTATUS(ended):
        raise RuntimeError(f"{doom.point}: the process failed.")
    return os.WIFSIGNALED(ended), lines


@contextmanager
def _databases(postgres: str | None) -> Iterator[dict[str, str | Path]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "interviews.db"
        if postgres is not None:
            yield {"SQLite": file, "PostgreSQL": postgres}
            return
        with own_postgres() as server:
            yield {"SQLite": file, "PostgreSQL": server.url(server.new_database())}


@click.command()
@click.option("--kills", default=KILLS, show_default=True, help="Deaths on each database.")
@click.option("--postgres", help="URL of an empty database; without it a server is started.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def main(kills: int, postgres: str | None, as_json: bool) -> None:
    """Kill processes in mid-turn and print what their interviews lost; 1 where anything was."""
    library = open_library(Settings.from_environment())
    tallies: dict[str, Tally] = {}
    with _databases(postgres) as databases:
        for name, where in databases.items():
            begun = time.monotonic()
            tally = tallies[name] = Killing(where, library).run(kills)
            click.echo(
                f"{name}: {tally.kills} kills at {len(tally.tried)} points of a turn, "
                f"{tally.lost} turns lost, {tally.doubled} doubled, {tally.different} different, "
                f"the same next move after {tally.same_move} ({100 * tally.same_move / kills:g} "
                f"%), {tally.interviews} interviews, {time.monotonic() - begun:.0f} s",
                err=as_json,
            )
    if as_json:
        click.echo(json.dumps({name: tally.document() for name, tally in tallies.items()}))
    else:
        for point in (*CREATING, *TURN):
            seen = ", ".join(f"{name} {tally.tried[point]}" for name, tally in tallies.items())
            click.echo(f"  {point}: {seen}")
    failed = any(
        tally.lost or tally.doubled or tally.different or tally.same_move != kills
        for tally in tallies.values()
    )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
