"""A coach's question in an interview: no item of the plan, and never taken for one.

The plan is frozen and stays so. What a coach put in is read back from the turn that asked it.
"""

from __future__ import annotations

from interviewer.interview.plan import PlannedItem, PlannedRound
from interviewer.people.helping import COACH, PUT_IN
from interviewer.transcript import Transcript, Turn

STEP = "coach"
_NAME = "coach"


def item_id(round_id: str, number: int) -> str:
    """Return the id of a round's n-th question of a coach, counted from 1."""
    return f"{round_id}.{_NAME}.{number}"


def item_put_in(turn: Turn) -> PlannedItem | None:
    """Return the item a turn put in for a coach, None for any other turn.

    It bears on a competency only where the coach named one that its round weighs.
    """
    move = turn.move
    if move is None or move.by != COACH or move.kind != "ask" or not move.item:
        return None
    kept = move.extra.get(PUT_IN)
    named = kept.get("competency") if hasattr(kept, "get") else None
    return PlannedItem(
        move.item, "question", STEP, text=turn.content,
        competency=named if isinstance(named, str) and named else None,
    )  # fmt: skip


def items_put_in(part: PlannedRound, transcript: Transcript) -> tuple[PlannedItem, ...]:
    """Return what was put into a round, in the order it was asked."""
    found: dict[str, PlannedItem] = {}
    for turn in transcript.turns:
        item = item_put_in(turn) if turn.round == part.id and turn.by_examiner else None
        if item is not None and part.item(item.id) is None:
            found.setdefault(item.id, item)
    return tuple(found.values())


def weighed_in(part: PlannedRound) -> tuple[str, ...]:
    """Return the competencies a round weighs, in the order of its plan."""
    named = (item.competency for item in part.items if item.scored)
    return tuple(dict.fromkeys(name for name in named if name is not None))
