"""Points of a board: from levels of answers to elements, and from several raters to one figure.

A level of 1 to 5 falls into the band it belongs to, poor below 2.5 and good from 3.5, and to its
place within it. Of three raters or more the highest and the lowest total are dropped; the rest is
averaged to two decimals (SCIENCE 2.5). Pure; nothing here makes a level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from interviewer.content.elements import Element

LEVELS = (1.0, 5.0)
MIDDLE, UPPER = 2.5, 3.5
FULL = 100
# Below this a mean without highest and lowest would be nobody's.
LEAST_TO_DROP = 3
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """One element as rated.

    Attributes:
        element: Its line of the table.
        points: Whole points, None where no answer shows it or nothing was scored.
    """

    element: Element
    points: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """One rater's points, of the elements that can be seen in text."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal | None:
        """The sum scaled to 100, to two decimals; None while an element has no points."""
        given = [line.points for line in self.lines]
        most = sum(line.element.max for line in self.lines)
        if not given or None in given:
            return None
        return _rounded(Decimal(sum(p for p in given if p is not None)) * FULL / most)


@dataclass(frozen=True, slots=True)
class Combined:
    """What several raters' totals come to.

    Attributes:
        points: The figure, None where no rater has a total.
        raters: How many had one.
        dropped: How many of them were left out.
    """

    points: Decimal | None
    raters: int
    dropped: int


def points_for(element: Element, level: float) -> int:
    """Return the points of an element for a level.

    Raises:
        ValueError: The level is not from 1 to 5.
    """
    lowest, highest = LEVELS
    if not lowest <= level <= highest:
        raise ValueError(f"The level is {level}, give one from {lowest:g} to {highest:g}.")
    band, start, end = element.poor, lowest, MIDDLE
    if level >= UPPER:
        band, start, end = element.good, UPPER, highest
    elif level >= MIDDLE:
        band, start, end = element.mid, MIDDLE, UPPER
    place = Decimal(str((level - start) / (end - start)))
    exact = band[0] + place * (band[1] - band[0])
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def table_of(elements: Sequence[Element], levels: Mapping[str, float]) -> Table:
    """Return one rater's table.

    Args:
        elements: The elements of the format; those that can only be seen are left out.
        levels: The rater's level by competency, of those that were scored. An element has the
            mean level of the competencies that show it.
    """
    lines = []
    for element in elements:
        if element.seen_only:
            continue
        shown = [levels[name] for name in element.shown_in if name in levels]
        points = points_for(element, sum(shown) / len(shown)) if shown else None
        lines.append(Line(element, points))
    return Table(tuple(lines))


def shown_together(raters: Sequence[Table]) -> Table:
    """Return the mean points of each element over the raters who gave it any, in whole points."""
    lines = []
    for rated in zip(*(table.lines for table in raters), strict=True):
        given = [line.points for line in rated if line.points is not None]
        mean = Decimal(sum(given)) / len(given) if given else None
        points = None if mean is None else int(mean.quantize(Decimal(1), ROUND_HALF_UP))
        lines.append(Line(rated[0].element, points))
    return Table(tuple(lines))


def combined(raters: Sequence[Table]) -> Combined:
    """Return the mean of the raters' totals, without highest and lowest where there are enough."""
    totals = sorted(table.total for table in raters if table.total is not None)
    if not totals:
        return Combined(None, 0, 0)
    kept = totals[1:-1] if len(totals) >= LEAST_TO_DROP else totals
    mean = sum(kept, Decimal(0)) / len(kept)
    return Combined(_rounded(mean), len(totals), len(totals) - len(kept))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)
