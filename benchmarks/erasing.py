"""How long it takes to forget a candidate of a large store, and what is left of them on the disk.

python -m benchmarks.erasing [--candidates N]
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click

from benchmarks.filled_store import filled, held_interviews
from interviewer.privacy.erasing import Erased, Erasing
from interviewer.research.store import ResearchStore
from interviewer.storage import SqlSessionStore, Whose
from interviewer.wiring import Settings, open_library

SIGN = "zugunruhe"


def _no_research() -> ResearchStore:
    raise NotImplementedError("No research was taken in.")


@click.command()
@click.option("--candidates", default=200, show_default=True)
def main(candidates: int) -> None:
    """Fill a SQLite file, put a word into a candidate's interviews, forget them, look for it."""
    held = held_interviews(open_library(Settings.from_environment()))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "interviews.sqlite3"
        with filled(file, held, candidates=candidates) as made:
            store = SqlSessionStore(made.engine)
            for number, one in enumerate(held):
                said = tuple(replace(t, content=f"{t.content} {SIGN}") for t in one.turns)
                own = replace(one, id=f"marked-{number}", turns=said)
                asyncio.run(store.create(own, owner=made.busy.name, visitor=made.busy.key))
            before, begun = _with_sign(file), time.perf_counter()
            kept = asyncio.run(_erased(store, file.parent, made.busy.name)).kept
            seconds, left = time.perf_counter() - begun, _with_sign(file)
            size = file.stat().st_size / 1e6
    click.echo(
        f"{made.sessions:,} interviews, {made.turns:,} turns, {size:.0f} MB: forgot "
        f"{kept.sessions if kept else 0} interviews in {seconds:.1f} s; files with the word "
        f"before {before}, after {left}; erased {kept.erased if kept else None}."
    )


def _with_sign(file: Path) -> int:
    """Return how many of a database's files hold the word."""
    files = file.parent.glob(f"{file.name}*")
    return sum(SIGN.encode() in path.read_bytes() for path in files)


async def _erased(store: SqlSessionStore, home: Path, name: str) -> Erased:
    return await Erasing(store, home, home / "knowledge", _no_research).person(Whose(name))


if __name__ == "__main__":
    main()
