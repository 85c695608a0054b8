"""What feedback is made of, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Confidence = Literal["low", "medium", "high"]
"""How much evidence a level rests on; never how likely anything is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a retelling.

    Attributes:
        part: Part of the story it tells.
        text: Words of the candidate, an exact part of turn `seq`; for a gap what is to be filled
            in there.
        seq: The turn, None for a gap.
        joined: Connecting words before it, from the word file; empty where none are needed.
    """

    part: str
    text: str
    seq: int | None
    joined: str = ""


@dataclass(frozen=True, slots=True)
class ModelLine:
    """An answer in the candidate's own words, in the order a listener needs."""

    pieces: tuple[Piece, ...]
    space: str = " "

    @property
    def text(self) -> str:
        """The whole line."""
        words = (part for piece in self.pieces for part in (piece.joined, piece.text))
        return self.space.join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """One thing to do better (SCIENCE 4.1).

    Attributes:
        round: Round id.
        competency: Rubric id.
        name: Its name in the language of the report.
        item: Id of the planned item.
        turns: The candidate's turns to it.
        lack: What was missing, by name.
        level: Level of the competency, None when nothing could be scored.
        required: Level the post asks for, None where it is not known.
        spread: Highest less lowest level of its answers, None without a level.
        confidence: How much the level rests on.
        rests_on: The same in words.
        seq: Turn of the quote.
        evidence_quote: An exact part of that turn.
        said_by: Who said it: the examiner, where the candidate left a question open.
        anchor_matched: Text of the anchor the level is nearest to; empty without a level.
        anchor_next: Text of the next one up; empty at the top.
        gap: What the next anchor has and the answer lacks.
        question_to_you: Asks for the missing facts of this answer.
        drill: What to practise.
        minutes: How long that takes.
        when: By when, in words.
        again: Whether the same was missing in another item of the round.
        still: Whether the last report named the same.
        model_line: The answer in the candidate's own words, only where its facts were told.
        outline: The same with places for what was not told; None where nothing could stand in it.
    """

    round: str
    competency: str
    name: str
    item: str
    turns: tuple[int, ...]
    lack: str
    level: float | None
    required: int | None
    spread: float | None
    confidence: Confidence
    rests_on: str
    seq: int
    evidence_quote: str
    said_by: Literal["candidate", "examiner"]
    anchor_matched: str
    anchor_next: str
    gap: str
    question_to_you: str
    drill: str
    minutes: int
    when: str
    again: bool = False
    still: bool = False
    model_line: ModelLine | None = None
    outline: ModelLine | None = None

    @property
    def quoted_apart(self) -> bool:
        """Whether the quote stands on its own, and not already whole in the question."""
        return self.evidence_quote.strip(" .。") not in self.question_to_you


@dataclass(frozen=True, slots=True)
class Strength:
    """What to keep doing.

    Attributes:
        seq: The candidate's turn.
        text: The words that show it, an exact part of that turn.
        shown: What they show: a part of a story or a sign.
        why: Why it counts.
    """

    seq: int
    text: str
    shown: str
    why: str


@dataclass(frozen=True, slots=True)
class OneThing:
    """The most valuable change over all rounds, with its grounds.

    Attributes:
        lack: What is missing, by name.
        change: The change in one sentence.
        why: Why this one: how often, and what it holds back.
        turns: Turns it was seen in.
        answers: How many answers lack it.
        of: Out of how many that could have had it.
        now: What to do in the next ten minutes.
    """

    lack: str
    change: str
    why: str
    turns: tuple[int, ...]
    answers: int
    of: int
    now: str
