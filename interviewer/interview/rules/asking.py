"""Going on in the plan: the next question, the open one again, the end of the round."""

from __future__ import annotations

from dataclasses import replace

from interviewer.content.phrasebook import KEYS
from interviewer.interview.moves import Move
from interviewer.interview.plan import PlannedItem
from interviewer.interview.progress import Progress
from interviewer.interview.rules.moment import Moment

CLOSING_MINUTES = 4.0

# Items whose words stand in the phrasebook, not in a rubric.
_PHRASED = {
    "conditions": "ask.conditions",
    "expectation": "offer.expectation",
    "candidate_questions": "ask.candidate_questions",
}


def time_for(state: Progress, item: PlannedItem) -> bool:
    """Return whether the round still has time for a question and its own closing steps."""
    return state.minutes + item.minutes / 2 <= state.round.minutes - CLOSING_MINUTES


def worded_out(state: Progress, slot: str) -> bool:
    """Return whether a round has asked for this part as often as a phrasebook has words for it."""
    return state.slots.count(slot) >= KEYS[f"probe.{slot}"].least


def left_alone(item: PlannedItem | None) -> bool:
    """Return whether an answer is neither probed nor taken up, as about a break in the CV.

    Its reasons may be health or family, which nobody comes back to (SCIENCE 3.3).
    """
    return item is not None and item.kind == "question" and not item.scored


def next_item(moment: Moment, reason: str) -> Move:
    """Return the next item of the plan; scored ones are left out when time has run out."""
    state = moment.state
    for item in state.left:
        if item.kind == "question" and not time_for(state, item):
            continue
        left_out = item != state.left[0]
        return asking(state, item, "time: earlier questions left out" if left_out else reason)
    return closing(moment, reason)


def asking(state: Progress, item: PlannedItem, reason: str) -> Move:
    """Return the move that asks an item for the first time."""
    return Move(
        kind="ask",
        round=state.round.id,
        item=item,
        reason=reason,
        question=item.text,
        question_key=_PHRASED.get(item.kind, ""),
        lead=item.lead,
    )


def moving_on(moment: Moment, reason: str) -> Move:
    """Return the next item, with a word that this one is left."""
    move = next_item(moment, reason)
    return move if move.kind == "close" else replace(move, first="bridge.move_on")


def again(state: Progress, first: str, reason: str) -> Move:
    """Return the open question put once more."""
    item = state.pending
    # A question that hangs on its fact ("Where would your work bear on that?") keeps it.
    lead = item.lead if item and item.lead and item.lead.kind == "fact" else None
    return Move(
        kind="bridge",
        round=state.round.id,
        item=item,
        reason=reason,
        first=first,
        question=state.question,
        question_key=_PHRASED.get(item.kind, "") if item else "",
        lead=lead,
        again=True,
    )


def more_questions(state: Progress, reason: str) -> Move:
    """Return the offer of another question of the candidate's own."""
    return Move(
        kind="answer",
        round=state.round.id,
        item=state.pending,
        reason=reason,
        question_key="ask.more_questions",
        again=True,
    )


def closing(moment: Moment, reason: str) -> Move:
    """Return the end of the round."""
    state = moment.state
    following = moment.plan.round_after(state.round.id)
    terms = {"next_name": following.name, "next_title": following.title} if following else {}
    return Move(kind="close", round=state.round.id, reason=reason, terms=terms)
