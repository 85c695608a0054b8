"""The competencies of an interview that a judge can be asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from interviewer.assessment.against_rubrics import asked_plainly, exchanges_in, shared_out
from interviewer.assessment.assess import plan_scored_by
from interviewer.assessment.evidence import Answered, answered_in
from interviewer.assessment.findings import Assessment
from interviewer.assessment.judges.case import Case, Put, case_of
from interviewer.assessment.judging import judging_of
from interviewer.assessment.practised import interview_alone
from interviewer.assessment.scored import asked_of
from interviewer.content.library import Library
from interviewer.content.rubric import Rubric
from interviewer.interview.plan import Plan
from interviewer.transcript import Transcript


def cases_in(
    assessment: Assessment,
    transcript: Transcript,
    library: Library,
    *,
    rubrics: Mapping[str, Rubric] | None = None,
    competency: str | None = None,
) -> tuple[Case, ...]:
    """Return what a judge can be asked about: each competency for which the rules find evidence.

    Args:
        assessment: The report by rules.
        transcript: The interview it is on.
        library: Rubrics of the plan.
        rubrics: As for the report.
        competency: As for the report.
    """
    transcript = interview_alone(transcript)
    plan = plan_scored_by(transcript, rubrics, competency)
    if plan is None:
        found = _plain(assessment, transcript, rubrics or {}, competency)
    else:
        found = _planned(assessment, transcript, library, plan)
    return tuple(case for case in found if case is not None)


def samples_usual(transcript: Transcript, library: Library, least: int) -> int:
    """Return how often a judge is asked when nobody says: as many as a board has raters."""
    held = library.formats.get(transcript.interview.format or "")
    return max(least, held.raters) if held is not None and held.elements else least


def _plain(
    assessment: Assessment,
    transcript: Transcript,
    rubrics: Mapping[str, Rubric],
    competency: str | None,
) -> Iterator[Case | None]:
    language = assessment.language
    shared = shared_out(exchanges_in(transcript), rubrics, competency, language)
    for part in assessment.rounds:
        for entry in part.competencies:
            exchanges = shared[entry.id]
            put = [
                Put(asked, (exchange.seq,))
                for asked, exchange in zip(asked_plainly(exchanges), exchanges, strict=True)
            ]
            yield case_of(part.id, rubrics[entry.id], put, entry.score, language)


def _planned(
    assessment: Assessment, transcript: Transcript, library: Library, plan: Plan
) -> Iterator[Case | None]:
    language = plan.language
    judging = judging_of(plan, transcript, library)
    parts = {part.id: part for part in plan.conversations}
    for told in assessment.rounds:
        part = parts[told.id]
        answers = answered_in(part, transcript, language)
        for entry in told.competencies:
            rubric = library.rubrics.get(entry.id)
            if rubric is None:
                continue
            own = [answer for answer in answers if answer.item.competency == entry.id]
            put = [
                Put(
                    asked_of(answer, judging),
                    tuple(turn.seq for turn in answer.turns),
                    _lead(answer),
                )
                for answer in own
            ]
            yield case_of(told.id, rubric, put, entry.score, language)


def _lead(answer: Answered) -> str:
    """Return the fact on the employer that a question rests on; a line of the CV stays out."""
    lead = answer.item.lead
    return lead.text if lead is not None and lead.kind == "fact" else ""
