"""A candidate known by number says who they are: one neutral reminder, and on (SCIENCE 2.5)."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import again, next_item
from interviewer.interview.rules.moment import Moment
from interviewer.reading.identity import identity_in

IDENTITY = "identity"
_REMINDER = "bridge.identity"


def on_identity(moment: Moment) -> Move | None:
    """Remind of the rule without a word of what was said; an answer that was given counts."""
    state, item = moment.state, moment.item
    if not moment.plan.anonymous or item is None or not state.heard:
        return None
    found = identity_in(state.heard[-1].text)
    if not found:
        return None
    reason = "the candidate shows who they are"
    if moment.reading.too_short and not state.brought_back:
        move = replace(again(state, _REMINDER, reason), kind="deflect")
    else:
        move = replace(next_item(moment, reason), first=_REMINDER)
    return replace(move, slot=IDENTITY, record_extra={IDENTITY: sorted(found)})
