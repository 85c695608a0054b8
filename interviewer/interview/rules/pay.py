"""Pay: passed on by an examiner who keeps it out, spoken of by the one whose matter it is."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import (
    MOST_TIMES_PUT_AGAIN,
    again,
    more_questions,
    next_item,
)
from interviewer.interview.rules.moment import Moment


def on_pay(moment: Moment) -> Move | None:
    """Pay is taken down and passed on by an examiner who does not discuss it, once a round."""
    state, reading = moment.state, moment.reading
    keeps_out = "pay_negotiation" in state.round.keeps_out
    if not keeps_out or not reading.about_pay or "pay" in state.slots:
        return None
    figure = any(claim.kind == "money" for claim in reading.claims)
    if not reading.questions and not figure:
        return None
    reason = "pay belongs to the last conversation"
    if moment.own_turn:
        move = more_questions(state, reason)
    elif reading.own_words < 12 and state.brought_back < MOST_TIMES_PUT_AGAIN:
        move = again(state, "", reason)
    else:
        move = next_item(moment, reason)
    if move.kind == "close":
        return move
    return replace(move, kind="deflect", slot="pay", first="deflect.pay")


def on_expectation(moment: Moment) -> Move | None:
    """The boss states pay and conditions from the pack, once, and takes the reply down."""
    if moment.item is None or moment.item.kind != "expectation":
        return None
    state = moment.state
    if state.offered:
        move = next_item(moment, "the reply to the offer is noted")
        return move if move.kind == "close" else replace(move, first="offer.noted")
    offer = state.round.offer
    if offer is None:
        move = next_item(moment, "no pay in the research: nothing is promised")
        return move if move.kind == "close" else replace(move, first="offer.unstated")
    terms = {
        "low": offer.low,
        "high": offer.high,
        "opening": offer.opening,
        "period": offer.period,
        "levers": "\n".join(offer.levers),
    }
    return Move(
        kind="offer",
        round=state.round.id,
        item=state.pending,
        slot="range",
        reason="the candidate has said what they hope for",
        question_key="offer.range",
        terms=terms,
    )
