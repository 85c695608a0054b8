"""How high each ladder of the technical round was climbed, as the director wrote it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.interview.plan import PlannedRound
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Height:
    """One ladder.

    Attributes:
        item: Id of the planned item.
        about: What it is about: a requirement, or its own name.
        reached: The highest step answered soundly, empty for none.
        steps: Its steps, lowest first.
    """

    item: str
    about: str
    reached: str
    steps: tuple[str, ...]


def heights_in(part: PlannedRound, transcript: Transcript) -> tuple[Height, ...]:
    """Return the ladders of a round that were left, in the order of the plan.

    A ladder that the round ended in the middle of has no height: its last answer was not read.
    """
    reached: dict[str, str] = {}
    for turn in transcript.turns:
        note = turn.move.extra.get("ladder") if turn.move and turn.round == part.id else None
        if isinstance(note, Mapping) and "rung" not in note:
            reached[str(note.get("item"))] = str(note.get("reached") or "")
    return tuple(
        Height(item.id, item.link, reached[item.id], tuple(rung.step for rung in item.rungs))
        for item in part.items
        if item.id in reached and item.step == "knowledge"
    )
