"""Figures of a sentence: numbers in digits or words, with what they measure."""

from __future__ import annotations

from dataclasses import dataclass

# Where one text writes the unit and another leaves it out: "at five", "five o'clock"; "in 2025".
_OPEN = frozenset({"", "clock", "year"})
# Units that say when, not how much.
CALENDAR = frozenset({"year", "half", "quarter", "moon", "date", "clock", "th"})
_NEAR = 1e-6
HOURS = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands.

    Attributes:
        unit: What it measures: a sign, a name of `[units]`, `year` of the calendar, `clock`, `th`
            for a place in an order, `half` of a year, empty for a bare number.
        value: In that unit; hours are minutes, the clock has twelve hours.
        start: Where it begins in the text.
        end: Where it ends.
    """

    unit: str
    value: float
    start: int
    end: int

    def agrees(self, other: Figure) -> bool:
        """Whether a text with the other figure says the same with it."""
        if abs(self.value - other.value) > _NEAR * max(1.0, abs(self.value)):
            return False
        units = {self.unit, other.unit}
        return self.unit == other.unit or ("" in units and units <= _OPEN)


def measured(unit: str, value: float, span: tuple[int, int]) -> Figure:
    """Return a figure; hours are counted in minutes."""
    return Figure("minute", value * 60, *span) if unit == "hour" else Figure(unit, value, *span)


def apart(found: list[Figure]) -> tuple[Figure, ...]:
    """Return the figures in the order of the text; of two that overlap the first found stays."""
    kept: list[Figure] = []
    for figure in found:
        if all(figure.end <= f.start or figure.start >= f.end for f in kept):
            kept.append(figure)
    return tuple(sorted(kept, key=lambda figure: figure.start))
