"""A ladder after an answer: the next rung, or on in the plan with the height written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from interviewer.interview.climbing import Foothold, start_of, step_after
from interviewer.interview.memory import CONTRADICTION
from interviewer.interview.moves import Move
from interviewer.interview.plan import PlannedItem
from interviewer.interview.rules.asking import CLOSING_MINUTES, moving_on, next_item, worded_out
from interviewer.interview.rules.moment import Moment
from interviewer.reading.answer import Reading
from interviewer.reading.level import level_of

# What is still to be asked keeps this share of its planned time before a ladder goes on.
_KEPT = 0.6
# From this level on a rung counts as reached.
_REACHED = 3
_REASONS = {
    "up": "the answer carries a step up",
    "same": "another case at the same height",
    "down": "one step down",
    "top": "the top of the ladder",
    "done": "next in plan",
    "left": "the topic is left with courtesy",
}


def on_ladder(moment: Moment) -> Move | None:
    """Climb, stay, descend or leave, after an answer to a question of a ladder."""
    item, state = moment.item, moment.state
    if item is None or not item.rungs:
        return None
    asked = tuple(Foothold(*place) for place in state.climbed) or (start_of(item),)
    if _wants_more(moment):
        return _more(moment, item)
    reading = moment.together
    level = _level(moment, item, asked[-1], reading)
    reached = _reached(item, state.reached, asked[-1], level)
    step = step_after(item, asked, level)
    if step.to is None or not _time_for_more(moment):
        courteous = step.way == "left" and not moment.reading.dont_know
        onward = moving_on if courteous else next_item
        move = onward(moment, "time: the ladder is left" if step.to else _REASONS[step.way])
        return replace(move, record_extra=_record(item, reached, {}))
    return Move(
        kind="ask",
        round=state.round.id,
        item=item,
        slot=item.rungs[step.to.rung].step,
        reason=_REASONS[step.way],
        question=item.question_at(step.to.rung, step.to.case),
        thing=None if reading.too_short else moment.reading.thing,
        rung=(step.to.rung, step.to.case),
        record_extra=_record(item, reached, {"rung": [step.to.rung, step.to.case]}),
    )


def _level(moment: Moment, item: PlannedItem, at: Foothold, reading: Reading) -> int:
    """Return the level the answer is read at; a thing told twice has one step, always taken."""
    if item.step == "explain":
        return 5
    language = moment.plan.language
    key = f"{item.id}:{item.rungs[at.rung].step}"
    points = moment.sealed.points.get(key, ())
    return level_of("\n".join(moment.state.answers), reading, points, language)


def _wants_more(moment: Moment) -> bool:
    """Whether the answer is too short to tell, and has not been asked for more."""
    state, reading = moment.state, moment.reading
    asked_for_more = set(state.probed) - {CONTRADICTION}
    if moment.plan.probing == "none" or asked_for_more or reading.nothing_to_add:
        return False
    return reading.too_short and not reading.dont_know and not worded_out(state, "more")


def _more(moment: Moment, item: PlannedItem) -> Move:
    return Move(
        kind="probe",
        round=moment.state.round.id,
        item=item,
        slot="more",
        planned=False,
        reason="the answer leaves out: more",
        question_key="probe.more",
        thing=moment.reading.thing,
    )


def _time_for_more(moment: Moment) -> bool:
    state = moment.state
    still = sum(item.minutes for item in state.left if item.kind == "question")
    return state.minutes + _KEPT * still + 1 <= state.round.minutes - CLOSING_MINUTES


def _reached(item: PlannedItem, before: str, at: Foothold, level: int) -> str:
    """Return the highest step answered soundly so far, empty when none was."""
    steps = [rung.step for rung in item.rungs]
    heights = [steps.index(before)] if before in steps else []
    if level >= _REACHED:
        heights.append(at.rung)
    return steps[max(heights)] if heights else ""


def _record(item: PlannedItem, reached: str, more: Mapping[str, object]) -> dict[str, object]:
    return {"ladder": {"item": item.id, "reached": reached or None, **more}}
