"""Whether rounds and questions come in the plan's order, each round once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.plan_coverage import first_hits
from interviewer.evaluation.speech import Speech


class PlanOrder:
    """Kendall's tau of the order asked against the plan's; 0 where rounds are wrong.

    With n questions asked, tau is (pairs in order - pairs out of order) / (n (n - 1) / 2).
    """

    name = "plan_order"
    version = "2"
    better: Literal["higher"] = "higher"

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return tau over the planned questions that were asked."""
        speech = speech.counted
        if speech.plan is None:
            return Score(None, "The transcript holds no plan.")
        findings = tuple(self._rounds(speech))
        places = [hit.place for _, _, hit in first_hits(speech) if hit is not None]
        if len(places) < 2 and not findings:
            return Score(None, "Fewer than two planned questions were asked.")
        tau = _tau(places) if len(places) > 1 else 0.0
        return Score(min(tau, 0.0) if findings else tau, findings=findings)

    def _rounds(self, speech: Speech) -> Iterator[Finding]:
        plan = speech.plan
        planned = [part.id for part in plan.conversations] if plan else []
        held = [t.round for t in speech.transcript.turns if t.by_examiner and t.round in planned]
        order = [name for name, _ in groupby(held)]
        begun = [name for name in planned if name in order]
        if order != begun:
            told = ", ".join(map(str, order))
            reason = f"The rounds came as {told}; the plan has {', '.join(planned)}."
            yield Finding(None, self.name, "rounds", "serious", reason)
        elif begun and (begun != planned[: len(begun)] or _ended(speech, begun, planned)):
            missing = next(name for name in planned if name not in begun)
            yield Finding(None, self.name, "round_left_out", "serious",
                          f"The round {missing} was left out.")  # fmt: skip


def _ended(speech: Speech, begun: list[str], planned: list[str]) -> bool:
    """Whether the interview ended between two rounds: the last word is an examiner's, no question.

    One that stops while somebody waits for an answer was broken off, which is nobody's order.
    """
    last = speech.transcript.turns[-1]
    asked = {sentence.place for sentence in speech.questions}
    return (
        len(begun) < len(planned)
        and last.by_examiner
        and last.round == begun[-1]
        and len(speech.transcript.turns) not in asked
    )


def _tau(places: list[int]) -> float:
    pairs = list(combinations(places, 2))
    kept = sum((one < other) - (one > other) for one, other in pairs)
    return kept / len(pairs)
