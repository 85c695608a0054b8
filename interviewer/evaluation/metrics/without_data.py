"""Metrics that need what no transcript alone holds: without it they say so and give no number."""

from __future__ import annotations

from interviewer.content.library import Library
from interviewer.evaluation.metrics.follow_up_relevance import FollowUpRelevance
from interviewer.evaluation.metrics.judge_reliability import JudgeReliability
from interviewer.evaluation.metrics.outcome import Outcomes
from interviewer.evaluation.metrics.scoring_agreement import ScoringAgreement


def follow_up_relevance(library: Library) -> FollowUpRelevance:
    """Return that which needs a model: without one no measure does better than chance."""
    return FollowUpRelevance()


def scoring_agreement(library: Library) -> ScoringAgreement:
    """Return that which needs levels given by people."""
    return ScoringAgreement(library)


def outcome(library: Library) -> Outcomes:
    """Return that which needs outcomes told by people, and decisions."""
    return Outcomes()


def judge_reliability(library: Library) -> JudgeReliability:
    """Return that which needs a judge's repeated verdicts."""
    return JudgeReliability()
