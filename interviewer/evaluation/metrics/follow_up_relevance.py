"""Whether follow-ups depend on the answer before: a model says so, beside a control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING, Literal

from interviewer.evaluation.judged.reliability import difference, rates, relevance
from interviewer.evaluation.judged.verdicts import Judged, Looked, share
from interviewer.evaluation.metric import Finding, Overall, Score
from interviewer.evaluation.speech import Speech

if TYPE_CHECKING:
    from interviewer.evaluation.given import Given

LACKS = "It needs a model as judge; none was given."
NOT_DRAWN = "No follow-up of this transcript was among those judged."
_UNTOLD = "The judge's verdicts on its follow-ups and their controls do not count."


@dataclass(frozen=True)
class FollowUpRelevance:
    """Share of follow-ups that depend on the answer, less the same with answers swapped.

    Attributes:
        judged: What a model said, None where none was asked.
    """

    judged: Judged | None = None
    name: str = "follow_up_relevance"
    version: str = "1"
    better: Literal["higher"] = "higher"

    def informed(self, given: Given) -> FollowUpRelevance:
        """Return the metric with what a model said."""
        return replace(self, judged=given.judged)

    def score(self, speech: Speech) -> Score:
        """Return the rate of real follow-ups less that of their controls."""
        if self.judged is None:
            return Score(None, LACKS)
        looked = self.judged.looked.get(speech.where, ())
        if not looked:
            return Score(None, NOT_DRAWN)
        findings = tuple(_finding(entry) for entry in looked if share(entry.real) == 0)
        told = [value for entry in looked if (value := difference(entry)) is not None]
        if not told:
            return Score(None, _UNTOLD, findings)
        return Score(fmean(told), findings=findings)

    def together(self, scores: Mapping[str, Score]) -> Overall | None:
        """Return the same over all follow-ups, with both rates."""
        if self.judged is None:
            return None
        found = relevance(self.judged.all)
        told = sum(score.value is not None for score in scores.values())
        mean, ends = found or (None, None)
        return Overall(mean, ends, told, rates(self.judged))


def _finding(entry: Looked) -> Finding:
    return Finding(
        entry.follow_up.seq,
        FollowUpRelevance.name,
        "unrelated",
        "minor",
        "The judge found nothing in the answer before that it depends on.",
        entry.follow_up.text,
        entry.follow_up.answer[:200],
    )
