"""A round as it was rated, and what could be told of it."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.assessment.evidence import Answered
from interviewer.assessment.feedback.choosing import Chance
from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.quoting import Evidence
from interviewer.assessment.heights import Height
from interviewer.assessment.scoring.competency_score import Score
from interviewer.content.rubric import Rubric, Scale


@dataclass(frozen=True, slots=True)
class Rated:
    """A competency of one round as it was scored.

    Attributes:
        id: Rubric id.
        name: Its name in the language of the report.
        required: Level the post asks for, None where it is not known.
        scale: Its levels.
        score: Its level, with a score for each answer in the order of `answers`.
        answers: The answers that bear on it.
        rubric: Its anchors; None where the file is not there any more.
    """

    id: str
    name: str
    required: int | None
    scale: Scale
    score: Score
    answers: tuple[Answered, ...]
    rubric: Rubric | None


@dataclass(frozen=True, slots=True)
class RatedRound:
    """A round as it was rated.

    Attributes:
        id: Round id.
        competencies: Its competencies in the order of the plan.
        heights: How far up its ladders were climbed.
        last: Whether no round follows it in the plan.
    """

    id: str
    competencies: tuple[Rated, ...]
    heights: tuple[Height, ...]
    last: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that could be told of an answer.

    Attributes:
        chance: What it is, and what telling it could gain.
        heard: The answer.
        rated: Its competency.
        evidence: What is quoted for it.
    """

    chance: Chance
    heard: Heard
    rated: Rated
    evidence: Evidence
