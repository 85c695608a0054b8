"""Metrics that need what no transcript alone holds: said so, never a number in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Score
from interviewer.evaluation.speech import Speech


@dataclass(frozen=True)
class WithoutData:
    """A metric that cannot be told from a transcript alone.

    Attributes:
        name: Its name.
        lacks: What it would need, as a sentence.
    """

    name: str
    lacks: str
    version: str = "1"
    better: Literal["higher"] = "higher"

    def score(self, speech: Speech) -> Score:
        """Return that it cannot be told, and why."""
        return Score(None, self.lacks)


def follow_up_relevance(library: Library) -> WithoutData:
    """Return that this needs a model: without one no measure does better than chance."""
    return WithoutData("follow_up_relevance", "It needs a model as judge; none was given.")


def scoring_agreement(library: Library) -> WithoutData:
    """Return that this needs marks given by people."""
    return WithoutData("scoring_agreement", "It needs levels given by people.")


def outcome(library: Library) -> WithoutData:
    """Return that this needs decisions made by people."""
    return WithoutData("outcome", "It needs outcomes recorded by people.")


def judge_reliability(library: Library) -> WithoutData:
    """Return that this needs a judge's repeated verdicts."""
    return WithoutData("judge_reliability", "It needs a model as judge; none was given.")
