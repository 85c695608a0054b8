"""Orders to the examiner, "are you an AI?", fishing for a verdict: one sentence, then on."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import again, moving_on
from interviewer.interview.rules.moment import Moment


def on_digression(moment: Moment) -> Move | None:
    """A matter that is not the interview's: said once what is to be said, then left alone."""
    state, reading = moment.state, moment.reading
    for matter, said in (
        ("instructions", reading.gives_orders),
        ("software", reading.asks_software),
        ("verdict", reading.asks_verdict),
    ):
        if not said:
            continue
        if matter in state.slots and state.brought_back >= 1:
            # Said already: the rest of the answer is taken as an answer, the matter is left alone.
            return None if matter != "instructions" else moving_on(moment, "no answer came")
        return replace(
            again(state, f"deflect.{matter}", f"the candidate brought up: {matter}"),
            kind="deflect",
            slot=matter,
        )
    return None
