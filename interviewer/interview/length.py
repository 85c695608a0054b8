"""How long an interview is: as its format has it, or about half of that. Pure."""

from __future__ import annotations

from math import ceil

from interviewer.content.format import Format, Round
from interviewer.errors import InputError

USUAL = "usual"
SHORT = "short"
LENGTHS = (USUAL, SHORT)
_LEAST_MINUTES = 5


def of_length(interview: Format, length: str) -> Format:
    """Return a format as long as is wished; `short` has half the minutes and scored questions.

    A written test stays as it is: how much of it is sat is up to whoever sits it.

    Raises:
        InputError: There is no such length, or the format asks all candidates the same questions
            and so has one length only.
    """
    if length not in LENGTHS:
        raise InputError(f"There is no length `{length}`. Choose one of: {', '.join(LENGTHS)}.")
    if length == USUAL:
        return interview
    if interview.same_questions:
        raise InputError(
            f"The format `{interview.id}` asks all candidates for a post the same questions, so "
            f"it has one length. Choose the length `{USUAL}`."
        )
    return interview.model_copy(update={"rounds": tuple(map(_half, interview.rounds))})


def spoken_minutes(interview: Format) -> float:
    """Return how many minutes all conversations of a format take together."""
    return sum(part.minutes for part in interview.rounds)


def _half(part: Round) -> Round:
    # Pay is one of the scored questions of its round, and another has to come before it.
    least = 2 if "pay" in part.steps else 1
    return part.model_copy(
        update={
            "minutes": max(_LEAST_MINUTES, round(part.minutes / 2)),
            "scored_questions": max(least, ceil(part.scored_questions / 2)),
        }
    )
