"""The trivial check as a scorer of Inspect: how many turns the examiner has."""

from inspect_ai.scorer import Score, Scorer, Target, mean, scorer
from inspect_ai.solver import TaskState


@scorer(metrics=[mean()])
def turns() -> Scorer:
    """Return a scorer that counts the turns of one side."""

    async def score(state: TaskState, target: Target) -> Score:
        return Score(value=sum(message.role == "assistant" for message in state.messages))

    return score
