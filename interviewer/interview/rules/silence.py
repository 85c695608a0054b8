"""Nothing was said, or nothing that can be worked with: the question once more, then on."""

from __future__ import annotations

from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import (
    again,
    closing,
    moving_on,
    next_item,
)
from interviewer.interview.rules.moment import Moment
from interviewer.interview.rules.tongue import on_unread_language


def on_silence(moment: Moment) -> Move | None:
    """An empty answer: again, then on, and after some in a row the round ends."""
    state = moment.state
    if not moment.reading.silent:
        return None
    if moment.own_turn:
        return next_item(moment, "the candidate has no question")
    if state.silences >= state.round.silences:
        return closing(moment, "the candidate says nothing more")
    if state.silences == state.round.silences - 1 or state.brought_back >= state.round.put_again:
        return moving_on(moment, "no answer to this question")
    return again(state, "bridge.silence", "nothing was said")


def on_noise(moment: Moment) -> Move | None:
    """An answer without words, or in a language that cannot be read."""
    state, reading = moment.state, moment.reading
    if reading.unclear:
        if state.brought_back >= max(1, state.round.put_again - 1):
            return moving_on(moment, "no answer that could be understood")
        return again(state, "bridge.unclear", "the answer has no words")
    return on_unread_language(moment)
