"""A question a coach put in: asked at the next new question, word for word, as the coach's."""

from __future__ import annotations

from types import MappingProxyType

from interviewer.interview.moves import Move
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.progress import Progress
from interviewer.interview.put_in import STEP, item_id, weighed_in
from interviewer.people.helping import COACH, PUT_IN, Help


def may_put_in(plan: Plan) -> bool:
    """Return whether a coach may help at all.

    Never in an examination, nor before a board that reads the same set questions to everybody.
    """
    return plan.practice and not plan.anonymous


def put_in(plan: Plan, state: Progress, move: Move, question: Help | None) -> Move | None:
    """Return the move that asks a coach's question in place of one, None where none is due.

    It comes before a new question that owes nothing to the last answer, or before the farewell;
    what it comes before is decided anew afterwards. No examiner words it: what the coach wrote is
    asked.
    """
    if question is None or not may_put_in(plan) or not _is_between(state, move):
        return None
    number = sum(name.startswith(item_id(state.round.id, 0)[:-1]) for name in state.asked) + 1
    named = question.competency if question.competency in weighed_in(state.round) else ""
    item = PlannedItem(
        item_id(state.round.id, number), "question", STEP, text=question.text,
        competency=named or None,
    )  # fmt: skip
    return Move(
        kind="ask",
        round=state.round.id,
        item=item,
        planned=False,
        by=COACH,
        reason="the coach put this question in",
        question=question.text,
        word_for_word=question.text,
        record_extra=MappingProxyType({PUT_IN: {"id": question.id, "competency": named}}),
    )


def _is_between(state: Progress, move: Move) -> bool:
    """Whether one question is done with, the next not begun, and somebody there to answer."""
    if move.asked or move.first or state.silences:
        return False
    if move.kind == "close":
        return state.pending is not None
    return move.kind == "ask" and move.item is not None and move.item.id not in state.asked
