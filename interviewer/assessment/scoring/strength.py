"""How strong an answer is on the scale of the handbook, 1 to 5, by the type of its question.

The weights say what the sources say: the parts of a story first, then what raises a story above
the ordinary (reasons, the other side, checks, what lasted), and only a little for detail
(SCIENCE 1.3, 1.4). Length by itself brings next to nothing: detail is soon full.
"""

from __future__ import annotations

from interviewer.assessment.scoring.evidence_held import STORIES, Held

LOWEST, HIGHEST = 1.0, 5.0
# New words from which an answer is as detailed as need be.
_FULL_NEWS = 28.0
_FULL_BEARING = 9.0
# Signs above which more say nothing more.
_FULL_SIGNS = 5
_PARTS = {"specific": 0.35, "own_action": 0.65, "result": 0.65, "reflection": 0.3}
# An answer in no order cannot be followed and shows less; people jump, and a little is no fault.
JUMPS = 0.05
_IN_NO_ORDER = 1.0


def strength(held: Held, kind: str) -> float:
    """Return the level of an answer before any cap.

    Args:
        held: What it holds.
        kind: Type of its question, empty where it is not known.
    """
    signs = min(1.0, len(held.signs) / _FULL_SIGNS)
    news = min(1.0, held.news / _FULL_NEWS)
    bearing = min(1.0, held.bearing / _FULL_BEARING)
    found = sum(worth for part, worth in _PARTS.items() if part in held.reading.parts)
    figures = 0.2 if held.reading.claims else 0.0
    if kind in STORIES:
        level = found + figures + 0.6 * news + 1.8 * signs
    elif kind == "situational":
        # What would be done: that there are steps at all, then what they rest on.
        steps = 0.7 if held.reading.hypothetical else 0.0
        level = steps + 0.8 * news + 2.2 * signs + 0.5 * bearing
    elif kind:
        level = 1.3 * news + 1.8 * signs + 0.7 * bearing + 0.3 * found + figures
    else:
        level = 0.9 * news + 1.4 * signs + 1.5 * bearing + 0.3 * found + figures
    told = min(HIGHEST, LOWEST + level)
    lost = _IN_NO_ORDER * max(0.0, held.disorder - JUMPS) / (1 - JUMPS)
    return max(LOWEST, told - lost)
