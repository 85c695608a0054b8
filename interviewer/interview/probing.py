"""Which missing part of an answer is worth a probe, by the type of the question.

After OPM's limited prompting: own action before result before situation before reflection; a
neutral "tell me more" for an answer too short to judge. No part is probed twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.interview.plan import PlannedItem
from interviewer.reading.answer import Reading

_WANTED: dict[str, tuple[str, ...]] = {
    "past_behaviour": ("own_action", "result", "situation"),
    "background": ("own_action", "result"),
    "situational": (),
    "knowledge": ("specific",),
    "work_sample": (),
    "motivation": (),
    "strength": (),
    "public_service": (),
}


def missing_part(
    item: PlannedItem, reading: Reading, *, probed: Sequence[str], first: str | None = None
) -> str | None:
    """Return the part to probe for, None when nothing is missing that would be asked for.

    Args:
        item: The question that was answered.
        reading: What all answers to it hold together.
        probed: Parts already asked for.
        first: The part to ask for before others, if it is missing here too.
    """
    found = _candidates(item, reading)
    if first and first not in reading.parts and (first in found or first in item.probes):
        found.insert(0, first)
    for part in found:
        if part not in probed:
            return part
    return None


def _candidates(item: PlannedItem, reading: Reading) -> list[str]:
    kind = item.type or ""
    if reading.dont_know and reading.too_short:
        # "I do not know" gets room for how they would find out, not a demand for more.
        return ["reflection"] if "reflection" in item.probes else []
    found: list[str] = []
    if reading.we_only and kind in ("past_behaviour", "background", "knowledge"):
        found.append("own_action")
    if reading.too_short:
        found.append("more")
    if reading.hypothetical and kind == "past_behaviour":
        found.append("specific")
    found += [part for part in _WANTED.get(kind, ()) if part not in reading.parts]
    if "specific" in reading.parts and "situation" in found:
        found.remove("situation")  # a dated or counted occasion has set the scene already
    # An opener is no story: it is probed for the candidate's own part only.
    if item.step == "background" and not reading.we_only:
        found = [part for part in found if part == "more"]
    return found


def wanted_parts(item: PlannedItem) -> tuple[str, ...]:
    """Return the parts a full answer to this item has; an opener is no story."""
    if item.step == "background":
        return ("own_action",)
    return _WANTED.get(item.type or "", ())
