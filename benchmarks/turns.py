"""How long the built-in voice takes for a turn, commit included, and a whole rehearsal takes."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import Measure
from interviewer.interview.planning import build_plan
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.interview.turn import utc_now
from interviewer.interview.wishing import make_wish
from interviewer.wiring import (
    Settings,
    open_library,
    open_rehearsals,
    open_research,
    open_store,
    open_voice,
)

POSTS = {"brightwell": "data-engineer", "chengyuan": "data-engineer"}
INTERVIEWS = 5


def measure_turns() -> Iterator[Measure]:
    """Yield the time from the candidate's answer to the examiner's committed turn."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(), home=Path(folder))
        library = open_library(settings)
        research = open_research(settings, library)
        rehearsals = open_rehearsals(open_store(settings), research, open_voice(library), library)
        seconds: list[float] = []
        for company, role in POSTS.items():
            for seed in range(INTERVIEWS):
                wish = make_wish(
                    library, company=company, role=role, seed=seed, today=utc_now().date(),
                    passages=research.passages,
                )  # fmt: skip
                transcript = new_transcript(f"{company}{seed}", build_plan(library, wish),
                                            model="builtin")  # fmt: skip
                answers = _answers(settings, company)
                asyncio.run(rehearsals.store.create(transcript))
                seconds += asyncio.run(_hold(rehearsals, transcript.id, answers))
    ordered = sorted(seconds)
    median = 1000 * statistics.median(ordered)
    yield Measure("built-in turn p50, answer to committed reply", median, "ms", 50)
    yield Measure("built-in turn p95", 1000 * ordered[int(0.95 * len(ordered))], "ms")
    yield Measure("built-in turns measured", len(ordered), "turns")


def _answers(settings: Settings, company: str) -> list[str]:
    path = settings.knowledge / company / "try" / "answers.txt"
    return path.read_text(encoding="utf-8").splitlines()


async def _hold(rehearsals: Rehearsals, session: str, answers: list[str]) -> list[float]:
    """Hold an interview and return the seconds each reply took."""
    seconds = []
    given = iter(answers)
    while (stage := stage_of(await rehearsals.store.load(session))).waiting != "nobody":
        started = time.perf_counter()
        if stage.waiting == "candidate":
            await rehearsals.answer(session, next(given, ""))
        async for _ in rehearsals.speak(session):
            pass
        seconds.append(time.perf_counter() - started)
    return seconds


def measure_rehearsals() -> Iterator[Measure]:
    """Yield how long an unattended rehearsal takes in a new data folder."""
    settings = Settings.from_environment()
    for company, role in POSTS.items():
        with tempfile.TemporaryDirectory() as folder:
            answers = settings.knowledge / company / "try" / "answers.txt"
            command = [
                sys.executable, "-m", "interviewer", "rehearse", company, "--role", role,
                "--answers", str(answers), "--out", f"{folder}/t.jsonl", "--seed", "7",
            ]  # fmt: skip
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True,
                           env=settings.environment(home=Path(folder)))  # fmt: skip
            yield Measure(f"rehearse {company}, new data folder", time.perf_counter() - started,
                          "s", 15)  # fmt: skip
