"""How much memory the app takes with its embedding model loaded, and how many bytes turns take."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import Measure
from interviewer.interview.planning import build_plan
from interviewer.interview.session import new_transcript
from interviewer.interview.turn import answer_turn, utc_now
from interviewer.interview.wishing import make_wish
from interviewer.research.inventory import passages_of
from interviewer.wiring import Settings, open_library, open_store

# Builds the app, asks the research of both employers, and prints its resident memory in bytes.
_APP = """
import asyncio, psutil
from interviewer.wiring import Settings, open_library, open_research
from interviewer.ui import build
settings = Settings.from_environment()
app = build(settings)
research = open_research(settings, open_library(settings))
asyncio.run(research.find("brightwell", "How big is the data team?"))
asyncio.run(research.find("chengyuan", "数据团队有多少人？"))
research.close()
print(psutil.Process().memory_info().rss)
"""


def measure_memory() -> Iterator[Measure]:
    """Yield the resident memory of the app with model and indexes loaded."""
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run(
            [sys.executable, "-c", _APP],
            check=True,
            capture_output=True,
            text=True,
            env=Settings.from_environment().environment(home=Path(folder)),
        )
    yield Measure("resident memory, app and embedding model", int(ended.stdout) / 1e6, "MB", 600)


def measure_stored_bytes() -> Iterator[Measure]:
    """Yield what an interview, its plan and 100 turns of 800 characters, adds to the database."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(), home=Path(folder))
        before, after = asyncio.run(_store_turns(settings))
    yield Measure(
        "stored bytes, an interview of 100 turns of 800 characters",
        (after - before) / 1e3,
        "KB",
        200,
    )


async def _store_turns(settings: Settings) -> tuple[int, int]:
    open_store(settings).close()
    before = _database_bytes(settings.home)
    store = open_store(settings)
    library = open_library(settings)
    pack = library.packs["brightwell"]
    wish = make_wish(
        library, company="brightwell", role="data-engineer", seed=1, today=utc_now().date(),
        passages=lambda company: passages_of(company, pack.folders),
    )  # fmt: skip
    transcript = new_transcript("bench", build_plan(library, wish), model="builtin")
    await store.create(transcript)
    for number in range(100):
        turn = answer_turn(transcript, "hr", f"{number:04d} ".ljust(800, "x"), utc_now)
        await store.append("bench", turn)
        transcript = transcript.add(turn)
    store.close()
    return before, _database_bytes(settings.home)


def _database_bytes(home: Path) -> int:
    return sum(path.stat().st_size for path in home.glob("interviews.sqlite3*"))
