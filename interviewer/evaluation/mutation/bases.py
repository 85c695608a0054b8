"""Which interviews are changed: those in which nothing is wrong to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.evaluation.gate import Condition
from interviewer.evaluation.metric import Score
from interviewer.evaluation.running import Scored

# A base that fails one of these is no base: what is planted could not be told from what was there.
BASE_GATE = (
    "grounding<0.9,citation_validity<0.9,role_breaks>0,prohibited_questions>0,plan_order<0.9,"
    "repetition>0.05"
)


def passes(scored: Scored, gate: Sequence[Condition]) -> bool:
    """Whether an interview is a base; a metric that has no value of it has nothing against it."""
    return not any(_fails(scored.scores.get(condition.name), condition) for condition in gate)


def _fails(score: Score | None, condition: Condition) -> bool:
    return score is not None and score.value is not None and condition.holds(score.value)
