"""The elements that points are made of where a board marks by a table (SCIENCE 2.5)."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from interviewer.content.form import Id, Value, Words

Band = tuple[int, int]


class Element(Value):
    """One line of a table of points.

    Attributes:
        max: Most points it may have.
        good: Least and most points of the upper band; `mid` and `poor` alike.
        shown_in: Competencies whose answers show it.
        seen_only: Whether it can only be seen, so that it is left out of an interview in text and
            the others are scaled up to 100.
    """

    id: Id
    name: Words
    max: int = Field(gt=0, le=100)
    good: Band
    mid: Band
    poor: Band
    shown_in: tuple[Id, ...] = ()
    seen_only: bool = False

    @model_validator(mode="after")
    def _bands_meet(self) -> Self:
        bands = (self.poor, self.mid, self.good)
        if any(low > high for low, high in bands):
            raise ValueError("a band begins above its end")
        if self.poor[0] != 0 or self.good[1] != self.max:
            raise ValueError("the bands must reach from 0 to `max`")
        if self.mid[0] != self.poor[1] + 1 or self.good[0] != self.mid[1] + 1:
            raise ValueError("each band must begin one point above the one below")
        if not (self.shown_in or self.seen_only):
            raise ValueError("name the competencies it is shown in, or set `seen_only`")
        return self
