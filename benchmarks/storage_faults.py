"""Disks, files, locks, clocks and windows that fail in mid-interview: what is lost.

`python -m benchmarks.storage_faults` holds interviews of the built-in voice on a database file and
lets a fault strike at every second step. What the program says is taken down, the fault is mended
as its sentence asks, and the interview goes on to its end. The record is then held against what
was acknowledged: a row a fault.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from sqlalchemy import event

from benchmarks.fault_matrix import percentile
from benchmarks.speaking import COMPANIES, Bench
from interviewer.errors import InterviewerError
from interviewer.interview.leasing import Lease
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript
from interviewer.wiring import Settings, open_voice

# A lock is waited for so long here; the app waits five seconds.
_BUSY_MS = 200
_NOBODY = 65534
_EVERY = 2


@dataclass
class Place:
    """Where an interview is held.

    Attributes:
        folder: Everything of it.
        file: The database.
        rehearsals: Two programs that carry it on, the second only where a fault needs it.
        made: Content and research.
        company: The employer.
    """

    folder: Path
    file: Path
    rehearsals: tuple[Rehearsals, Rehearsals]
    made: Bench
    company: str

    def forget_connections(self) -> None:
        """Close what is open, as an operator does who takes rights away."""
        for one in self.rehearsals:
            assert isinstance(one.store, SqlSessionStore)
            one.store.engine.dispose()


@dataclass
class Row:
    """What one fault came to; `told` counts sentences, `waits` the seconds until each."""

    fault: str
    struck: int = 0
    interviews: int = 0
    completed: int = 0
    lost: int = 0
    doubled: int = 0
    other: int = 0
    told: int = 0
    waits: list[float] = field(default_factory=list)


@contextmanager
def disk_full(place: Place) -> Iterator[None]:
    """Let no file grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(path.stat().st_size for path in place.folder.glob("interviews.db*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(size, 4096), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Hold the database from another connection."""
    other = sqlite3.connect(place.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def read_only(place: Place) -> Iterator[None]:
    """Take the right to write away; root is nobody meanwhile."""
    place.forget_connections()
    place.file.chmod(0o444)
    place.folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        place.folder.chmod(0o755)
        place.file.chmod(0o600)
        place.forget_connections()


@contextmanager
def moved(place: Place) -> Iterator[None]:
    """Move the database and its log away."""
    parts = [path for path in place.folder.glob("interviews.db*") if path.is_file()]
    for path in parts:
        path.rename(path.with_name(f"aside-{path.name}"))
    try:
        yield
    finally:
        for path in parts:
            path.with_name(f"aside-{path.name}").rename(path)


@contextmanager
def replaced(place: Place) -> Iterator[None]:
    """Put an empty file in the database's place."""
    with moved(place):
        place.file.write_bytes(b"")
        try:
            yield
        finally:
            for path in place.folder.glob("interviews.db*"):
                path.unlink()


def _chroma(damage: Callable[[Path], object]) -> Callable[[Place], Iterator[None]]:
    """Return a fault that does something to the vectors of the employer, and stays."""

    def strike(place: Place) -> Iterator[None]:
        index = place.made.settings.home / "index" / place.company
        for file in index.glob("*/chroma.sqlite3"):
            damage(file)
        yield

    return strike


def _of_another_version(file: Path) -> None:
    other = sqlite3.connect(file)
    with suppress(sqlite3.Error), other:
        other.execute("DROP TABLE migrations")
        other.execute("ALTER TABLE embeddings RENAME TO embeddings_of_the_future")
    other.close()


@contextmanager
def _chroma_locked(place: Place) -> Iterator[None]:
    index = place.made.settings.home / "index" / place.company
    others = [sqlite3.connect(f, isolation_level=None) for f in index.glob("*/chroma.sqlite3")]
    for other in others:
        other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        for other in others:
            other.close()


FAULTS = {
    "disk full": disk_full,
    "database locked": locked,
    "database read-only": read_only,
    "database moved or deleted": moved,
    "database replaced": replaced,
    "vectors cut in half": contextmanager(
        _chroma(lambda file: os.truncate(file, file.stat().st_size // 2))
    ),
    "vectors zero bytes": contextmanager(_chroma(lambda file: os.truncate(file, 0))),
    "vectors of another version": contextmanager(_chroma(_of_another_version)),
    "vectors deleted": contextmanager(_chroma(lambda file: shutil.rmtree(file.parent))),
    "vectors locked": _chroma_locked,
}
# These strike no file: the step itself is done otherwise.
WAYS = ("clock set back", "two tabs", "two processes")


async def held(made: Bench, row: Row, number: int) -> None:
    """Hold one interview that a fault strikes at every second step."""
    company = COMPANIES[number % len(COMPANIES)]
    with _folder() as folder:
        file = folder / "interviews.db"
        stores = [_store(file) for _ in range(2)]
        programs = tuple(
            Rehearsals(store, made.research, open_voice(made.library),
                       clock=_clock(row.fault), lease=Lease(seconds=2.0))
            for store in stores
        )  # fmt: skip
        place = Place(folder, file, (programs[0], programs[1]), made, company)
        try:
            await _carried(place, row, number)
        finally:
            for store in stores:
                store.close()


@contextmanager
def _folder() -> Iterator[Path]:
    """Yield a folder that others may look into, which read-only files need."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def _store(file: Path) -> SqlSessionStore:
    engine = open_engine(file)
    event.listen(
        engine, "connect", lambda raw, _: raw.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    )
    engine.dispose()
    return SqlSessionStore(engine)


def _clock(fault: str) -> Callable[[], datetime]:
    """Return the time; where the clock is set back, each look is a day before the last."""
    steps = iter(range(10**6))

    def now() -> datetime:
        back = timedelta(days=next(steps)) if fault == "clock set back" else timedelta()
        return datetime.now(UTC) - back

    return now


async def _carried(place: Place, row: Row, number: int) -> None:
    first, key = place.rehearsals[0], f"struck-{number}"
    begun = new_transcript(key, place.made.plan(place.company, number), model="builtin")
    await first.store.create(begun)
    waiting, given = iter(place.made.answers(place.company)), []
    row.interviews += 1
    for step in range(10**6):
        stage = stage_of(await first.store.load(key))
        if stage.waiting == "nobody":
            row.completed += 1
            break
        text = next(waiting, "") if stage.waiting == "candidate" else None
        if step % _EVERY:
            await _struck(place, row, key, text)
            kept = sum(turn.by_candidate for turn in (await first.store.load(key)).turns)
            if text is not None and kept == len(given):
                await first.answer(key, text)
        elif text is not None:
            await first.answer(key, text)
        if text is not None:
            given.append(text)
        async for _ in first.speak(key):
            pass
    _compared(row, await first.store.load(key), given)


async def _struck(place: Place, row: Row, key: str, text: str | None) -> None:
    """Do a step while the fault lasts; whatever it comes to must be a sentence or the step."""
    row.struck += 1
    one, two = place.rehearsals
    seq = (await one.store.load(key)).next_seq
    if row.fault in WAYS:
        other = one if row.fault == "two tabs" else two
        both = [_step(one, key, text, seq)]
        if row.fault != "clock set back":
            both.append(_step(other, key, text, seq))
        await _said(row, both)
        return
    with FAULTS[row.fault](place):
        steps = [_step(one, key, text, seq)]
        if row.fault.startswith("vectors"):
            steps.append(_searched(place))
        await _said(row, steps)


async def _step(one: Rehearsals, key: str, text: str | None, seq: int) -> None:
    if text is not None:
        await one.answer(key, text, seq=seq)
    async for _ in one.speak(key):
        pass


async def _searched(place: Place) -> None:
    await place.made.research.find(place.company, "How many people work here?")


async def _said(row: Row, steps: Sequence[Awaitable[None]]) -> None:
    begun = time.perf_counter()
    for outcome in await asyncio.gather(*steps, return_exceptions=True):
        if isinstance(outcome, InterviewerError):
            row.told += 1
            row.waits.append(time.perf_counter() - begun)
        elif isinstance(outcome, BaseException):
            row.other += 1
            click.echo(f"  {row.fault}: {type(outcome).__name__}: {outcome}", err=True)


def _compared(row: Row, kept: Transcript, given: Sequence[str]) -> None:
    answers = [turn.content for turn in kept.turns if turn.by_candidate]
    row.lost += sum(a != b for a, b in zip(answers, given, strict=False))
    row.lost += max(0, len(given) - len(answers))
    row.doubled += max(0, len(answers) - len(given))
    row.doubled += len(kept.turns) - len({turn.seq for turn in kept.turns})


async def rows(count: int, names: Sequence[str]) -> list[Row]:
    """Return a row a fault."""
    found = []
    for name in names:
        row = Row(name)
        # Each fault finds vectors that are whole.
        with tempfile.TemporaryDirectory() as home:
            made = Bench(replace(Settings.from_environment(), home=Path(home)))
            try:
                for company in COMPANIES:
                    await made.research.find(company, "?")
                for number in range(count):
                    await held(made, row, number + random.Random(name).randrange(100))
            finally:
                made.research.close()
                made.store.close()
        found.append(row)
    return found


@click.command()
@click.option("--interviews", "count", default=2, help="For each fault, languages in turn.")
@click.option("--fault", "names", multiple=True, type=click.Choice([*FAULTS, *WAYS]))
def main(count: int, names: tuple[str, ...]) -> None:
    """Print the table; code 4 where anything was lost, doubled or told as no sentence."""
    found = asyncio.run(rows(count, names or (*FAULTS, *WAYS)))
    click.echo("fault | struck | completed | lost | doubled | sentences | other | told s p95")
    for row in found:
        click.echo(
            f"{row.fault} | {row.struck} | {row.completed}/{row.interviews} | {row.lost} | "
            f"{row.doubled} | {row.told} | {row.other} | {percentile(row.waits, 0.95):.2f}"
        )
    if any(r.lost or r.doubled or r.other or r.completed < r.interviews for r in found):
        raise SystemExit(4)


if __name__ == "__main__":
    main()
