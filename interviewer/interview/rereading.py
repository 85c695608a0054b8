"""The last answer read by a model too, before the examiner decides what comes next."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from interviewer.interview.heard import mended
from interviewer.interview.model_reading import Opinion, Reader, difference, merged, worth_asking
from interviewer.interview.progress import Progress
from interviewer.transcript import EMPTY, Json, Turn

# Nobody waits longer: the reading by rules is there already.
DEADLINE = 6.0


@dataclass(frozen=True, slots=True)
class Reread:
    """Where an interview stands, with what a model heard in the last answer.

    Attributes:
        state: How far the interview is.
        told: What the examiner's turn keeps of it, empty when nothing changed.
        usage: Tokens it took, and what they cost where that is known.
    """

    state: Progress
    told: Json = field(default_factory=lambda: EMPTY)
    usage: Mapping[str, float] = field(default_factory=dict)

    def noted(self, turn: Turn) -> Turn:
        """Return the examiner's turn with what was heard, and what that cost."""
        if self.told:
            turn = replace(turn, extra=MappingProxyType({**turn.extra, "heard": dict(self.told)}))
        if not self.usage:
            return turn
        usage = dict(turn.usage)
        for name, count in (*self.usage.items(), ("calls", 1)):
            before = usage.get(name, 0)
            usage[name] = count + (before if isinstance(before, int | float) else 0)
        return replace(turn, usage=MappingProxyType(usage))


async def reread(state: Progress, language: str, reader: Reader | None) -> Reread:
    """Return where an interview stands once a model has read the last answer.

    Nothing is asked of a model that rests, of an answer that rules have settled, and between
    rounds; a model that fails or is late changes nothing.
    """
    if reader is None or reader.rests or state.waiting != "examiner":
        return Reread(state)
    if state.round.kind == "written" or not state.answers:
        return Reread(state)
    if state.aside is not None:
        # The last answer of the interview was read before; the reply to an improper question
        # is given to no model.
        return Reread(state)
    if not worth_asking(state.heard[-1].reading):
        return Reread(state)
    last = state.heard[-1]
    opinion = Opinion(None)
    try:
        async with asyncio.timeout(DEADLINE):
            opinion = await reader.read(state.question, last.text, language)
    except TimeoutError:
        return Reread(state)
    if opinion.reading is None:
        return Reread(state, usage=opinion.usage)
    model = opinion.reading
    if len(state.answers) > 1:
        # What answers a probe need not bear on the first question.
        model = replace(model, off_question=False)
    told = difference(last.reading, merged(last.reading, model, last.text))
    if not told:
        return Reread(state, usage=opinion.usage)
    told = MappingProxyType({"turn": last.seq, **told})
    return Reread(state.hearing(mended(state.heard, told)), told, opinion.usage)
