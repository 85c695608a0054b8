"""The last answer taken again while the interview runs: in practice only, and once an answer.

The second answer is a turn of its own that says which one it stands in for (`Turn.retakes`). The
first stays in the record with what the examiner said to it; from then on neither counts, and the
interview goes on as if the second had been given at once (`Transcript.counted`). Once is for a
slip: who wants to practise an answer does more on another day (SCIENCE 4.1), by `redo`.
"""

from __future__ import annotations

from interviewer.interview.plan import Plan
from interviewer.interview.progress import Progress, follow
from interviewer.transcript import Transcript, Turn

_ANSWERED = frozenset({"question", "conditions", "expectation"})
# What was said is no answer where the examiner only grants a moment, a hint or the question again,
# or says what was asked and puts the question again.
_IN_PASSING = frozenset({"time", "repeat"})


def retakable(plan: Plan, transcript: Transcript, state: Progress | None = None) -> Turn | None:
    """Return the answer that may be taken again now, None where none may.

    It is the last one, as long as the round goes on and the candidate has the word; never in an
    examination, never a reply to an improper question, a question of one's own or a request.

    Args:
        plan: The frozen plan.
        transcript: What was said.
        state: How far that is, where it is known already.
    """
    state = state or follow(plan, transcript)
    if not plan.practice or state.waiting != "candidate" or state.aside is not None:
        return None
    answers = [turn for turn in transcript.turns if turn.by_candidate]
    if not answers or not state.heard:
        return None
    last, heard = answers[-1], state.heard[-1]
    # A reply to an improper question is in the record and was not heard.
    if last.seq != heard.seq or heard.round != state.round.id or last.retakes is not None:
        return None
    item = state.round.item(heard.item) if heard.item else None
    if item is None or item.kind not in _ANSWERED or _in_passing(transcript, item.id):
        return None
    return last


def _in_passing(transcript: Transcript, item: str) -> bool:
    """Return whether the examiner only granted what was asked in passing, the item still open."""
    move = transcript.last.move if transcript.last else None
    return move is not None and (
        (move.kind == "answer" and move.item == item)
        or move.kind == "hint"
        or move.slot in _IN_PASSING
    )
