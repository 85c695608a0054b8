"""A hint on a piece of the work, in practice only, weakest first (SCIENCE 2.3)."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import again
from interviewer.interview.rules.moment import Moment


def on_hint(moment: Moment) -> Move | None:
    """Give the next hint to somebody who asks for one, or is stuck where there are some."""
    state, item, reading = moment.state, moment.item, moment.reading
    hints = item.hints if item is not None and moment.plan.practice else ()
    stuck = bool(hints) and reading.dont_know and reading.too_short
    if not (reading.asks_hint or stuck):
        return None
    if state.hints < len(hints):
        return Move(
            kind="hint",
            round=state.round.id,
            item=item,
            slot=f"h{state.hints + 1}",
            reason="the candidate asks for a hint" if reading.asks_hint else "no way in was found",
            question_key="hint.give",
            hint=hints[state.hints],
            again=True,
        )
    if stuck or "hint" in state.slots:
        return None
    refusal = again(state, "deflect.hint", "there is no hint to this question")
    return replace(refusal, kind="deflect", slot="hint")
