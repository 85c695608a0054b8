"""What one round shows: each planned competency with its level, evidence and gap. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.assessment.competency_report import competency_report
from interviewer.assessment.evidence import Answered
from interviewer.assessment.findings import RoundReport
from interviewer.assessment.heights import heights_in
from interviewer.assessment.judging import Judging
from interviewer.assessment.own_questions import own_questions
from interviewer.assessment.scored import score_of
from interviewer.assessment.speech import speech_in
from interviewer.content.library import Library
from interviewer.content.rubric import Scale
from interviewer.interview.plan import Plan, PlannedRound
from interviewer.interview.progress import spoken_minutes
from interviewer.transcript import Transcript


def round_report(
    part: PlannedRound,
    answers: Sequence[Answered],
    transcript: Transcript,
    plan: Plan,
    library: Library,
    judging: Judging,
) -> RoundReport:
    """Return what one round shows, without feedback.

    Args:
        part: The round as planned.
        answers: Its items that were asked, with what was said to them.
        transcript: The whole interview.
        plan: Its plan.
        library: Rubrics, personas and words.
        judging: What is known of the whole interview.
    """
    language = plan.language
    vocabulary = library.vocabularies.get(language)
    name = vocabulary.rounds.get(part.id, part.title) if vocabulary else part.title
    planned = dict.fromkeys(item.competency for item in part.items if item.scored)
    competencies = []
    for entry in filter(None, planned):
        own = [answer for answer in answers if answer.item.competency == entry]
        score = score_of(library.rubrics.get(entry), own, judging)
        competencies.append(
            competency_report(
                entry, own, score, library, language=language, seniority=plan.seniority
            )
        )
    said = [turn for turn in transcript.turns if turn.round == part.id]
    by_examiner = sum(len(turn.content) for turn in said if turn.by_examiner)
    by_candidate = sum(len(turn.content) for turn in said if turn.by_candidate)
    turns = [turn for answer in answers for turn in answer.turns]
    length = sum(answer.together.words for answer in answers)
    rubrics = [library.rubrics[c.id] for c in competencies if c.id in library.rubrics]
    return RoundReport(
        id=part.id,
        name=name,
        examiner=part.name,
        scale=rubrics[0].scale if rubrics else Scale(),
        competencies=tuple(competencies),
        keep=None,
        questions=own_questions(
            said,
            (turn.seq for turn in turns),
            transcript,
            _discussed(part, library),
            library.matters.get(language),
        ),
        heights=heights_in(part, transcript),
        answers=len(turns),
        words_each=round(length / len(turns)) if turns else 0,
        examiner_share=round(by_examiner / ((by_examiner + by_candidate) or 1), 3),
        minutes=round(sum(spoken_minutes(turn.content, language) for turn in said), 1),
        speech=speech_in(turns, transcript),
    )


def _discussed(part: PlannedRound, library: Library) -> tuple[str, ...]:
    """Return the matters an examiner discusses, none for a persona that is not there any more."""
    persona = library.personas.get(part.persona)
    return persona.about.may_discuss if persona else ()
