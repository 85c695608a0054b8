"""What a model that misbehaves gets past the guard, in interviews with simulated candidates.

`python -m benchmarks.misbehaving` holds 50 interviews, English and Chinese in turn, candidates of
every manner, with a fake model that spoils half of its replies with planted sentences (improper
questions, verdicts, praise, invented facts, figures, …), and counts those a candidate got to see.
"""

from __future__ import annotations

import asyncio
import datetime
from collections import Counter
from collections.abc import Sequence

import click

from benchmarks.speaking import COMPANIES, MODEL, bench
from interviewer.interview.delivery import Limits
from interviewer.interview.sealing import sealing
from interviewer.simulation.candidate import candidate_at
from interviewer.simulation.holding import Examiners, begins_at, hold
from tests.fakes import FakeModel, Script

INTERVIEWS = 50
RATE = 0.5
DAY = datetime.date(2026, 11, 2)


async def seen(
    count: int, rate: float, seed: int, formats: Sequence[str]
) -> tuple[Counter[str], Counter[str], int]:
    """Return planted sentences that were made and that were shown, by kind, and turns."""
    planted: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    turns = 0
    async with bench() as made, FakeModel(Script("misbehaving", rate=rate, seed=seed)) as fake:
        seal = sealing(made.library)
        for number in range(count):
            company = COMPANIES[number % len(COMPANIES)]
            plan = made.plan(
                company, seed + number, format_id=formats[number // len(COMPANIES) % len(formats)]
            )
            speakers = made.speakers(fake.base_url, Limits())
            begun = len(fake.requests)
            transcript = await hold(
                plan,
                candidate_at(number, seed, plan.language),
                Examiners(speakers, made.research, MODEL),
                begins=begins_at(DAY, number),
                sealed=seal(plan),
            )
            await speakers.close()
            said = "\n".join(turn.content for turn in transcript.turns if turn.by_examiner)
            turns += sum(turn.by_examiner for turn in transcript.turns)
            for request in fake.requests[begun:]:
                if request.spoiled:
                    planted[request.spoiled] += 1
                    shown[request.spoiled] += any(part in said for part in request.planted)
    return planted, shown, turns


@click.command()
@click.option("--interviews", "count", default=INTERVIEWS, show_default=True)
@click.option("--rate", default=RATE, show_default=True)
@click.option("--seed", default=5, show_default=True)
@click.option(
    "--format", "formats", multiple=True, default=["company"], help="One or several in turn."
)
def main(count: int, rate: float, seed: int, formats: tuple[str, ...]) -> None:
    """Print what was planted and what was seen, by kind."""
    planted, shown, turns = asyncio.run(seen(count, rate, seed, formats))
    click.echo(f"{count} interviews, {turns} turns of examiners, {sum(planted.values())} spoiled")
    for kind, number in sorted(planted.items()):
        click.echo(f"{kind:<24} planted {number:>5}   seen {shown[kind]:>4}")


if __name__ == "__main__":
    main()
