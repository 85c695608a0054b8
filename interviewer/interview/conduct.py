"""How an interview is to be held: manner of each examiner, difficulty, practice or examination."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from interviewer.content.format import Format
from interviewer.content.manner import MANNERS
from interviewer.errors import InputError
from interviewer.interview.difficulty import DIFFICULTIES, USUAL


@dataclass(frozen=True, slots=True)
class Conduct:
    """How an interview is to be held; the usual way unless it says otherwise.

    Attributes:
        manners: Manner by round id; a round that is not there has the persona's own.
        difficulty: `easy`, `medium` or `hard`.
        practice: Whether hints may be given; not in an examination.
    """

    manners: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    difficulty: str = USUAL
    practice: bool = True


def conduct_of(
    interview: Format, *, manner: str = "", difficulty: str = USUAL, practice: bool = True
) -> Conduct:
    """Return how an interview is held, from what a user says.

    Args:
        interview: The format whose rounds are meant.
        manner: One manner for all, or `boss=silent,hr=warm` by round or persona; empty for the
            personas' own.
        difficulty: A difficulty.
        practice: Whether hints may be given.

    Raises:
        InputError: A manner, round or difficulty is not known; names those that are.
    """
    if difficulty not in DIFFICULTIES:
        known = ", ".join(DIFFICULTIES)
        raise InputError(f"There is no difficulty `{difficulty}`. Choose one of: {known}.")
    return Conduct(MappingProxyType(_manners(interview, manner)), difficulty, practice)


def _manners(interview: Format, said: str) -> dict[str, str]:
    rounds: dict[str, tuple[str, ...]] = {part.id: (part.id,) for part in interview.rounds}
    for part in interview.rounds:
        of_persona = tuple(r.id for r in interview.rounds if r.persona == part.persona)
        rounds.setdefault(part.persona, of_persona)
    manners: dict[str, str] = {}
    for piece in filter(None, (piece.strip() for piece in said.split(","))):
        named, equals, manner = (text.strip() for text in piece.rpartition("="))
        if manner not in MANNERS:
            known = ", ".join(MANNERS)
            raise InputError(f"There is no manner `{manner}`. Choose one of: {known}.")
        if equals and named not in rounds:
            known = ", ".join(rounds)
            raise InputError(
                f"The manner `{piece}` names no round of this format. Its rounds are: {known}."
            )
        meant = rounds[named] if equals else tuple(part.id for part in interview.rounds)
        manners |= dict.fromkeys(meant, manner)
    return manners
