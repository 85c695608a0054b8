"""An answer to the question: a probe for what it leaves out, or the next question."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.difficulty import difficulty_of
from interviewer.interview.handoff import missing_before
from interviewer.interview.moves import Move
from interviewer.interview.probing import missing_part
from interviewer.interview.rules.asking import left_alone, next_item, time_for, worded_out
from interviewer.interview.rules.ladder import on_ladder
from interviewer.interview.rules.moment import Moment

# Limited prompting (SCIENCE 1.5): probes are at most a third of the round's questions.
MOST_PROBE_SHARE = 0.35


def on_answer(moment: Moment) -> Move:
    """Return what follows on an answer that was given."""
    rung = on_ladder(moment)
    if rung is not None:
        return rung
    probe = _probe(moment)
    if probe is not None:
        return probe
    move = next_item(moment, "next in plan")
    takes_up = (
        moment.reading.own_words >= 12
        and not left_alone(moment.item)
        and moment.plan.probing != "none"
    )
    return replace(move, thing=moment.reading.thing if takes_up else None)


def _probe(moment: Moment) -> Move | None:
    item, state = moment.item, moment.state
    slot = _probe_slot(moment)
    if item is None or slot is None:
        return None
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
        thing=moment.reading.thing,
    )


def _probe_slot(moment: Moment) -> str | None:
    plan, state, item = moment.plan, moment.state, moment.item
    if item is None or item.kind != "question" or plan.probing == "none":
        return None
    if left_alone(item):
        return None
    if len(state.probed) >= difficulty_of(plan.difficulty).most_probes:
        return None
    questions = sum(entry.kind == "question" for entry in state.round.items)
    allowed = max(1.0, MOST_PROBE_SHARE * (questions + state.probes + 1))
    if state.probes + 1 > allowed:
        return None
    if moment.reading.nothing_to_add or not time_for(state, item):
        return None
    first = missing_before(plan, state)
    part = missing_part(item, moment.together, probed=state.probed, first=first)
    # The same words twice would be heard as a machine's; better on than once more "tell me more".
    spoken_out = part is not None and not item.probes.get(part) and worded_out(state, part)
    return None if spoken_out else part
