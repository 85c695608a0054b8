"""Every metric as a scorer: `inspect score LOG --scorer three_rounds/grounding`."""

from __future__ import annotations

from collections.abc import Callable

from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import TaskState

from interviewer.inspect.measuring import measured, named, names


def register() -> None:
    """Register a scorer for every metric that is installed."""
    for name in names():
        title, make = named(name, _scorer_of(name))
        scorer(metrics=[mean(), stderr()], name=title)(make)


def _scorer_of(name: str) -> Callable[..., Scorer]:
    def metric(interviewer_role: str = "") -> Scorer:
        # Inspect refuses a scorer whose inner function does not say what it returns.
        async def score(state: TaskState, target: Target) -> Score:
            told = measured(
                name,
                transcript=state.sample_id,
                messages=[m.model_dump(mode="json", exclude_none=True) for m in state.messages],
                metadata=state.metadata,
                interviewer_role=interviewer_role,
            )
            if told.value is None:
                return Score.unscored(explanation=told.explanation, metadata=told.metadata)
            return Score(value=told.value, explanation=told.explanation, metadata=told.metadata)

        return score

    return metric
