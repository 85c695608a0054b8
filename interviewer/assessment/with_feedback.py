"""The reports on the rounds of an interview, with the feedback on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from interviewer.assessment.dispute import conceding
from interviewer.assessment.evidence import Answered, answered_in
from interviewer.assessment.feedback.item import OneThing
from interviewer.assessment.feedback.rated import Rated, RatedRound
from interviewer.assessment.feedback.rounds import feedback_on
from interviewer.assessment.findings import Assessment, RoundReport
from interviewer.content.library import Library
from interviewer.interview.plan import Plan
from interviewer.transcript import Transcript


def with_feedback(
    rounds: Sequence[RoundReport],
    by_round: Mapping[str, Sequence[Answered]],
    plan: Plan,
    transcript: Transcript,
    library: Library,
) -> tuple[tuple[RoundReport, ...], OneThing | None]:
    """Return the reports with items and strength of each, and the one change over all.

    Args:
        rounds: The reports without.
        by_round: The answers that were given, by round id.
        plan: The plan of the interview.
        transcript: What was said.
        library: The rubrics.
    """
    last = plan.conversations[-1].id if plan.conversations else ""
    feedback = feedback_on(
        [_rated(part, by_round[part.id], library, last) for part in rounds], transcript
    )
    told = tuple(
        replace(part, feedback=feedback.items[part.id], keep=feedback.keep[part.id])
        for part in rounds
    )
    return told, feedback.one_thing


def told_again(
    assessment: Assessment, plan: Plan, transcript: Transcript, library: Library
) -> Assessment:
    """Return a report whose feedback follows its levels, after they were given by somebody else.

    Args:
        assessment: The report.
        plan: The plan of the interview.
        transcript: What was said.
        library: The rubrics.
    """
    verdicts = [v for part in assessment.rounds for c in part.competencies for v in c.verdicts]
    by_round = {
        part.id: conceding(answered_in(part, transcript, assessment.language), verdicts)
        for part in plan.conversations
    }
    rounds, first = with_feedback(assessment.rounds, by_round, plan, transcript, library)
    change = first.change if first else ""
    return replace(assessment, rounds=rounds, one_thing=change, first_change=first)


def _rated(
    part: RoundReport, answers: Sequence[Answered], library: Library, last: str
) -> RatedRound:
    return RatedRound(
        id=part.id,
        competencies=tuple(
            Rated(
                id=entry.id,
                name=entry.name,
                required=entry.required,
                scale=entry.scale,
                score=entry.score,
                answers=tuple(a for a in answers if a.item.competency == entry.id),
                rubric=library.rubrics.get(entry.id),
            )
            for entry in part.competencies
        ),
        heights=part.heights,
        last=part.id == last,
    )
