"""An improper question the candidate chose to practise on, and the word on their reply.

The interview waits: its next move is decided as if nothing had been asked, and follows.
"""

from __future__ import annotations

from interviewer.interview.improper import IMPROPER
from interviewer.interview.moves import Move
from interviewer.interview.overlay import framed, said_after
from interviewer.interview.progress import Progress
from interviewer.interview.sealed import Sealed
from interviewer.transcript import Json

DEBRIEF = "debrief"
_MARK: Json = {IMPROPER: True}


def put_before(state: Progress, move: Move, sealed: Sealed) -> Move | None:
    """Return the improper question that comes before a move, None where none is due.

    It comes before a new question that owes nothing to the answer, and never twice in a row. Only
    words that stand in the bank are said.
    """
    practice = sealed.practice
    if practice is None or state.aside is not None or not _is_new_question(state, move):
        return None
    for item in state.round.improper:
        if item.id in state.put or len(state.asked) < item.after:
            continue
        if practice.question(item.text) is not None:
            return Move(
                kind="ask", round=state.round.id, item=item, question=item.text,
                reason="practice the candidate chose: an improper question",
                record_extra=_MARK, word_for_word=framed(item.text, practice),
            )  # fmt: skip
    return None


def _is_new_question(state: Progress, move: Move) -> bool:
    new = move.kind == "ask" and move.item is not None and move.item.id not in state.asked
    return new and not (move.asked or move.first)


def debrief(state: Progress, sealed: Sealed) -> Move | None:
    """Return the word on the reply to an improper question, None where there is none to say."""
    aside, practice = state.aside, sealed.practice
    if aside is None or aside.told or practice is None:
        return None
    question = practice.question(aside.item.text)
    if question is None:
        return None
    told = practice.debriefing(question, aside.reply)
    return Move(
        kind="bridge", round=state.round.id, item=aside.item, slot=DEBRIEF,
        reason="the reply to an improper question is debriefed",
        record_extra=_MARK, word_for_word=said_after(told, practice),
    )  # fmt: skip
