"""How many simulated interviews are held in a second. `python -m benchmarks.simulating`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from benchmarks.measure import Measure
from interviewer.cli.interviewing import cores, held_beside
from interviewer.simulation.runs import Run
from interviewer.wiring import Settings, open_library, open_research

RUNS = (("brightwell", "data-engineer", "en"), ("chengyuan", "accountant", "zh"))
AIM_SECONDS = 180.0
PROMISED = 1_000


def measure_simulating(candidates: int, processes: int) -> Iterator[Measure]:
    """Yield how long interviews with a mix of all candidates take, start of processes included."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(), home=Path(folder))
        library = open_library(settings)
        research = open_research(settings, library)
        for company, role, language in RUNS:
            research.ensure(company)
            run = Run(company, role, language, "company", candidates)
            started, busy, size = time.perf_counter(), _busy(), 0
            for _, text in held_beside(settings, run, run.shards, processes):
                size += len(text.encode())
            seconds = time.perf_counter() - started
            aim = AIM_SECONDS * candidates / PROMISED if candidates >= PROMISED else None
            what = f"{candidates} interviews at {company}, {language}, {processes} processes"
            yield Measure(what, seconds, "s", aim)
            yield Measure("  seconds of a core, which others may hold up", _busy() - busy, "s")
            yield Measure("  of them in a second", candidates / seconds, "interviews")
            yield Measure("  bytes an interview", size / candidates, "bytes")
        research.close()


def _busy() -> float:
    """Return the seconds of a core that the processes that have ended took."""
    times = os.times()
    return times.children_user + times.children_system


@click.command()
@click.option("--candidates", default=PROMISED, show_default=True, help="Interviews per employer.")
@click.option("--processes", type=int, help="All cores by default.")
def main(candidates: int, processes: int | None) -> None:
    """Print what was seen; the exit code says whether it is as promised."""
    reached = True
    for measure in measure_simulating(candidates, processes or cores()):
        click.echo(" | ".join(measure.row()))
        reached = reached and measure.reached
    sys.exit(0 if reached else 1)


if __name__ == "__main__":
    main()
