"""Which claims of an answer are kept, by the question it was given to."""

from __future__ import annotations

from interviewer.interview.ledger.comparing import lasts
from interviewer.interview.ledger.entries import entries_of
from interviewer.interview.ledger.entry import Entry
from interviewer.interview.plan import PlannedItem
from interviewer.reading.answer import Reading
from interviewer.reading.claims import claims_in
from interviewer.reading.cues import cues_for
from interviewer.research.sentences import sentences
from interviewer.transcript import Turn

# Questions on what one would do, or how a thing is done.
_OF_A_CASE = ("situational", "knowledge", "work_sample")


def kept_of(
    turn: Turn, reading: Reading, item: PlannedItem | None, *, round_id: str, asked: str
) -> tuple[Entry, ...]:  # fmt: skip
    """Return the claims of an answer worth keeping.

    Nobody comes back to what follows on a break in the CV; in an answer on a case, figures are the
    case's, but for those of the candidate's own standing.

    Args:
        turn: The answer.
        reading: What is in it.
        item: What it was given to.
        round_id: Its round.
        asked: The examiner's turn before it.
    """
    if reading.unclear or reading.gives_orders or (item is not None and item.left_alone):
        return ()
    # Figures beside the question are the candidate's all the same.
    told = [s for s in sentences(turn.content, reading.language) if s not in reading.questions]
    entries = entries_of(
        turn.content, claims_in(told, cues_for(reading.language)), seq=turn.seq,
        round_id=round_id, language=reading.language, asked=asked,
    )  # fmt: skip
    if item is not None and item.type in _OF_A_CASE:
        return tuple(filter(lasts, entries))
    return entries
