"""The director: which move comes next. Pure; the same plan and transcript give the same move.

It looks at one thing after the other: is it the examiner's turn, did the candidate say anything
that can be worked with, did they ask something, is a part of the story missing, is there time,
what is next in the plan. Nothing here words a sentence.
"""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.moves import Move
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.probing import missing_part
from interviewer.interview.progress import Progress, follow
from interviewer.reading.answer import Reading, read
from interviewer.transcript import Transcript

# Limited prompting (SCIENCE 1.5): at most two probes a question, a third of the round's questions.
MOST_PROBES_A_QUESTION = 2
MOST_PROBE_SHARE = 0.35
MOST_TIMES_PUT_AGAIN = 2
MOST_QUESTIONS_ANSWERED = 4
MOST_OWN_QUESTIONS = 4
CLOSING_MINUTES = 4.0

# Items whose words stand in the phrasebook, not in a rubric.
_PHRASED = {
    "conditions": "ask.conditions",
    "expectation": "offer.expectation",
    "candidate_questions": "ask.candidate_questions",
}


def next_move(plan: Plan, transcript: Transcript) -> Move | None:
    """Return the examiner's next move, None while the candidate has the word or all is over.

    Between two rounds the move is the opening of the next one; whoever calls decides when.
    """
    state = follow(plan, transcript)
    if state.waiting in ("candidate", "nobody"):
        return None
    if state.pending is None:
        return _opening(plan, state, transcript)
    answer = state.answers[-1] if state.answers else ""
    reading = read(answer, plan.language)
    for rule in (_on_silence, _on_noise, _on_digression, _on_pay, _on_own_questions, _on_question):
        move = rule(plan, state, reading)
        if move is not None:
            return move
    return _on_answer(plan, state, reading)


def _opening(plan: Plan, state: Progress, transcript: Transcript) -> Move:
    item = state.left[0] if state.left else None
    if item is None:
        return _closing(plan, state, "the round has nothing to ask")
    move = _asking(state, item, "the round begins")
    thing, teller = _from_earlier_round(plan, state, transcript)
    return replace(move, kind="open", thing=thing, from_earlier=teller)


def _from_earlier_round(
    plan: Plan, state: Progress, transcript: Transcript
) -> tuple[str | None, str | None]:
    """Return something told to the examiner before, and that examiner's name."""
    earlier = [entry for entry in plan.rounds if entry.id != state.round.id]
    for entry in reversed(earlier[: plan.rounds.index(state.round)]):
        asked: PlannedItem | None = None
        for turn in transcript.turns:
            if turn.round != entry.id:
                continue
            if turn.move is not None:
                asked = entry.item(turn.move.item)
            elif turn.by_candidate and not _left_alone(asked):
                thing = read(turn.content, plan.language).thing
                if thing:
                    return thing, entry.name
    return None, None


def _left_alone(item: PlannedItem | None) -> bool:
    """Whether an answer is neither probed nor taken up, as about a break in the CV.

    Its reasons may be health or family, which nobody comes back to (SCIENCE 3.3).
    """
    return item is not None and item.kind == "question" and not item.scored


def _on_silence(plan: Plan, state: Progress, reading: Reading) -> Move | None:
    if not reading.silent:
        return None
    own_turn = state.pending is not None and state.pending.kind == "candidate_questions"
    if own_turn:
        return _next(plan, state, "the candidate has no question")
    if state.silences >= 3:
        return _closing(plan, state, "the candidate says nothing more")
    if state.silences == 2 or state.brought_back >= MOST_TIMES_PUT_AGAIN:
        return _moving_on(plan, state, "no answer to this question")
    return _again(state, "bridge.silence", "nothing was said")


def _on_noise(plan: Plan, state: Progress, reading: Reading) -> Move | None:
    """An answer without words, or in another language: the question once more, then on."""
    if reading.unclear:
        if state.brought_back >= 1:
            return _moving_on(plan, state, "no answer that could be understood")
        return _again(state, "bridge.unclear", "the answer has no words")
    if reading.other_language and "language" not in state.slots:
        move = _again(state, "bridge.language", "the answer is in another language")
        return replace(move, slot="language")
    return None


def _on_digression(plan: Plan, state: Progress, reading: Reading) -> Move | None:
    """Orders to the examiner, "are you an AI?", fishing for a verdict: one sentence, then on."""
    for matter, said in (
        ("instructions", reading.gives_orders),
        ("software", reading.asks_software),
        ("verdict", reading.asks_verdict),
    ):
        if not said:
            continue
        if matter in state.slots and state.brought_back >= 1:
            # Said already: the rest of the answer is taken as an answer, the matter is left alone.
            return None if matter != "instructions" else _moving_on(plan, state, "no answer came")
        return replace(
            _again(state, f"deflect.{matter}", f"the candidate brought up: {matter}"),
            kind="deflect",
            slot=matter,
        )
    return None


def _on_pay(plan: Plan, state: Progress, reading: Reading) -> Move | None:
    """Pay is taken down and passed on by an examiner who does not discuss it, once a round."""
    keeps_out = "pay_negotiation" in state.round.keeps_out
    if not keeps_out or not reading.about_pay or "pay" in state.slots:
        return None
    figure = any(claim.kind == "money" for claim in reading.claims)
    if not reading.questions and not figure:
        return None
    own_turn = state.pending is not None and state.pending.kind == "candidate_questions"
    if own_turn:
        move = _more_questions(state, "pay belongs to the last conversation")
    elif reading.own_words < 12 and state.brought_back < MOST_TIMES_PUT_AGAIN:
        move = _again(state, "", "pay belongs to the last conversation")
    else:
        move = _next(plan, state, "pay belongs to the last conversation")
    if move.kind == "close":
        return move
    return replace(move, kind="deflect", slot="pay", first="deflect.pay")


def _on_own_questions(plan: Plan, state: Progress, reading: Reading) -> Move | None:
    """The candidate's own questions, as a step of the round: answered until there are no more."""
    if state.pending is None or state.pending.kind != "candidate_questions":
        return None
    if not reading.questions or state.brought_back >= MOST_OWN_QUESTIONS:
        return _next(plan, state, "the candidate has no further question")
    move = _more_questions(state, "the candidate asked")
    return replace(move, kind="answer", asked=" ".join(reading.questions))


def _more_questions(state: Progress, reason: str) -> Move:
    return Move(
        kind="answer",
        round=state.round.id,
        item=state.pending,
        reason=reason,
        question_key="ask.more_questions",
        again=True,
    )


def _on_question(plan: Plan, state: Progress, reading: Reading) -> Move | None:
    """A question in the middle of the round: one short answer, then back or on."""
    if not reading.questions or state.answered_questions >= MOST_QUESTIONS_ANSWERED:
        return None
    asked = " ".join(reading.questions)
    answered_it = reading.own_words >= 12 or any(text.strip() for text in state.answers[:-1])
    if not answered_it and state.brought_back < MOST_TIMES_PUT_AGAIN:
        move = _again(state, "", "the candidate asked before answering")
        return replace(move, kind="answer", asked=asked)
    move = _on_answer(plan, state, reading)
    if move.kind not in ("ask", "probe"):
        return replace(move, asked=asked) if move.kind == "offer" else move
    if move.kind == "probe":
        move = _next(plan, state, "the candidate asked after answering")
    if move.kind == "close":
        return move
    return replace(move, kind="answer", asked=asked, thing=None)


def _on_answer(plan: Plan, state: Progress, reading: Reading) -> Move:
    item = state.pending
    if item is not None and item.kind == "expectation":
        return _on_expectation(plan, state, reading)
    slot = _probe_slot(plan, state, reading)
    if item is not None and slot is not None:
        planned = item.probes.get(slot, ())
        place = state.probed.count(slot)
        return Move(
            kind="probe",
            round=state.round.id,
            item=item,
            slot=slot,
            planned=bool(planned),
            reason=f"the answer leaves out: {slot}",
            question=planned[place % len(planned)] if planned else "",
            question_key="" if planned else f"probe.{slot}",
            thing=reading.thing,
        )
    move = _next(plan, state, "next in plan")
    takes_up = reading.own_words >= 12 and not _left_alone(item)
    return replace(move, thing=reading.thing if takes_up else None)


def _on_expectation(plan: Plan, state: Progress, reading: Reading) -> Move:
    """The boss states pay and conditions from the pack, once, and takes the reply down."""
    if state.offered:
        move = _next(plan, state, "the reply to the offer is noted")
        return move if move.kind == "close" else replace(move, first="offer.noted")
    offer = state.round.offer
    if offer is None:
        move = _next(plan, state, "no pay in the research: nothing is promised")
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


def _probe_slot(plan: Plan, state: Progress, reading: Reading) -> str | None:
    item = state.pending
    if item is None or item.kind != "question" or plan.probing == "none":
        return None
    if _left_alone(item):
        return None
    if len(state.probed) >= MOST_PROBES_A_QUESTION:
        return None
    questions = sum(entry.kind == "question" for entry in state.round.items)
    allowed = max(1.0, MOST_PROBE_SHARE * (questions + state.probes + 1))
    if state.probes + 1 > allowed:
        return None
    if reading.nothing_to_add or not _time_for(state, item):
        return None
    together = read("\n".join(state.answers), plan.language)
    return missing_part(item, together, probed=state.probed)


def _time_for(state: Progress, item: PlannedItem) -> bool:
    """Whether the round still has time for a question and its own closing steps."""
    return state.minutes + item.minutes / 2 <= state.round.minutes - CLOSING_MINUTES


def _next(plan: Plan, state: Progress, reason: str) -> Move:
    """Ask the next item of the plan; scored ones are left out when time has run out."""
    for item in state.left:
        if item.kind == "question" and not _time_for(state, item):
            continue
        left_out = item != state.left[0]
        return _asking(state, item, "time: earlier questions left out" if left_out else reason)
    return _closing(plan, state, reason)


def _asking(state: Progress, item: PlannedItem, reason: str) -> Move:
    return Move(
        kind="ask",
        round=state.round.id,
        item=item,
        reason=reason,
        question=item.text,
        question_key=_PHRASED.get(item.kind, ""),
        lead=item.lead,
    )


def _moving_on(plan: Plan, state: Progress, reason: str) -> Move:
    move = _next(plan, state, reason)
    return move if move.kind == "close" else replace(move, first="bridge.move_on")


def _again(state: Progress, first: str, reason: str) -> Move:
    """Put the open question once more."""
    item = state.pending
    # A question that hangs on its fact ("Where would your work bear on that?") keeps it.
    lead = item.lead if item and item.lead and item.lead.kind == "fact" else None
    return Move(
        kind="bridge",
        round=state.round.id,
        item=item,
        reason=reason,
        first=first,
        question=item.text if item else "",
        question_key=_PHRASED.get(item.kind, "") if item else "",
        lead=lead,
        again=True,
    )


def _closing(plan: Plan, state: Progress, reason: str) -> Move:
    following = plan.round_after(state.round.id)
    terms = {"next_name": following.name, "next_title": following.title} if following else {}
    return Move(kind="close", round=state.round.id, reason=reason, terms=terms)
