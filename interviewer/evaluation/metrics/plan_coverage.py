"""How much of the plan was asked, told by what was said and not by what the file claims."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.interview.plan import PlannedItem, PlannedRound
from interviewer.research.lexical import terms

# Share of a planned question's terms that a question must have.
HIT = 0.6


class PlanCoverage:
    """Share of planned questions that were asked, each by its minutes."""

    name = "plan_coverage"
    version = "1"
    better: Literal["higher"] = "higher"
    thresholds = MappingProxyType({"words": HIT})

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return the weighted share of planned questions that were asked."""
        speech = speech.counted
        if speech.plan is None:
            return Score(None, "The transcript holds no plan.")
        hits = list(first_hits(speech))
        if not hits:
            return Score(None, "The plan holds no question in words.")
        total = sum(item.minutes or 1.0 for _, item, _ in hits)
        asked = sum(item.minutes or 1.0 for _, item, hit in hits if hit is not None)
        findings = tuple(
            Finding(
                None, self.name, "left_out", "minor", f"{item.id} was not asked.", "", item.text
            )
            for _, item, hit in hits
            if hit is None
        )
        return Score(asked / total, findings=findings)


def first_hits(speech: Speech) -> Iterator[tuple[PlannedRound, PlannedItem, Sentence | None]]:
    """Yield every planned question with the first sentence that asks it, in the plan's order."""
    plan = speech.plan
    asking = {s.place: terms(s.turn.content) for s in speech.questions}
    for part in plan.conversations if plan else ():
        for item in part.items:
            wanted = terms(item.text)
            if item.kind != "question" or not wanted:
                continue
            hit = (
                s for s in speech.questions
                if s.turn.round in (None, part.id)
                and len(wanted & asking[s.place]) >= HIT * len(wanted)
            )  # fmt: skip
            yield part, item, next(hit, None)
