"""An answer with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.assessment.evidence import Answered
from interviewer.assessment.feedback.telling import Told
from interviewer.assessment.heights import Height
from interviewer.assessment.scoring.answer_score import AnswerScore
from interviewer.transcript import Passage


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer with all that is known of it.

    Attributes:
        answer: The item and what was said to it.
        score: What it is worth for its competency.
        told: Its sentences that can be quoted.
        height: How far up its ladder it came, None where it has none.
        grounds: Grounds for a figure that were given in the talk about pay; None where none was
            held.
        research: Passages that were used in the interview.
        language: Language of the interview.
    """

    answer: Answered
    score: AnswerScore
    told: tuple[Told, ...]
    height: Height | None
    research: tuple[Passage, ...]
    language: str
    grounds: frozenset[str] | None = None

    @property
    def said(self) -> str:
        """All that was said to it."""
        return "\n".join(turn.content for turn in self.answer.turns)

    @property
    def kind(self) -> str:
        """Type of the question."""
        return self.answer.item.type or ""
