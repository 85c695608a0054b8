"""Levels a coach gives: blind before the report's are before them, informed afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from interviewer.errors import InputError

CANNOT_SAY = "none"


@dataclass(frozen=True, slots=True)
class Rating:
    """The level a coach gives for one competency of one round.

    Attributes:
        about: `<round>/<competency>`.
        level: The coach's level, None where the answers let them say nothing.
        machine: The report's level when it was given, None for not scored.
        lowest: Of the scale.
        highest: Of the scale.
        blind: Whether the coach had seen no level of the interview before.
        by: The coach's name.
        author: Number of the coach, 0 before it is kept.
        at: ISO time in UTC.
        session: The interview.
        candidate: Number of the candidate whose it is.
    """

    about: str
    level: float | None
    machine: float | None
    lowest: int
    highest: int
    blind: bool = False
    by: str = ""
    author: int = 0
    at: str = ""
    session: str = ""
    candidate: int = 0

    @property
    def competency(self) -> str:
        """Rubric id of what was rated."""
        return self.about.partition("/")[2]


def checked_ratings(chosen: Mapping[str, str], asked: Sequence[Rating]) -> tuple[Rating, ...]:
    """Return the levels a coach chose for all there was to rate.

    All of them, as what is left out after the report was seen is left out for a reason.

    Args:
        chosen: A level as written, or `none` for one that cannot be told, by what it is about.
        asked: What there is to rate, without a level.

    Raises:
        InputError: One is missing, or none of the scale.
    """
    found = []
    for entry in asked:
        text = chosen.get(entry.about, "")
        if text == CANNOT_SAY:
            found.append(entry)
            continue
        if not (text.isascii() and text.isdigit()) or not (
            entry.lowest <= int(text[:4]) <= entry.highest
        ):
            raise InputError(
                "Give every competency a level of its scale, or say that you cannot tell. Nothing "
                "was kept."
            )
        found.append(replace(entry, level=float(text)))
    return tuple(found)
