"""Which claims of an answer are kept, by the question it was given to."""

from __future__ import annotations

from functools import lru_cache

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


# A transcript is folded anew for every turn: an answer is gone through once, not once a turn.
@lru_cache(maxsize=256)
def _told(
    text: str,
    questions: tuple[str, ...],
    seq: int | None,
    round_id: str,
    language: str,
    asked: str,
) -> tuple[Entry, ...]:
    """Return the claims of an answer, figures beside a question of the candidate's included."""
    told = [sentence for sentence in sentences(text, language) if sentence not in questions]
    claims = claims_in(told, cues_for(language))
    return entries_of(
        text, claims, seq=seq, round_id=round_id, language=language, asked=asked
    )  # fmt: skip


def kept_of(
    turn: Turn, reading: Reading, item: PlannedItem | None, *, round_id: str, asked: str
) -> tuple[Entry, ...]:  # fmt: skip
    """Return the claims of an answer worth keeping.

    Nobody comes back to what follows on a break in the CV; in an answer on a case, figures are the
    case's, amounts of money too, but for those of the candidate's own standing.

    Args:
        turn: The answer.
        reading: What is in it.
        item: What it was given to.
        round_id: Its round.
        asked: The examiner's turn before it.
    """
    if reading.unclear or reading.gives_orders or (item is not None and item.left_alone):
        return ()
    entries = _told(
        turn.content, reading.questions, turn.seq, round_id, reading.language, asked
    )  # fmt: skip
    if item is not None and item.type in _OF_A_CASE:
        return tuple(entry for entry in entries if lasts(entry) and entry.kind != "pay")
    return entries
