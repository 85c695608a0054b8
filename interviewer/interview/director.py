"""The director: which move comes next. Pure; the same plan and transcript give the same move.

It looks at one thing after the other: is it the examiner's turn, did the candidate say anything
that can be worked with, did they ask something, is a part of the story missing, is there time,
what is next in the plan. Nothing here words a sentence.
"""

from __future__ import annotations

from interviewer.interview.moves import Move
from interviewer.interview.plan import Plan
from interviewer.interview.progress import Progress, follow
from interviewer.interview.rules.anonymity import on_identity
from interviewer.interview.rules.answering import on_answer
from interviewer.interview.rules.asides import on_refusal, on_repeat, on_time
from interviewer.interview.rules.digression import on_digression
from interviewer.interview.rules.hints import on_hint
from interviewer.interview.rules.improper import debrief, put_before
from interviewer.interview.rules.ledger import on_contradiction
from interviewer.interview.rules.moment import Moment, Rule
from interviewer.interview.rules.off_question import on_off_question
from interviewer.interview.rules.opening import opening
from interviewer.interview.rules.own_questions import on_own_questions, on_question
from interviewer.interview.rules.pay import on_expectation, on_pay
from interviewer.interview.rules.put_in import put_in
from interviewer.interview.rules.silence import on_noise, on_silence
from interviewer.interview.rules.tongue import kept_to_language
from interviewer.interview.sealed import Sealed
from interviewer.interview.written.sitting import next_of_paper
from interviewer.people.helping import Help
from interviewer.reading.answer import Reading
from interviewer.transcript import Transcript

# The order is the examiner's: what cannot be worked with first, then what the candidate asked.
RULES: tuple[Rule, ...] = (
    on_silence, on_noise, on_identity, on_time, on_repeat, on_refusal, on_digression, on_hint,
    on_pay, on_own_questions, on_contradiction, on_expectation, on_question, on_off_question,
)  # fmt: skip
NOTHING_SEALED = Sealed()


def next_move(plan: Plan, transcript: Transcript, sealed: Sealed = NOTHING_SEALED) -> Move | None:
    """Return the examiner's next move, None while the candidate has the word or all is over.

    Between two rounds the move is the opening of the next one; whoever calls decides when.

    Args:
        plan: The frozen plan.
        transcript: What was said.
        sealed: What the move is decided with and nobody says: hidden limits, wanted points.
    """
    return decide(plan, follow(plan, transcript), sealed)


def decide(
    plan: Plan, state: Progress, sealed: Sealed = NOTHING_SEALED, question: Help | None = None
) -> Move | None:
    """Return the next move where the interview stands, as `next_move` does for its transcript.

    Args:
        plan: The frozen plan.
        state: How far the interview is.
        sealed: What the move is decided with and nobody says.
        question: The question of a coach that waits to be asked, None for none.
    """
    if state.waiting in ("candidate", "nobody"):
        return None
    if state.round.kind == "written":
        return next_of_paper(state)
    move = debrief(state, sealed)
    if move is not None:
        return move
    move = _of_the_interview(plan, state, sealed)
    return put_in(plan, state, move, question) or put_before(state, move, sealed) or move


def _of_the_interview(plan: Plan, state: Progress, sealed: Sealed) -> Move:
    """Return the next move of the interview itself."""
    reading = state.heard[-1].reading if state.heard else Reading(silent=True)
    moment = Moment(plan, state, reading, sealed)
    if state.pending is None:
        return opening(moment)
    for rule in RULES:
        move = rule(moment)
        if move is not None:
            return kept_to_language(moment, move)
    return kept_to_language(moment, on_answer(moment))
