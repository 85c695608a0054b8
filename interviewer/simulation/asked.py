"""What a simulated candidate has before them: the open question, and what they said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.progress import Progress
from interviewer.interview.sealed import Points
from interviewer.interview.written.key import Key
from interviewer.simulation.sheet import Sheet
from interviewer.simulation.truth import Truth
from interviewer.transcript import MoveRecord

NO_ITEM = PlannedItem(id="", kind="question", step="")


@dataclass(frozen=True, slots=True)
class Asked:
    """The moment at which the candidate has the word.

    Attributes:
        plan: The frozen plan.
        state: How far the interview is, the examiner's turn included.
        move: What the examiner's turn did.
        seq: The number the answer gets.
        sheet: The candidate's private figures.
        told: The truth of their earlier answers, oldest first.
        points: What good answers hold, by item or by item and rung; known to who knows the work.
        year: The year of the interview.
        keys: Right answers to the written test, by item.
    """

    plan: Plan
    state: Progress
    move: MoveRecord
    seq: int
    sheet: Sheet = field(default_factory=Sheet)
    told: tuple[Truth, ...] = ()
    points: Mapping[str, Points] = field(default_factory=lambda: MappingProxyType({}))
    year: int = 2026
    keys: Mapping[str, Key] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def item(self) -> PlannedItem:
        """The item whose question is open."""
        return self.state.pending or NO_ITEM

    @property
    def question_id(self) -> str:
        """The question's id in its rubric, without the round."""
        return self.item.id.partition(".")[2]

    @property
    def place(self) -> int:
        """Place of the round in the interview, from 0 on."""
        return self.plan.rounds.index(self.state.round)

    @property
    def probe(self) -> str:
        """The part that was asked for, empty when the turn was no probe."""
        return (self.move.slot or "more") if self.move.kind == "probe" else ""

    @property
    def rung(self) -> str:
        """The step of the ladder that is asked, empty when no ladder is."""
        if not self.state.climbed:
            return ""
        return self.item.rungs[self.state.climbed[-1][0]].step

    @property
    def said(self) -> str:
        """Everything the candidate has said so far."""
        return "\n".join(heard.text for heard in self.state.heard)

    @property
    def here(self) -> tuple[Truth, ...]:
        """The truth of the answers to the open item."""
        return tuple(truth for truth in self.told if truth.item == self.item.id)
