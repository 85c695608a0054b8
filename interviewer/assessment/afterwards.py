"""What came after an interview, which its report takes in."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.interview.annotations import Annotation
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What came after an interview.

    Attributes:
        said: What was said about it, in the order it was said.
        first: Where this interview gives an answer again, the one it was given in first; None
            when that one is gone.
        again: Interviews that give an answer of this one again, oldest first.
    """

    said: tuple[Annotation, ...] = ()
    first: Transcript | None = None
    again: tuple[Transcript, ...] = ()


NOTHING = Afterwards()
