"""The levels of an interview: which answers go to which rubric, with what was kept of each."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.assessment.evidence import Answered
from interviewer.assessment.judging import Judging
from interviewer.assessment.scoring.answer_score import AnswerScore, Asked
from interviewer.assessment.scoring.competency_score import Score, score_competency
from interviewer.assessment.scoring.judged import judged_text
from interviewer.content.rubric import Rubric
from interviewer.reading.level import points_held

# Of a long list of points nobody is expected to say all.
_ENOUGH_POINTS = 0.7


def score_of(rubric: Rubric | None, answers: Sequence[Answered], judging: Judging) -> Score:
    """Return the level of a competency in one round, with a score an answer in the order asked.

    Args:
        rubric: Its rubric, None where the file is not there any more.
        answers: The answers that bear on it.
        judging: What is known of the whole interview.
    """
    if rubric is None:
        nothing = tuple(AnswerScore(None, None, "no_rubric") for _ in answers)
        return Score(None, "no_rubric", None, None, (), nothing)
    asked = [asked_of(answer, judging) for answer in answers]
    return score_competency(rubric, asked, judging.language)


def asked_of(answer: Answered, judging: Judging) -> Asked:
    """Return a planned item and what was said to it as they are scored."""
    item = answer.item
    said = tuple(turn.content for turn in answer.turns)
    questions = tuple(judging.question_before(turn) for turn in answer.turns)
    share = judging.heights.get(item.id)
    held = judging.points.get(item.id, ())
    if share is None and held:
        text = judged_text(said, judging.language)
        share = min(1.0, points_held(text, held, judging.language) / len(held) / _ENOUGH_POINTS)
    return Asked(
        question=item.text or questions[0],
        kind=item.type or "",
        said=said,
        before=questions,
        share=share,
        repeated=tuple(text for turn in answer.turns for text in judging.repeated_in(turn)),
        conceded=answer.conceded,
    )
