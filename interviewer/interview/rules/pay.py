"""Pay: passed on by an examiner who keeps it out, spoken of by the one whose matter it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from interviewer.interview.bid import Bid, bid_of
from interviewer.interview.memory import CONTRADICTION
from interviewer.interview.moves import Move
from interviewer.interview.negotiation import Reply, reply_to
from interviewer.interview.plan import Offer
from interviewer.interview.rules.asking import (
    again,
    more_questions,
    next_item,
)
from interviewer.interview.rules.moment import Moment
from interviewer.reading.answer import Reading, read
from interviewer.transcript import Json


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
    elif reading.own_words < 12 and state.brought_back < state.round.put_again:
        move = again(state, "", reason)
    else:
        move = next_item(moment, reason)
    if move.kind == "close":
        return move
    return replace(move, kind="deflect", slot="pay", first="deflect.pay")


def on_expectation(moment: Moment) -> Move | None:
    """What the boss answers when pay is on the table: by formula, within the pack's limits."""
    item, offer = moment.item, moment.state.round.offer
    if item is None or item.kind != "expectation":
        return None
    if offer is None:
        key = "offer.scale" if moment.state.round.by_scale else "offer.unstated"
        move = next_item(moment, "no pay to settle: nothing is promised")
        return move if move.kind == "close" else replace(move, first=key)
    pay = moment.sealed.pay
    if pay is None or not offer.pattern:
        return _stated_once(moment, offer)
    language = moment.plan.language
    text, reading = _said_of_pay(moment)
    bid = bid_of(text, reading, pay, language)
    if bid.empty and reading.questions:
        return None  # a question about something else
    move = _answering(moment, offer, reply_to(pay, moment.state.table, bid), bid)
    others = [asked for asked in reading.questions if bid_of(asked, reading, pay, language).empty]
    return replace(move, asked=" ".join(others)) if move.kind == "offer" else move


def _said_of_pay(moment: Moment) -> tuple[str, Reading]:
    """Return the answer on pay; what was asked about it in between belongs to it."""
    state, answers = moment.state, moment.state.answers
    if state.offered or CONTRADICTION not in state.probed or len(answers) < 2:
        return answers[-1], moment.reading
    text = "\n".join(answers[-2:])
    return text, read(text, moment.plan.language)


def _stated_once(moment: Moment, offer: Offer) -> Move:
    """State range and opening, once, and take the reply down: the limits are not at hand."""
    if moment.state.offered:
        move = next_item(moment, "the reply to the offer is noted")
        return move if move.kind == "close" else replace(move, first="offer.noted")
    terms = {**_range_terms(offer), "levers": "\n".join(offer.levers)}
    move = _offer(moment, "range", "the candidate has said what they hope for", terms, {})
    return replace(move, asked=" ".join(moment.reading.questions))


def _answering(moment: Moment, offer: Offer, reply: Reply, bid: Bid) -> Move:
    """Return the move that carries out a reply of the negotiation."""
    record = {"offer": _record(reply, bid)}
    terms = {**_range_terms(offer), "levers": "\n".join(offer.said(reply.levers))}
    if reply.figure is not None:
        terms["figure"] = offer.money(reply.figure)
    if reply.kind not in ("agreed", "noted"):
        return _offer(moment, reply.kind, _REASONS[reply.kind], terms, record)
    move = next_item(moment, _REASONS[reply.kind])
    if move.kind != "close":
        return replace(
            move,
            first=f"offer.{reply.kind}",
            terms={**move.terms, **terms},
            record_extra={**move.record_extra, **record},
        )
    if reply.kind == "noted":
        return replace(move, record_extra=record)
    return _offer(moment, reply.kind, _REASONS[reply.kind], terms, record)


_REASONS = {
    "range": "no figure was named: the range and the opening figure",
    "step": "the next step of the pack's curve",
    "last": "the last step of the pack's curve",
    "above": "more than the post pays, for the first time",
    "take_back": "more than the post pays, for the second time",
    "granted": "a condition the pack allows",
    "not_ours": "a condition the pack does not have",
    "agreed": "what is asked for is within the next step, or what is offered is accepted",
    "noted": "the reply to the offer is noted",
}


def _range_terms(offer: Offer) -> dict[str, str]:
    return {
        "low": offer.low, "high": offer.high, "opening": offer.opening, "period": offer.period
    }  # fmt: skip


def _offer(moment: Moment, slot: str, reason: str, terms: Mapping[str, str], record: Json) -> Move:
    return Move(
        kind="offer",
        round=moment.state.round.id,
        item=moment.state.pending,
        slot=slot,
        reason=reason,
        question_key=f"offer.{slot}",
        terms=terms,
        record_extra=record,
    )


def _record(reply: Reply, bid: Bid) -> dict[str, object]:
    """Return what the transcript keeps of an offer; the table is read back from it."""
    table = reply.table
    return {
        "kind": reply.kind,
        "figure": reply.figure,
        "levers": list(reply.levers),
        "asked": bid.ask,
        "asked_levers": sorted(bid.levers),
        "points": sorted(table.points),
        "figures": list(table.figures),
        "steps": table.steps,
        "granted": list(table.levers),
        "added": list(table.added),
        "above": table.above,
        "ended": table.ended,
        "agreed": table.agreed,
    }
