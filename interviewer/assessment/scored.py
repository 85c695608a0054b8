"""The levels of an interview: which answers go to which rubric, with what was kept of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interviewer.assessment.evidence import Answered
from interviewer.assessment.heights import heights_in
from interviewer.assessment.scoring.answer_score import AnswerScore, Asked
from interviewer.assessment.scoring.competency_score import Score, score_competency
from interviewer.assessment.scoring.judged import judged_text
from interviewer.content.rubric import Rubric
from interviewer.interview.plan import PlannedRound
from interviewer.interview.sealed import Points
from interviewer.reading.level import points_held
from interviewer.transcript import Transcript

# Of a long list of points nobody is expected to say all.
_ENOUGH_POINTS = 0.7


def score_of(
    rubric: Rubric | None,
    answers: Sequence[Answered],
    part: PlannedRound,
    transcript: Transcript,
    points: Mapping[str, Points],
) -> Score:
    """Return the level of a competency in one round, with a score an answer in the order asked.

    Args:
        rubric: Its rubric, None where the file is not there any more.
        answers: The answers that bear on it.
        part: The round.
        transcript: What was said.
        points: What good answers hold, by item.
    """
    if rubric is None:
        nothing = tuple(AnswerScore(None, None, "no_rubric") for _ in answers)
        return Score(None, "no_rubric", None, None, (), nothing)
    language = transcript.interview.language or "en"
    heights = {
        height.item: _height(height.reached, height.steps)
        for height in heights_in(part, transcript)
    }
    before, twice = _said_before(transcript), _said_twice(transcript)
    asked = [_asked(answer, before, twice, heights, points, language) for answer in answers]
    return score_competency(rubric, asked, language)


def _asked(
    answer: Answered,
    before: Mapping[int, str],
    twice: frozenset[int],
    heights: Mapping[str, float],
    points: Mapping[str, Points],
    language: str,
) -> Asked:
    item = answer.item
    said = tuple(turn.content for turn in answer.turns)
    questions = tuple(before[id(turn)] for turn in answer.turns)
    share = heights.get(item.id)
    held = points.get(item.id, ())
    if share is None and held:
        found = points_held(judged_text(said, language), held, language) / len(held)
        share = min(1.0, found / _ENOUGH_POINTS)
    return Asked(
        question=item.text or questions[0],
        kind=item.type or "",
        said=said,
        before=questions,
        seqs=tuple(turn.seq for turn in answer.turns),
        share=share,
        repeated=tuple(turn.content for turn in answer.turns if id(turn) in twice),
    )


def _height(reached: str, steps: Sequence[str]) -> float:
    return (steps.index(reached) + 1) / len(steps) if reached in steps else 0.0


def _said_before(transcript: Transcript) -> dict[int, str]:
    """Return what the examiner said before each turn of the candidate, by the turn itself.

    Turns of a file from elsewhere may share a number, so that they are told apart as objects.
    """
    found: dict[int, str] = {}
    last = ""
    for turn in transcript.turns:
        if turn.by_examiner:
            last = turn.content
        else:
            found[id(turn)] = last
    return found


def _said_twice(transcript: Transcript) -> frozenset[int]:
    """Return the candidate's turns that repeat an earlier one word for word, to any question."""
    found: set[int] = set()
    seen: set[str] = set()
    for turn in transcript.turns:
        if turn.by_candidate:
            words = " ".join(turn.content.lower().split())
            if words in seen:
                found.add(id(turn))
            seen.add(words)
    return frozenset(found)
