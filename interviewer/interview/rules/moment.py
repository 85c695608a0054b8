"""The moment a rule looks at: plan, progress, the last answer as read, and what is kept back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interviewer.interview.heard import kind_of, together
from interviewer.interview.moves import Move
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.progress import Progress
from interviewer.interview.sealed import Sealed
from interviewer.reading.answer import Reading, read_once


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an interview stands when the examiner has the word.

    Attributes:
        plan: The frozen plan.
        state: How far the interview is.
        reading: The candidate's last answer as read; of silence before the first.
        sealed: What is decided with and never said.
    """

    plan: Plan
    state: Progress
    reading: Reading
    sealed: Sealed

    @property
    def item(self) -> PlannedItem | None:
        """The item that was asked last."""
        return self.state.pending

    @property
    def together(self) -> Reading:
        """What all answers to the open question hold together."""
        answers = self.state.answers
        if len(answers) == 1:
            return self.reading
        joined = read_once("\n".join(answers), self.plan.language, kind=kind_of(self.item))
        return together(self.state.heard[len(self.state.heard) - len(answers) :], joined)

    @property
    def own_turn(self) -> bool:
        """Whether the round is at the candidate's own questions."""
        return self.item is not None and self.item.kind == "candidate_questions"


Rule = Callable[[Moment], Move | None]
"""Names the move when its matter is at hand, None when it is not."""
