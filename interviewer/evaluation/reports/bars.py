"""A mean and its interval as a small drawing: a line from low to high with a point on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 160, 20
_SIDE = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """What is drawn, in pixels from the left.

    Attributes:
        mean: The point.
        low: Where the interval begins, None without one.
        high: Where it ends.
        from_value: What the left end of the scale stands for.
        to_value: What the right end stands for.
    """

    mean: float
    low: float | None
    high: float | None
    from_value: float
    to_value: float


def bar_of(mean: float | None, interval: Sequence[float] | None) -> Bar | None:
    """Return the drawing of a mean, None without one; the scale is 0 to 1 unless it is left."""
    if mean is None:
        return None
    shown = [mean, *(interval or ())]
    low = 0.0 if min(shown) >= 0 else float(math.floor(min(shown)))
    high = 1.0 if max(shown) <= 1 else float(math.ceil(max(shown)))

    def at(value: float) -> float:
        return round(_SIDE + (value - low) / (high - low) * (WIDTH - 2 * _SIDE), 1)

    ends = [at(value) for value in interval] if interval else [None, None]
    return Bar(at(mean), ends[0], ends[1], low, high)
