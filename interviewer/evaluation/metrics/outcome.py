"""Whether decisions agree with what became of candidates; this program makes none itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from interviewer.evaluation.agreement.marks import Mark
from interviewer.evaluation.agreement.outcome import outcome_of, outcomes_in
from interviewer.evaluation.agreement.telling import outcome_to_json
from interviewer.evaluation.metric import SAME, TOGETHER, Overall, Score
from interviewer.evaluation.speech import Speech

if TYPE_CHECKING:
    from interviewer.evaluation.given import Given

LACKS = "It needs outcomes recorded by people; give them with --human."
UNDECIDED = "It needs decisions to hold against outcomes: none are made here. Give --machine."
_NOBODY = "Nobody told the outcome and the decision of this transcript."


@dataclass(frozen=True)
class Outcomes:
    """Cohen's kappa of decisions with outcomes.

    Attributes:
        people: Outcomes told by people.
        machine: Decisions.
    """

    people: tuple[Mark, ...] = ()
    machine: tuple[Mark, ...] = ()
    name: str = "outcome"
    version: str = "1"
    better: Literal["higher"] = "higher"

    def informed(self, given: Given) -> Outcomes:
        """Return the metric with outcomes and decisions."""
        return replace(self, people=outcomes_in(given.people), machine=outcomes_in(given.machine))

    def score(self, speech: Speech) -> Score:
        """Return the outcome and the decision of a transcript."""
        if not self.people:
            return Score(None, LACKS)
        if not self.machine:
            return Score(None, UNDECIDED)
        name = speech.transcript.id
        own = [mark for mark in self.people if mark.thing.transcript == name]
        told = [mark for mark in self.machine if mark.thing.transcript == name]
        if not own or not told:
            return Score(None, _NOBODY)
        return Score(None, TOGETHER, observed=(*own, *told))

    def together(self, scores: Mapping[str, Score]) -> Overall | None:
        """Return kappa over all transcripts, with confusion, Brier score and groups beside it."""
        seen = {mark for score in scores.values() for mark in score.observed}
        found = outcome_of(
            [mark for mark in self.people if mark in seen],
            [mark for mark in self.machine if mark in seen],
        )
        if found is None:
            return None
        told = sum(score.reason == TOGETHER for score in scores.values())
        reason = SAME if found.kappa is None else ""
        return Overall(found.kappa, found.kappa_ci95, told, outcome_to_json(found), reason)
