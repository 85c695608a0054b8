"""What one interview contributes to a candidate's progress: levels by question, stories told."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.assessment.evidence import Answered, answered_in
from interviewer.assessment.findings import Assessment, CompetencyReport
from interviewer.assessment.progress.telling import Telling, tellings_in
from interviewer.assessment.self_rating import distance
from interviewer.content.rubric import Scale
from interviewer.errors import InputError
from interviewer.interview.plan import PlannedItem, PlannedRound
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript

BUILT_IN = "builtin"
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an interview shows by one question.

    Attributes:
        competency: Rubric id.
        name: Its name in the language of the interview.
        family: The type of the question: those of one type are parallel.
        question: Its id without the round, the same in every interview.
        asked: Whether the interview came to it.
        level: None where it is not scored.
        weight: How much the answer says, 0 to 1.
        reason: Why there is no level, in words; empty where nothing is said of it.
        required: The level the post asks for, None where the rubric is not known.
        scale: The levels there are.
    """

    competency: str
    name: str
    family: str
    question: str
    asked: bool
    level: float | None
    weight: float
    reason: str
    required: int | None
    scale: Scale


@dataclass(frozen=True, slots=True)
class Sitting:
    """One interview of a candidate.

    Attributes:
        session: Its id.
        at: When it was settled, ISO in UTC; empty where the transcript does not say.
        company: Employer's id.
        employer: Its name.
        post: Post's id.
        title: The post's title.
        language: Language of the interview.
        mode: `text` or `voice`; the two are never compared (SCIENCE 1.1).
        assessor: Who gave the levels; different ones are never compared.
        redo: Whether it gives one earlier answer again.
        finished: Whether it was carried to its end.
        answers: By question, of rounds that were begun, in the order of the plan.
        tellings: Stories told in it, in the order told.
        personas: Examiners who took part, by id.
        distance: How far the candidate's own levels were from these on average, None without own.
    """

    session: str
    at: str
    company: str
    employer: str
    post: str
    title: str
    language: str
    mode: str
    assessor: str
    redo: bool
    finished: bool
    answers: tuple[Answer, ...]
    tellings: tuple[Telling, ...]
    personas: tuple[str, ...]
    distance: float | None = None

    @property
    def time(self) -> datetime.datetime | None:
        """When it was settled, None where nothing tells."""
        try:
            time = datetime.datetime.fromisoformat(self.at)
        except ValueError:
            return None
        return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)

    @property
    def competencies(self) -> frozenset[str]:
        """The competencies it came to."""
        return frozenset(answer.competency for answer in self.answers if answer.asked)


def sitting_of(
    transcript: Transcript, assessment: Assessment, assessor: str = BUILT_IN
) -> Sitting | None:
    """Return what an interview contributes, None where it has no plan or is simulated.

    Args:
        transcript: The interview.
        assessment: Its report.
        assessor: Who gave the levels of the report.
    """
    interview = transcript.interview
    try:
        plan = plan_of(transcript)
    except InputError:
        return None
    if interview.extra.get("simulated"):
        return None
    mode = interview.extra.get("mode")
    said = [
        (part, answer)
        for part in plan.conversations
        for answer in answered_in(part, transcript, plan.language)
    ]
    names = {c.id: c.name for part in assessment.rounds for c in part.competencies}
    created = interview.created or ""
    return Sitting(
        session=transcript.id,
        at=created,
        company=plan.company,
        employer=assessment.company,
        post=plan.post,
        title=assessment.post,
        language=plan.language,
        mode=mode if isinstance(mode, str) and mode else TEXT,
        assessor=assessor,
        redo=isinstance(interview.extra.get("redo"), Mapping),
        finished=assessment.finished,
        answers=_answers(plan.conversations, said, assessment),
        tellings=tellings_in(transcript.id, created, said, names, plan.language),
        personas=tuple(part.persona for part in plan.conversations),
        distance=distance(assessment),
    )


def family_of(item: PlannedItem) -> str:
    """Return the family of an item's question: its type, or its kind where it has none."""
    return item.type or item.kind


def _answers(
    rounds: Sequence[PlannedRound],
    said: Sequence[tuple[PlannedRound, Answered]],
    assessment: Assessment,
) -> tuple[Answer, ...]:
    given = {answer.item.id: answer for _, answer in said}
    reports = {(part.id, c.id): c for part in assessment.rounds for c in part.competencies}
    return tuple(
        _answer(item, report, given.get(item.id))
        for part in rounds
        for item in part.items
        if item.scored and (report := reports.get((part.id, item.competency or "")))
    )


def _answer(item: PlannedItem, report: CompetencyReport, given: Answered | None) -> Answer:
    seqs = {turn.seq for turn in given.turns} if given else set()
    worth = next((score for seq, score in report.answers if seq in seqs), None)
    level = worth.level if worth else None
    return Answer(
        competency=report.id,
        name=report.name,
        family=family_of(item),
        question=item.id.partition(".")[2],
        asked=given is not None,
        level=level,
        weight=worth.weight if worth else 0.0,
        reason=report.reason,
        required=report.required,
        scale=report.scale,
    )
