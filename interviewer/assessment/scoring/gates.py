"""Which answers bring evidence at all; the others get no level, and move none."""

from __future__ import annotations

from typing import Literal

from interviewer.assessment.scoring.evidence_held import Held
from interviewer.assessment.scoring.newness import Kept

Unscored = Literal["nothing_said", "nothing_new", "thin", "no_bearing", "no_evidence", "no_rubric"]
# Fewer new words than these hold no evidence that could be quoted for anything.
_LEAST_NEWS = 4.0
# An answer that was asked for by the plan may use the words of its question.
_LEAST_ASKED = 2.0
# Where no plan says what a question is for, the answer has to be of the rubric's matter itself.
_LEAST_BEARING = 2.0
_SOME = 0.5


def unscored(kept: Kept, held: Held, *, planned: bool, knows: bool = False) -> Unscored | None:
    """Return why an answer brings no evidence, None when it does.

    Args:
        kept: Its sentences that count.
        held: What they hold.
        planned: Whether the plan asked the question for this competency.
        knows: Whether something of what a good answer holds was found in it, so that it bears.
    """
    if not kept.text:
        return "nothing_new" if kept.void else "nothing_said"
    if held.news < (_LEAST_ASKED if planned else _LEAST_NEWS):
        return "thin"
    if knows:
        return None
    needed = _LEAST_BEARING
    if planned:
        needed = 0.0 if "own_action" in held.reading.parts else _SOME
    return "no_bearing" if held.reading.off_question or held.bearing < needed else None
