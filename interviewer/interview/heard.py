"""An answer as heard: read by rules, and mended where a transcript holds what a model heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from interviewer.interview.ledger.entry import Entry
from interviewer.interview.model_reading import corrected
from interviewer.interview.plan import PlannedItem
from interviewer.reading.answer import Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of the candidate, as read.

    Attributes:
        seq: Its number in the transcript.
        round: The round it was given in.
        item: Id of the item it was given to, None before any was asked.
        text: What was said.
        reading: What is in it.
        mended: Whether a model had a part in the reading.
        entries: The claims in it worth keeping; none where nobody comes back to the answer.
    """

    seq: int | None
    round: str
    item: str | None
    text: str
    reading: Reading
    mended: bool = False
    entries: tuple[Entry, ...] = ()


def kind_of(item: PlannedItem | None) -> str:
    """Return what kind of answer an item asks for, as reading names it."""
    if item is None:
        return ""
    return item.kind if item.kind == "candidate_questions" else item.type or ""


def mended(heard: Sequence[Heard], told: object) -> tuple[Heard, ...]:
    """Return answers with the last one mended by what an examiner's turn holds of it.

    A record of another answer, or one that makes no sense, changes nothing.
    """
    if not heard or not isinstance(told, Mapping) or told.get("turn") != heard[-1].seq:
        return tuple(heard)
    last = heard[-1]
    reading = corrected(last.reading, told, last.text)
    return (*heard[:-1], replace(last, reading=reading, mended=reading != last.reading))


def together(heard: Sequence[Heard], joined: Reading) -> Reading:
    """Return what several answers to one question hold.

    Args:
        heard: The answers.
        joined: All of them read by rules as one text.
    """
    if not any(answer.mended for answer in heard):
        return joined
    readings = [answer.reading for answer in heard]
    parts = frozenset[str]().union(*(reading.parts for reading in readings))
    own = "own_action" in parts
    return replace(
        joined,
        parts=parts,
        hypothetical=any(r.hypothetical for r in readings) and "specific" not in parts,
        we_only=any(reading.we_only for reading in readings) and not own,
        ownership="own" if own else None if joined.ownership == "own" else joined.ownership,
    )
