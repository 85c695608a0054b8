"""What changed over a series, said only where it is more than the scorer's own spread.

Nothing is told from fewer than three interviews. The later half of the levels is compared with
the earlier half (the middle one of an odd number belongs to neither). The spread is what nine in
ten pairs of interviews of a candidate who stays the same lie apart at most (docs/scoring.md,
`python -m benchmarks.carrying_over`): a difference within it may be chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from interviewer.assessment.progress.series import Series

FEWEST = 3
SPREAD = 1.5
"""Levels of five; of other scales the same share."""
_LEVELS = 4.0

Kind = Literal["none", "too_few", "within_spread", "up", "down"]


@dataclass(frozen=True, slots=True)
class Change:
    """What may be said of a series.

    Attributes:
        kind: `none` without any level; `too_few` and `within_spread` claim nothing.
        by: Later half less earlier half, in levels; None where nothing was compared.
        spread: What the scorer alone varies by, in levels of this scale.
        interviews: How many interviews have a level that counts; answers given again are none.
    """

    kind: Kind
    by: float | None
    spread: float
    interviews: int


def change_in(series: Series) -> Change:
    """Return what may be said of a series."""
    counted = series.counted
    scale = series.scale
    spread = round(SPREAD * (scale.max - scale.min) / _LEVELS, 1)
    interviews = sum(not point.redo for point, _ in counted)
    if interviews < FEWEST:
        return Change("too_few" if interviews else "none", None, spread, interviews)
    levels = [level for _, level in counted]
    half = len(levels) // 2
    by = round(fmean(levels[-half:]) - fmean(levels[:half]), 1)
    if abs(by) <= spread:
        return Change("within_spread", by, spread, interviews)
    return Change("up" if by > 0 else "down", by, spread, interviews)
