"""Handing a written test in as a whole: every item is put and answered, in its order."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.interview.plan import PlannedItem
from interviewer.interview.progress import Progress
from interviewer.interview.session import Rehearsals, stage_of
from interviewer.transcript import Transcript


def is_open(state: Progress) -> bool:
    """Return whether a written test is being sat: not before it, nor once it is handed in."""
    return state.round.kind == "written" and state.waiting in ("examiner", "candidate")


def unanswered(state: Progress) -> tuple[PlannedItem, ...]:
    """Return the items of an open test that have no answer yet, the one that is open first."""
    return tuple(
        item
        for item in state.round.items
        if item in state.left or (state.waiting == "candidate" and item == state.pending)
    )


async def hand_in(
    rehearsals: Rehearsals, session_id: str, answers: Mapping[str, str]
) -> Transcript:
    """Put every item that is left, keep its answer, and close the test.

    Each answer is kept before the next item is put: what breaks off goes on where it stopped.

    Args:
        rehearsals: What carries the session forward.
        session_id: The session.
        answers: By item id; an item without one is left out.

    Raises:
        StaleTurnError: The test is being handed in elsewhere at this moment.
        InputError: There is no such session.
    """
    transcript = await rehearsals.store.load(session_id)
    while is_open(state := stage_of(transcript)):
        if state.waiting == "candidate" and state.pending is not None:
            text = answers.get(state.pending.id, "")
            transcript = await rehearsals.answer(session_id, text, seq=transcript.next_seq)
            continue
        async for piece in rehearsals.speak(session_id):
            if isinstance(piece, Transcript):
                transcript = piece
    return transcript
