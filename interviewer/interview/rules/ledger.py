"""Two claims that do not fit: put side by side once, neutrally, before any other probe."""

from __future__ import annotations

from interviewer.interview.difficulty import difficulty_of
from interviewer.interview.ledger.comparing import contradictions
from interviewer.interview.ledger.entry import Contradiction
from interviewer.interview.memory import CONTRADICTION
from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import left_alone
from interviewer.interview.rules.moment import Moment

# Who has been asked twice what changed knows by then that they are listened to.
MOST_IN_AN_INTERVIEW = 2
_KINDS = ("question", "expectation")


def on_contradiction(moment: Moment) -> Move | None:
    """A claim that does not fit one made before, in this round or an earlier one."""
    if not _may_raise(moment):
        return None
    found = next(filter(lambda pair: _is_new(moment, pair), _found(moment)), None)
    if found is None:
        return None
    before, now = found.before, found.now
    teller = moment.plan.round(before.round)
    here = teller is None or before.round == moment.state.round.id
    return Move(
        kind="probe",
        round=moment.state.round.id,
        item=moment.item,
        slot=CONTRADICTION,
        planned=False,
        reason=f"two claims do not fit: {found.kind}",
        question_key="probe.contradiction_here" if here else "probe.contradiction",
        terms={
            "before": before.quote,
            "now": now.quote,
            **({} if here or teller is None else {"name": teller.name}),
        },
        record_extra={CONTRADICTION: {"before": before.seq, "now": now.seq, "kind": found.kind}},
    )


def _may_raise(moment: Moment) -> bool:
    state, item = moment.state, moment.item
    if item is None or item.kind not in _KINDS or left_alone(item):
        return False
    if moment.reading.questions:
        return False  # who asks something is answered first
    most = difficulty_of(moment.plan.difficulty).most_probes
    if moment.plan.probing == "none" or len(state.probed) >= most:
        return False
    raised = len(state.memory.raised) >= MOST_IN_AN_INTERVIEW
    return not raised and CONTRADICTION not in state.probed


def _found(moment: Moment) -> list[Contradiction]:
    """Return what in the answers to the open question does not fit what was said before."""
    heard = moment.state.heard
    told = len(moment.state.answers)
    found: list[Contradiction] = []
    for place in range(len(heard) - told, len(heard)):
        before = [entry for answer in heard[:place] for entry in answer.entries]
        found += contradictions(before, heard[place].entries)
    return found


def _is_new(moment: Moment, found: Contradiction) -> bool:
    """Whether a pair may be raised: not yet raised, to be quoted, and this examiner's matter."""
    state = moment.state
    if found.kind == "pay":
        # Once an offer is made, figures move: that is bargaining.
        same_talk = found.before.round == state.round.id or "offer" in state.kinds
        if same_talk or "pay_negotiation" in state.round.keeps_out:
            return False
    quotes = found.before.quote, found.now.quote
    return all(quotes) and None not in found.pair and found.pair not in state.memory.raised
