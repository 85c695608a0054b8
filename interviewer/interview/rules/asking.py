"""Going on in the plan: the next question, the open one again, the end of the round."""

from __future__ import annotations

from dataclasses import replace

from interviewer.content.phrasebook import KEYS
from interviewer.interview.ledger.entries import is_private
from interviewer.interview.memory import STILL_OPEN
from interviewer.interview.moves import Move
from interviewer.interview.plan import PlannedItem
from interviewer.interview.progress import Progress
from interviewer.interview.rules.moment import Moment
from interviewer.interview.rules.pointing import hangs_on_fact

CLOSING_MINUTES = 4.0
_LONGEST_SAID_BACK = 160
_UNSAYABLE = frozenset('{}[]<>“”"|')

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
    """Return whether an answer is neither probed nor taken up."""
    return item is not None and item.left_alone


def next_item(moment: Moment, reason: str) -> Move:
    """Return the next item of the plan; scored ones are left out when time has run out."""
    state = moment.state
    for item in state.left:
        # Where all are asked the same, the clock informs and takes no question from anybody.
        timed = item.kind == "question" and not moment.plan.anonymous
        if timed and not time_for(state, item):
            continue
        left_out = item != state.left[0]
        move = asking(state, item, "time: earlier questions left out" if left_out else reason)
        return _came_back_to(moment, move) if item.kind == "candidate_questions" else move
    return closing(moment, reason)


def _came_back_to(moment: Moment, move: Move) -> Move:
    """Return the move with the question an earlier examiner could not answer, if there is one."""
    language = moment.plan.language
    for left in reversed(moment.state.memory.open):
        teller = moment.plan.round(left.round)
        text = left.text.strip().rstrip("?？")
        if teller is None or teller == moment.state.round or not _sayable(left.text, language):
            continue
        return replace(
            move,
            asked=left.text,
            terms={"teller": teller.name, "asked": text},
            record_extra={STILL_OPEN: {"seq": left.seq}},
        )
    return move


def _sayable(question: str, language: str) -> bool:
    """Whether an examiner can say a question back: one, short, and nothing private or strange."""
    marks = question.count("?") + question.count("？")
    if marks > 1 or len(question) > _LONGEST_SAID_BACK or set(question) & _UNSAYABLE:
        return False
    return not is_private(question, language)


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
    # The fact before a question is told once, but where the question points at it.
    lead = item.lead if item is not None and hangs_on_fact(item) else None
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
