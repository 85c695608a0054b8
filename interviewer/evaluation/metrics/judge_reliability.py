"""How far the judge of this evaluation can be relied on; told over all its verdicts together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from interviewer.evaluation.agreement.marks import FOLLOW_UP, Mark
from interviewer.evaluation.judged.reliability import reliability, retest
from interviewer.evaluation.judged.verdicts import Judged
from interviewer.evaluation.metric import TOGETHER, Overall, Score
from interviewer.evaluation.metrics.follow_up_relevance import LACKS, NOT_DRAWN
from interviewer.evaluation.speech import Speech

if TYPE_CHECKING:
    from interviewer.evaluation.given import Given

_UNTOLD = "The judge gave no two verdicts on the same, or always the same: kappa cannot be told."


@dataclass(frozen=True)
class JudgeReliability:
    """Kappa of a judge with itself, asked the same twice; what else is known of it stands beside.

    Attributes:
        judged: What a model said, None where none was asked.
        people: Marks of people on follow-ups.
    """

    judged: Judged | None = None
    people: tuple[Mark, ...] = ()
    name: str = "judge_reliability"
    version: str = "1"
    better: Literal["higher"] = "higher"

    def informed(self, given: Given) -> JudgeReliability:
        """Return the metric with what a model said, and people on the same."""
        people = tuple(mark for mark in given.people if mark.thing.item == FOLLOW_UP)
        return replace(self, judged=given.judged, people=people)

    def score(self, speech: Speech) -> Score:
        """Return why a transcript alone tells nothing of a judge."""
        if self.judged is None:
            return Score(None, LACKS)
        return Score(None, TOGETHER if speech.where in self.judged.looked else NOT_DRAWN)

    def together(self, scores: Mapping[str, Score]) -> Overall | None:
        """Return kappa of the first two verdicts, and all that tells of the judge."""
        if self.judged is None:
            return None
        value, ends, _ = retest(self.judged)
        told = (
            sum(score.reason == TOGETHER for score in scores.values()) if value is not None else 0
        )
        return Overall(value, ends, told, reliability(self.judged, self.people))
