"""Where a ladder goes after an answer (SCIENCE 2.3): up from 4, on at 3, down at 2 or below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview.plan import PlannedItem

MOST_DOWNS = 2
GOES_UP = 4
STAYS = 3


@dataclass(frozen=True, slots=True)
class Foothold:
    """One question of a ladder that was asked.

    Attributes:
        rung: Place of its rung, the lowest 0.
        case: Which question of the rung it was.
    """

    rung: int
    case: int


@dataclass(frozen=True, slots=True)
class Step:
    """What comes after an answer.

    Attributes:
        to: The next question, None when the ladder is left.
        way: `up`, `same`, `down`, or why it is left: `top`, `done`, `left` with courtesy.
    """

    to: Foothold | None
    way: str


def start_of(item: PlannedItem) -> Foothold:
    """Return the question a ladder begins with."""
    return Foothold(min(item.start, len(item.rungs) - 1), 0)


def step_after(item: PlannedItem, asked: Sequence[Foothold], level: int) -> Step:
    """Return where the ladder goes after an answer of this level to the last question.

    No question comes twice, no rung that was passed comes again, and after two steps down in a
    row the ladder is left.
    """
    here = asked[-1]
    been = {foothold.rung for foothold in asked}
    if level >= GOES_UP:
        above = here.rung + 1
        if above >= len(item.rungs):
            return Step(None, "top")
        return Step(None, "done") if above in been else Step(Foothold(above, 0), "up")
    if level == STAYS:
        another = here.case + 1
        if another > 1 or another >= len(item.rungs[here.rung].questions):
            return Step(None, "done")
        return Step(Foothold(here.rung, another), "same")
    below = here.rung - 1
    if below < 0 or _downs(asked) >= MOST_DOWNS:
        return Step(None, "left")
    return Step(None, "done") if below in been else Step(Foothold(below, 0), "down")


def _downs(asked: Sequence[Foothold]) -> int:
    """Return how many steps down in a row led to the last question."""
    count = 0
    for before, after in zip(reversed(asked[:-1]), reversed(asked[1:]), strict=True):
        if after.rung >= before.rung:
            break
        count += 1
    return count
