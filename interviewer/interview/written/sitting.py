"""Where a written test stands: the next item, the end, and the time that has gone."""

from __future__ import annotations

import datetime

from interviewer.interview.moves import Move
from interviewer.interview.plan import PlannedRound
from interviewer.interview.progress import Progress
from interviewer.transcript import Transcript


def next_of_paper(state: Progress) -> Move:
    """Return the next item, put as it stands, or the end; whatever was answered to the last.

    Nothing is probed, taken up or put again.
    """
    part = state.round
    if not state.left:
        return Move(kind="close", round=part.id, reason="the written test has no more items")
    item = state.left[0]
    return Move(
        kind="ask", round=part.id, item=item, reason="next item of the written test",
        question=item.text,
    )  # fmt: skip


def minutes_gone(part: PlannedRound, transcript: Transcript, now: datetime.datetime) -> float:
    """Return how long a round has been under way by the clock; it informs and ends nothing."""
    turns = (turn.at for turn in transcript.turns if turn.round == part.id and turn.at)
    began = next(turns, None) or transcript.interview.created
    if began is None:
        return 0.0
    try:
        since = datetime.datetime.fromisoformat(began)
    except ValueError:
        return 0.0
    if since.tzinfo is None:
        since = since.replace(tzinfo=datetime.UTC)
    return max((now - since).total_seconds() / 60, 0.0)
