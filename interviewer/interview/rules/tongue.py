"""An answer in another language: understood where it can be, and gently brought back."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import again
from interviewer.interview.rules.moment import Moment

KEPT = "language"
"""Under this name the record says that the language of the interview was named in passing."""


def on_unread_language(moment: Moment) -> Move | None:
    """Put the question again where nothing could be read, once a round."""
    reading, state = moment.reading, moment.state
    if not reading.other_language or _understood(moment) or "language" in state.slots:
        return None
    move = again(state, "bridge.language", "the answer is in another language")
    return replace(move, slot="language")


def kept_to_language(moment: Moment, move: Move) -> Move:
    """Return a move after an answer in another language: its words are not taken up.

    Once a round a sentence before the next question leads back to the language of the interview.
    """
    if not _understood(moment):
        return move
    move = replace(move, thing=None)
    if moment.state.language_named or move.first or move.kind not in ("ask", "probe"):
        return move
    return replace(
        move,
        first="bridge.language_on",
        record_extra={**move.record_extra, KEPT: moment.plan.language},
    )


def _understood(moment: Moment) -> bool:
    """Whether the last answer was read by the signs of the language it is in."""
    reading = moment.reading
    own = moment.plan.language.split("-")[0]
    return reading.other_language and reading.language != own
