"""The level of a competency, combined in code from the answers that bear on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewer.assessment.scoring.answer_score import AnswerScore, AnswerScorer, Asked
from interviewer.assessment.scoring.gates import Unscored
from interviewer.assessment.scoring.newness import source_of
from interviewer.assessment.scoring.scales import anchor_for
from interviewer.assessment.scoring.shrinking import asked_about, shrunk_by
from interviewer.content.rubric import Rubric

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """What an interview shows of one competency.

    Attributes:
        level: On the rubric's scale, to a tenth; None when it is not scored.
        reason: Why it is not.
        spread: Highest less lowest level of the single answers.
        anchor: The anchor it is nearest to.
        lifts: What would lift it, by name.
        answers: What each answer is worth, in the order asked.
    """

    level: float | None
    reason: Unscored | None
    spread: float | None
    anchor: int | None
    lifts: tuple[str, ...]
    answers: tuple[AnswerScore, ...]


def score_competency(
    rubric: Rubric,
    asked: Sequence[Asked],
    language: str,
) -> Score:
    """Return the level of a competency.

    Each answer counts by how much it says; what was taken back lowers the answer it was taken
    from. An answer without evidence moves nothing.

    Args:
        rubric: The rubric.
        asked: Questions for this competency with their answers, oldest first.
        language: Language of the interview.
    """
    shrunk, void = _taken_back(asked, language)
    scorer = AnswerScorer(rubric, language)
    lowest = float(rubric.scale.min)
    found: list[AnswerScore] = []
    told: list[str] = []
    for place, entry in enumerate(asked):
        turns = frozenset(turn for question, turn in void if question == place)
        score = scorer.score(entry, source_of([*told, *entry.repeated], language), turns)
        found.append(_lowered(score, shrunk.get(place, 0.0), lowest))
        told += [text for turn, text in enumerate(entry.said) if turn not in turns]
    return _combined(rubric, found)


def _combined(rubric: Rubric, found: Sequence[AnswerScore]) -> Score:
    scored = [(answer.level, answer) for answer in found if answer.level is not None]
    if not scored:
        reason = next((answer.reason for answer in found), None) or "no_evidence"
        return Score(None, reason, None, None, (), tuple(found))
    total = sum(answer.weight for _, answer in scored)
    level = round(sum(value * answer.weight for value, answer in scored) / total, 1)
    levels = [value for value, _ in scored]
    weakest = min(scored, key=lambda entry: entry[0])[1]
    return Score(
        level=level,
        reason=None,
        spread=round(max(levels) - min(levels), 1),
        anchor=anchor_for(rubric, level),
        lifts=weakest.lifts,
        answers=tuple(found),
    )


def _taken_back(
    asked: Sequence[Asked], language: str
) -> tuple[dict[int, float], frozenset[Place]]:
    """Return which share of each answer was taken back, and the turns that did so."""
    shrunk: dict[int, float] = {}
    void: set[Place] = set()
    turns: list[tuple[Place, str]] = []
    for place, entry in enumerate(asked):
        for turn, (text, question) in enumerate(zip(entry.said, entry.before, strict=True)):
            share = shrunk_by(question, text, language) if turns else 0.0
            about = asked_about(question, text, [t for _, t in turns]) if share else None
            if about is not None:
                target = turns[about][0][0]
                shrunk[target] = max(shrunk.get(target, 0.0), share)
                void.add((place, turn))
            else:
                turns.append(((place, turn), text))
    return shrunk, frozenset(void)


def _lowered(score: AnswerScore, share: float, lowest: float) -> AnswerScore:
    if score.level is None or not share:
        return score
    level = lowest + (score.level - lowest) * (1 - share)
    return replace(score, level=level, lifts=("withdrawn", *score.lifts))
