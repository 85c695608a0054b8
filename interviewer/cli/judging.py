"""A model judges an interview in the terminal, where somebody has agreed to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interviewer.cli.output import progress_bar, say
from interviewer.errors import UsageError
from interviewer.models.naming import BUILTIN, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewer.assessment import Assessment
    from interviewer.assessment.judges.case import Case
    from interviewer.assessment.judges.sampling import Judgement
    from interviewer.content.library import Library
    from interviewer.content.rubric import Rubric
    from interviewer.models.naming import ModelName
    from interviewer.transcript import Transcript
    from interviewer.wiring import Settings


@dataclass(frozen=True)
class Asking:
    """Who is asked, how often, and what the report was made with.

    Attributes:
        model: The model.
        samples: Samples of each competency, None for the usual number.
        rubrics: As for the report.
        competency: As for the report.
    """

    model: ModelName
    samples: int | None
    rubrics: Mapping[str, Rubric]
    competency: str | None


def judge_model(settings: Settings, named: str | None, samples: int | None) -> ModelName | None:
    """Return the model that judges, None where none was asked for; naming one is the consent.

    Args:
        settings: Where `INTERVIEWER_MODEL` is.
        named: What `--judge` says, empty when it names none.
        samples: What `--samples` says.

    Raises:
        UsageError: There is no model to judge, or there are too few samples.
        SetupError: The string names no model.
    """
    from interviewer.assessment.judges.sampling import LEAST_SAMPLES

    if samples is not None and samples < LEAST_SAMPLES:
        raise UsageError(f"{samples} samples have no median. Give {LEAST_SAMPLES} or more.")
    if named is None:
        if samples is not None:
            raise UsageError("--samples goes with --judge: the built-in assessor takes none.")
        return None
    model = named or settings.model or BUILTIN
    if model == BUILTIN:
        raise UsageError(
            "No model is named to judge. Write --judge PROVIDER:MODEL as the last option, or set "
            "INTERVIEWER_MODEL."
        )
    return understood(model, settings.access)


def judged_by(
    settings: Settings,
    library: Library,
    report: Assessment,
    transcript: Transcript,
    asked: Asking,
) -> Assessment:
    """Return a report with the model's levels; what it did and cost is said on standard error."""
    from interviewer.assessment.judges.cases import cases_in, samples_usual
    from interviewer.assessment.judges.reporting import with_judgement
    from interviewer.assessment.judges.sampling import LEAST_SAMPLES

    cases = cases_in(
        report, transcript, library, rubrics=asked.rubrics, competency=asked.competency
    )
    if not cases:
        say("The model is not asked: no answer holds evidence that could be judged.")
        return report
    name = asked.model
    place = f"sent to {name.goes_to}" if name.goes_to else "read on this machine"
    say(f"{name.shown} judges {len(cases)} competencies; questions and answers are {place}.")
    samples = asked.samples or samples_usual(transcript, library, LEAST_SAMPLES)
    with progress_bar("Asking") as progress:
        judgement = asyncio.run(
            _judgement(settings, library, name, cases, samples,
                       lambda done, total: progress(name.shown, done, total))
        )  # fmt: skip
    for line in remarks(judgement):
        say(line)
    return with_judgement(report, judgement, cases, transcript, library)


async def _judgement(
    settings: Settings, library: Library, name: ModelName, cases: Sequence[Case], samples: int,
    told: Callable[[int, int], None],
) -> Judgement:  # fmt: skip
    from interviewer.assessment.judges.sampling import judgement_by
    from interviewer.wiring import open_speakers

    speakers = open_speakers(settings, library, models=[name.text])
    try:
        return await judgement_by(speakers.judge(name.text), cases, samples, told)
    finally:
        await speakers.close()


def remarks(judgement: Judgement) -> list[str]:
    """Return what became of the samples and what they cost, as lines for people."""
    judged = judgement.by.values()
    scored = sum(found.level is not None for found in judged)
    counted = sum(len(found.levels) for found in judged)
    used = judgement.usage
    tokens = f"{int(used.get('input', 0)):,} tokens in, {int(used.get('output', 0)):,} out"
    cost = f", ${used['cost_usd']:.4f}" if "cost_usd" in used else ""
    return [
        f"{judgement.judge}: {scored} of {len(judged)} competencies have a level; "
        f"{counted} of {judgement.asked} samples count; {tokens}{cost}.",
        *judgement.failed,
    ]
