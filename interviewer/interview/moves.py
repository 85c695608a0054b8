"""A move: what the next turn of an examiner does, decided before anybody words it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from interviewer.interview.plan import Lead, PlannedItem
from interviewer.transcript import EMPTY, Found, Json, MoveKind, MoveRecord, Passage, Retrieved

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Move:
    """One decided turn of an examiner.

    Attributes:
        kind: What the turn does.
        round: The round it belongs to.
        item: The planned item it is about; its question ends the turn, unless the turn closes.
        slot: The missing part a probe asks for, or the matter a deflection keeps out.
        planned: Whether its question stands in the plan.
        reason: Why it was chosen, one sentence.
        first: Phrasebook key said before the question, empty for none: a bridge, a deflection.
        question: The question's words, empty when the phrasebook has them under `question_key`.
        question_key: Phrasebook key of the question, empty when `question` has its words.
        lead: What is said before a planned question.
        thing: A noun phrase of the candidate's own to take up.
        from_earlier: Who was told of `thing`, when it was another examiner.
        asked: The candidate's question that is to be looked up, empty for none.
        found: What the store holds on it.
        terms: Values for the slots of an offer or a farewell.
        again: Whether the question was asked before in this round.
        hint: What is said to somebody who is stuck, empty for none.
        rung: Rung and case of a ladder's later question; None for any other move.
        record_extra: What else the transcript keeps of the decision, as JSON.
        word_for_word: The whole turn, where neither persona nor model has a word in it.
        by: Who decided it: the director, or a coach.
    """

    kind: MoveKind
    round: str
    item: PlannedItem | None = None
    slot: str | None = None
    planned: bool = True
    reason: str = ""
    first: str = ""
    question: str = ""
    question_key: str = ""
    lead: Lead | None = None
    thing: str | None = None
    from_earlier: str | None = None
    asked: str = ""
    found: tuple[Found, ...] = ()
    terms: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    again: bool = False
    hint: str = ""
    rung: tuple[int, int] | None = None
    record_extra: Json = field(default_factory=lambda: EMPTY)
    word_for_word: str = ""
    by: str = "director"

    def grounded(self, found: tuple[Found, ...]) -> Move:
        """Return the move with what the store holds on the candidate's question."""
        return replace(self, found=found)

    @property
    def record(self) -> MoveRecord:
        """The form the transcript keeps."""
        return MoveRecord(
            kind=self.kind,
            item=self.item.id if self.item else None,
            slot=self.slot,
            planned=self.planned,
            reason=self.reason,
            by=self.by,
            extra=self.record_extra,
        )

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the passages whose facts the turn states, in the order they are said."""
        said = [self.found[0].passage.id] if self.found else []
        if self.lead and self.lead.cites:
            said.append(self.lead.cites)
        return tuple(dict.fromkeys(said))

    @property
    def retrieved(self) -> tuple[Retrieved, ...]:
        """What was considered for the candidate's question."""
        return tuple(Retrieved(entry.passage.id, round(entry.score, 4)) for entry in self.found)

    def passages(self, plan_passages: Mapping[str, Passage]) -> tuple[Passage, ...]:
        """Return the passages the turn used, so that the transcript can keep them."""
        own = [entry.passage for entry in self.found]
        if self.lead and self.lead.cites:
            own.append(plan_passages[self.lead.cites])
        return tuple(own)
