"""Answers as feedback sees them, put together by hand."""

from __future__ import annotations

from dataclasses import replace

from interviewer.assessment.evidence import Answered
from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.rated import Rated, RatedRound
from interviewer.assessment.feedback.telling import told_in
from interviewer.assessment.heights import Height
from interviewer.assessment.scoring.answer_score import AnswerScore
from interviewer.assessment.scoring.competency_score import Score
from interviewer.content.rubric import Rubric
from interviewer.interview.plan import PlannedItem
from interviewer.reading.answer import read
from interviewer.transcript import Interview, MoveRecord, Transcript, Turn

ITEM = PlannedItem(
    "hr.x", "question", "core", competency="teamwork_conflict", type="past_behaviour",
    text="What did you do the last time a colleague and you wanted different things?",
)  # fmt: skip
FULL = (
    "In March 2024 the night load of 210 shops failed twice a week. I asked each of the three "
    "buyers what would hurt if it came late. I rewrote the retry step myself, because a larger "
    "machine would have cost more. As a result failures fell from 9 a month to 1."
)
LATE = (
    "Last spring we moved 40 vans to another depot, and the drivers were against it.",
    "I rang each of the drivers myself and drew up a list of who could start where. "
    "In the end 38 of the 40 were at the new depot by Monday.",
)


def worth(level: float | None = 2.0, before: float | None = None, **more: object) -> AnswerScore:
    """Return what an answer is worth."""
    return replace(AnswerScore(level, before, None, weight=0.8), **more)  # type: ignore[arg-type]  # passed on


def answered(*said: str, language: str = "en", **item: object) -> Answered:
    """Return an answer of so many turns, numbered by even numbers."""
    turns = tuple(
        Turn(2 * place, "user", text, round="hr") for place, text in enumerate(said, start=1)
    )
    whole = "\n".join(said)
    asked = replace(ITEM, **item)  # type: ignore[arg-type]  # passed on
    return Answered(asked, turns, read(said[0], language), read(whole, language))


def heard(
    *said: str, score: AnswerScore | None = None, language: str = "en",
    height: Height | None = None, **item: object,
) -> Heard:  # fmt: skip
    """Return an answer with all that is known of it."""
    answer = answered(*said, language=language, **item)
    return Heard(answer, score or worth(), told_in(answer, language), height, (), language)


def transcript_of(answer: Answered, language: str = "en") -> Transcript:
    """Return the transcript in which an answer was given."""
    turns: list[Turn] = []
    for place, turn in enumerate(answer.turns):
        move = MoveRecord("probe" if place else "ask", answer.item.id)
        text = "What did you do?" if place else f"Thank you. {answer.item.text}"
        turns += [Turn(2 * place + 1, "assistant", text, "hr", round="hr", move=move), turn]
    return Transcript("t", Interview(language=language), tuple(turns))


def rated_round(
    answers: list[tuple[Answered, AnswerScore]], rubric: Rubric, level: float | None = 2.0,
    required: int | None = 4, round_id: str = "hr", heights: tuple[Height, ...] = (),
) -> RatedRound:  # fmt: skip
    """Return a round with one competency, rated so."""
    scores = tuple(score for _, score in answers)
    anchor = None if level is None else min(rubric.anchors, key=lambda a: abs(a - level))
    reason = "nothing_said" if level is None else None
    score = Score(level, reason, 0.0 if level is not None else None, anchor, (), scores)  # type: ignore[arg-type]  # a literal
    entry = Rated(
        rubric.id, rubric.name["en"], required, rubric.scale, score,
        tuple(answer for answer, _ in answers), rubric,
    )  # fmt: skip
    return RatedRound(round_id, (entry,), heights, last=round_id != "hr")
