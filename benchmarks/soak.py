"""Interviews for hours: what the server keeps of those that are over. `python -m benchmarks.soak`.

Visitors come, answer to the end (or so many times) and go; then others come. After each crowd the
server's memory, open files, threads and files on the disk are looked at. What grows with crowds
is kept of interviews that nobody is in any more.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import httpx
import psutil

from benchmarks.crowd import BUILTIN, PATIENCE, Visitor, form_of, numbered, places_of
from benchmarks.load import Candidate, Seen
from tests.ui.running import App

# Pages open once at least before anything is compared: caches fill.
WARM = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What the server held after a crowd had gone.

    Attributes:
        sessions: Interviews until then.
        memory: Bytes resident.
        descriptors: Open files and sockets.
        threads: Threads.
        files: Files below its folders.
    """

    sessions: int
    memory: int
    descriptors: int
    threads: int
    files: int


async def crowd(address: str, count: int, answers: int, think: float = 0.0) -> Seen:
    """Let so many come at once, answer so often or to the end, and go."""
    seen = Seen()
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as asking:
        config = (await asking.get("/config")).json()
    events, form = numbered(config), form_of(config)
    places = places_of(config, events["send"])

    async def one(number: int) -> None:
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
            visitor = Visitor(client, events, form)
            await visitor.arrive()
            await visitor.begin(BUILTIN)
            await visitor.hear()
            candidate = Candidate(visitor, places, think, random.Random(number), seen)
            for _ in range(answers):
                await asyncio.sleep(think)
                if not await candidate.turn():
                    return

    await asyncio.gather(*map(one, range(count)))
    return seen


def reading(app: App, sessions: int) -> Reading:
    """Look at the server."""
    assert app.process is not None
    server = psutil.Process(app.process.pid)
    with server.oneshot():
        return Reading(
            sessions, server.memory_info().rss, server.num_fds(), server.num_threads(),
            sum(len(files) for _, _, files in os.walk(app.home)),
        )  # fmt: skip


def slope(readings: Sequence[Reading]) -> float:
    """Return by how many bytes memory grows with each interview, by a straight line."""
    count = len(readings)
    x = sum(one.sessions for one in readings) / count
    y = sum(one.memory for one in readings) / count
    across = sum((one.sessions - x) ** 2 for one in readings)
    together = sum((one.sessions - x) * (one.memory - y) for one in readings)
    return together / across if across else 0.0


@click.command()
@click.option("--at-once", default=20, show_default=True, help="Visitors of one crowd.")
@click.option("--think", default=0.0, show_default=True, help="Seconds before an answer.")
@click.option("--answers", default=200, show_default=True, help="Most of one visitor.")
@click.option("--minutes", default=120.0, show_default=True, help="How long crowds come.")
def main(at_once: int, think: float, answers: int, minutes: float) -> None:
    """Print a line after each crowd, then what grew; code 4 where open files or files did."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "tmp").mkdir()
        app = App(home, settings={"TMPDIR": str(home / "tmp")})
        app.start()
        try:
            found = _soaked(app, at_once, think, answers, time.monotonic() + 60 * minutes)
        finally:
            app.stop()
    kept = found[WARM:] or found
    click.echo(json.dumps({
        "interviews": found[-1].sessions,
        "memory_mb_per_1000": round(slope(kept) * 1000 / 1e6, 1),
        "descriptors": kept[-1].descriptors - kept[0].descriptors,
        "threads": kept[-1].threads - kept[0].threads,
        "files": kept[-1].files - kept[0].files,
        "load_average": round(os.getloadavg()[0], 1),
    }))  # fmt: skip
    if kept[-1].descriptors > kept[0].descriptors + at_once or kept[-1].files > kept[0].files:
        raise SystemExit(4)


def _soaked(app: App, at_once: int, think: float, answers: int, until: float) -> list[Reading]:
    found: list[Reading] = []
    while time.monotonic() < until or len(found) <= WARM + 1:
        asyncio.run(crowd(app.address, at_once, answers, think))
        time.sleep(1)  # a server closes what was left a moment later
        found.append(reading(app, at_once * (len(found) + 1)))
        click.echo(json.dumps(asdict(found[-1])), err=True)
    return found


if __name__ == "__main__":
    main()
