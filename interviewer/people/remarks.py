"""What a coach says about an interview: a comment, or a level beside the machine's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from interviewer.errors import InputError
from interviewer.transcript import Transcript

RemarkKind = Literal["comment", "level"]
LONGEST_TEXT = 2_000
MOST_REMARKS = 500
INTERVIEW = "interview"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a coach said about an interview; added, never changed, taken out by its coach.

    Attributes:
        kind: `comment`, or `level` for one beside the machine's.
        about: `interview`, `turn:<seq>`, or for a level `<round>/<competency>`.
        text: The comment, or the reason for the level.
        quote: The words of the turn it is about, exactly as they were said; empty for all of it.
        level: The coach's level.
        machine: The level the report gave when the coach said another, None for not scored.
        by: The coach's name.
        at: ISO time in UTC.
        number: Its number in the interview, counted from 1; 0 before it is kept.
    """

    kind: RemarkKind
    about: str
    text: str
    quote: str = ""
    level: float | None = None
    machine: float | None = None
    by: str = ""
    at: str = ""
    number: int = 0


def checked_comment(transcript: Transcript, seq: int | None, text: str, quote: str) -> Remark:
    """Return a comment on a turn, or on the whole interview.

    Raises:
        InputError: There is nothing in it, no such turn, or the turn does not say what is quoted.
    """
    said = _checked_text(text)
    if seq is None:
        return Remark("comment", INTERVIEW, said)
    turn = next((turn for turn in transcript.turns if turn.seq == seq), None)
    if turn is None:
        raise InputError(f"The interview has no turn {seq}. Reload the page and try again.")
    quoted = quote.strip()
    if quoted not in turn.content:
        raise InputError(
            "The turn does not say what is quoted. Copy the words exactly as they stand there."
        )
    return Remark("comment", f"turn:{seq}", said, quote=quoted)


def checked_level(
    about: str, level: str, machine: float | None, scale: tuple[int, int], reason: str
) -> Remark:
    """Return a coach's level for a competency.

    Args:
        about: `<round>/<competency>`, one the report has.
        level: What was chosen.
        machine: The report's level, None for not scored.
        scale: Lowest and highest level.
        reason: Why.

    Raises:
        InputError: The level is not on the scale, or there is no reason.
    """
    lowest, highest = scale
    if not level.isascii() or not level.isdigit() or not lowest <= int(level[:4]) <= highest:
        raise InputError(f"A level is a number from {lowest} to {highest}. Choose one of them.")
    return Remark("level", about, _checked_text(reason), level=float(level), machine=machine)


def on_turns(remarks: Iterable[Remark]) -> dict[int, list[Remark]]:
    """Return comments by the turn they are about, in the order they were said."""
    found: dict[int, list[Remark]] = {}
    for remark in remarks:
        kind, _, number = remark.about.partition(":")
        if kind == "turn" and number.isdigit():
            found.setdefault(int(number), []).append(remark)
    return found


def _checked_text(text: str) -> str:
    said = text.strip()
    if not said:
        raise InputError("Nothing was written. Say why, or what you noticed.")
    if len(said) > LONGEST_TEXT:
        raise InputError(f"This is too long. {LONGEST_TEXT} characters are kept at most.")
    return said
