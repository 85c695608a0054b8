"""The candidate's questions: at any time, and as a step of the round."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.moves import Move
from interviewer.interview.rules.answering import on_answer
from interviewer.interview.rules.asking import (
    again,
    more_questions,
    next_item,
)
from interviewer.interview.rules.moment import Moment

MOST_QUESTIONS_ANSWERED = 4
MOST_OWN_QUESTIONS = 4


def on_own_questions(moment: Moment) -> Move | None:
    """The candidate's own questions, as a step of the round: answered until there are no more."""
    if not moment.own_turn:
        return None
    if not moment.reading.questions or moment.state.brought_back >= MOST_OWN_QUESTIONS:
        return next_item(moment, "the candidate has no further question")
    move = more_questions(moment.state, "the candidate asked")
    return replace(move, kind="answer", asked=" ".join(moment.reading.questions))


def on_question(moment: Moment) -> Move | None:
    """A question in the middle of the round: one short answer, then back or on."""
    state, reading = moment.state, moment.reading
    if not reading.questions or state.answered_questions >= MOST_QUESTIONS_ANSWERED:
        return None
    if moment.plan.anonymous:
        return _not_answered(moment)
    asked = " ".join(reading.questions)
    answered_it = reading.own_words >= 12 or any(text.strip() for text in state.answers[:-1])
    if not answered_it and state.brought_back < state.round.put_again:
        move = again(state, "", "the candidate asked before answering")
        return replace(move, kind="answer", asked=asked)
    move = on_answer(moment)
    if move.kind not in ("ask", "probe"):
        return move
    if move.kind == "probe":
        move = next_item(moment, "the candidate asked after answering")
    if move.kind == "close":
        return move
    return replace(move, kind="answer", asked=asked, thing=None)


def _not_answered(moment: Moment) -> Move:
    """Say that a board which reads set questions answers none (SCIENCE 2.5), and go on."""
    state, reason = moment.state, "the candidate asked, and this board answers nothing"
    if moment.reading.own_words >= 12 or state.brought_back >= state.round.put_again:
        return replace(next_item(moment, reason), first="answer.missing")
    return replace(again(state, "answer.missing", reason), kind="deflect", slot="question")
