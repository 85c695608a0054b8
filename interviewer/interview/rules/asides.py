"""What is asked of the examiner in passing: a moment, the question again, to be spared it.

None of it counts against the candidate, and none is answered with pressure.
"""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import again, moving_on, next_item
from interviewer.interview.rules.moment import Moment
from interviewer.reading.answer import Reading

MOST_MOMENTS = 2
MOST_REPEATS = 3


def on_time(moment: Moment) -> Move | None:
    """Grant a moment to think and repeat nothing; after two the question is put once more."""
    state = moment.state
    if moment.item is None or not (moment.reading.asks_time and _nothing_else(moment.reading)):
        return None
    if state.moments < MOST_MOMENTS:
        return Move(
            kind="bridge",
            round=state.round.id,
            item=state.pending,
            slot="time",
            reason="the candidate wants a moment to think",
            first="bridge.think",
        )
    if state.brought_back >= state.round.put_again:
        return moving_on(moment, "no answer to this question")
    return again(state, "bridge.silence", "time to think was given twice")


def on_repeat(moment: Moment) -> Move | None:
    """Put the question once more in the same words to somebody who asks for it."""
    state, item, reading = moment.state, moment.item, moment.reading
    if item is None or not (reading.asks_repeat and _nothing_else(reading)):
        return None
    on_the_table = item.kind == "expectation" and state.offered
    if moment.own_turn or on_the_table or state.repeats >= MOST_REPEATS:
        return None
    move = again(state, "bridge.repeat", "the candidate asks to hear the question again")
    return replace(move, slot="repeat")


def on_refusal(moment: Moment) -> Move | None:
    """Go on without a word of pressure where the candidate would rather not say."""
    item, reading = moment.item, moment.reading
    if item is None or item.kind not in ("question", "conditions") or not reading.refusal:
        return None
    # One detail is kept back and the rest is an answer; or, before a board, a long answer to a set
    # question tells of others' refusals, not of one's own.
    if not reading.too_short and (reading.parts or moment.plan.anonymous):
        return None
    move = next_item(moment, "the candidate would rather not say")
    return move if move.kind == "close" else replace(move, first="bridge.declined")


def _nothing_else(reading: Reading) -> bool:
    """Whether the answer holds no answer beside what is asked in passing."""
    return reading.too_short and not reading.parts and not reading.claims
