"""Whether the personas there are can hold an interview format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from interviewer.content.format import STEP_TYPES, Format, Round, Step
from interviewer.content.persona import Persona
from interviewer.content.rubric import Rubric

# Less than this a question, its answer and a probe cannot be had in; the rest is greeting and end.
SHORTEST_QUESTION = 1.5
GREETING_AND_END = 4.0


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is wrong between a format and the personas, and what to do about it."""

    what: str
    fix: str


def misfits(
    interview: Format, personas: Mapping[str, Persona], rubrics: Mapping[str, Rubric]
) -> tuple[Misfit, ...]:
    """Return what keeps the personas from holding a format; empty when nothing does.

    Args:
        interview: The format.
        personas: All there are, by id.
        rubrics: All competencies, by id.
    """
    return tuple(
        misfit for part in interview.rounds for misfit in _round_misfits(part, personas, rubrics)
    )


def _round_misfits(
    part: Round, personas: Mapping[str, Persona], rubrics: Mapping[str, Rubric]
) -> Iterator[Misfit]:
    persona = personas.get(part.persona)
    if persona is None:
        what = f"Round `{part.id}` names the persona `{part.persona}`, which is not there."
        yield Misfit(what, f"Known are: {', '.join(sorted(personas))}.")
        return
    if "pay" in part.steps and "pay_negotiation" in persona.about.may_not:
        yield Misfit(
            f"Round `{part.id}` has a pay step, and `{persona.id}` may not talk about pay.",
            "Remove the step, or give the round to a persona without pay_negotiation in may_not.",
        )
    own = [rubrics[name] for name in persona.about.competencies if name in rubrics]
    for step in part.steps:
        if step in STEP_TYPES and not _questions_for(step, own):
            kinds = " or ".join(STEP_TYPES[step])
            yield Misfit(
                f"Round `{part.id}` has the step `{step}`, for which no competency of "
                f"`{persona.id}` has a question ({kinds}).",
                "Remove the step, or add a competency with such questions to the persona.",
            )
    needs = part.scored_questions * SHORTEST_QUESTION + GREETING_AND_END
    if part.minutes < needs:
        yield Misfit(
            f"Round `{part.id}` asks {part.scored_questions} scored questions in "
            f"{part.minutes:g} minutes, too few to answer them.",
            f"Give it {needs:g} minutes or more, or fewer questions.",
        )


def _questions_for(step: Step, rubrics: list[Rubric]) -> bool:
    kinds = STEP_TYPES[step]
    return any(question.type in kinds for rubric in rubrics for question in rubric.questions)
