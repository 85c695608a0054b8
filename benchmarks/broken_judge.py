"""A model judge whose replies are broken: `python -m benchmarks.broken_judge`.

A fake model on this machine judges the planted answers. What it would give each of them is known,
so that a level can be told that comes from nowhere: code 4 when there is one.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import click

from benchmarks.planted_answers import planted
from interviewer.assessment.judges.case import Case, Put, case_of
from interviewer.assessment.judges.sampling import LEAST_SAMPLES, Judgement, judgement_by
from interviewer.assessment.judges.settling import held_level
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.library import Library
from interviewer.models.breaker import Breaker
from interviewer.models.naming import Access
from interviewer.models.speakers import Speakers
from interviewer.wiring import Settings, open_library, open_voice
from tests.fakes import FakeModel, Script

MODEL = "openai:fake"


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one run.

    Attributes:
        calls: Requests to the model.
        broken: Requests that were answered with something broken or false.
        samples: Samples taken.
        void: Samples that did not count.
        scored: Competencies with a level.
        open: Competencies left open.
        invented: Levels other than that of the verdicts that can be trusted.
    """

    calls: int
    broken: int
    samples: int
    void: int
    scored: int
    open: int
    invented: int


def cases_of(library: Library, most: int) -> list[Case]:
    """Return planted answers as cases, each by itself."""
    found: list[Case] = []
    for number, entry in enumerate(islice(planted(library), most)):
        rubric = library.rubrics[entry.competency]
        score = score_competency(rubric, [entry.asked], entry.language)
        case = case_of(str(number), rubric, [Put(entry.asked, (2,))], score, entry.language)
        if case is not None:
            found.append(case)
    return found


async def seen_with(library: Library, cases: Sequence[Case], script: Script) -> Seen:
    """Return what comes of a model that behaves like this, beside one that is sound."""
    honest, _ = await _judged(library, cases, Script())
    judged, fake = await _judged(library, cases, script)
    truth = {case.key: honest.by[case.key].levels[0] for case in cases}
    scored = [case for case in cases if judged.by[case.key].level is not None]
    samples = [sample for found in judged.by.values() for sample in found.samples]
    return Seen(
        calls=len(fake.requests),
        broken=sum(
            bool(request.fault or request.planted) or not _whole(request.reply)
            for request in fake.requests
        ),
        samples=len(samples),
        void=sum(sample.level is None for sample in samples),
        scored=len(scored),
        open=len(cases) - len(scored),
        invented=sum(
            judged.by[case.key].level
            != round(held_level(case, float(truth[case.key]))[0], 1)
            for case in scored
        ),
    )  # fmt: skip


async def _judged(
    library: Library, cases: Sequence[Case], script: Script
) -> tuple[Judgement, FakeModel]:
    async with FakeModel(script) as fake:
        access = Access("key", address=fake.base_url)
        speakers = Speakers(
            open_voice(library), library.personas, access, allowed=frozenset({MODEL})
        )
        judge = speakers.judge(MODEL)
        # A rest would leave the others out that are to be seen here.
        judge.pause, judge.breaker = 0.0, Breaker(clock=lambda: math.inf)
        try:
            return await judgement_by(judge, cases, LEAST_SAMPLES), fake
        finally:
            await speakers.close()


def _whole(reply: str) -> bool:
    try:
        return isinstance(json.loads(reply), dict)
    except ValueError:
        return False


SCRIPTS: Mapping[str, Callable[[float], Script]] = {
    "broken JSON": lambda rate: Script(broken_rate=rate, seed=1),
    "false verdicts": lambda rate: Script(mode="misbehaving", rate=rate, seed=2),
    "broken and false": lambda rate: Script(
        mode="misbehaving", rate=rate / 2, broken_rate=rate / 2, seed=3
    ),
    "failing server": lambda rate: Script(
        faults=("status_500", "html_200", "reset_before_headers"), fault_rate=rate, seed=4
    ),
}


@click.command()
@click.option("--cases", "most", default=40, show_default=True, help="Planted answers judged.")
@click.option("--rate", default=0.3, show_default=True, help="Share of calls that go wrong.")
def main(most: int, rate: float) -> None:
    """Print what comes of each kind of fault; code 4 when a level came from nowhere."""
    library = open_library(Settings.from_environment())
    cases = cases_of(library, most)
    invented = 0
    for name, script in SCRIPTS.items():
        seen = asyncio.run(seen_with(library, cases, script(rate)))
        invented += seen.invented
        click.echo(
            f"{name} | {seen.calls} calls, {seen.broken / seen.calls:.0%} broken | "
            f"{seen.samples} samples, {seen.void / seen.samples:.0%} void | "
            f"{seen.scored} scored, {seen.open} left open | {seen.invented} from nowhere"
        )
    if invented:
        raise SystemExit(4)


if __name__ == "__main__":
    main()
