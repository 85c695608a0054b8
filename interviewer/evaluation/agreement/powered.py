"""A mean where a machine marked everything and people a part: prediction-powered inference.

The machine's mean over everything is put right by how far it is off where people marked too; how
much of the machine is used is chosen so that the interval is shortest (Angelopoulos, Duchi and
Zrnic, "PPI++", 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.evaluation.agreement.statistics import Figures

_NORMAL = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Powered:
    """A mean with its interval.

    Attributes:
        mean: The mean.
        ci95: Its 95 % interval, by the normal curve.
        weight: How much of the machine is used, 0 for none.
    """

    mean: float
    ci95: tuple[float, float]
    weight: float


def powered_mean(
    people: Sequence[float], machine: Sequence[float], alone: Sequence[float],
    clusters: tuple[Sequence[str], Sequence[str]] | None = None,
) -> Powered | None:  # fmt: skip
    """Return the mean people would give to everything; None for fewer than two marks of theirs.

    Args:
        people: People's marks.
        machine: The machine's on the same things, in the same order.
        alone: The machine's marks on things no person marked.
        clusters: Candidates of both, so that the interval allows for marks on the same one; each
            mark is its own without them.
    """
    y, f, rest = (np.asarray(values, dtype=float) for values in (people, machine, alone))
    n, more = len(y), len(rest)
    if n < 2 or more < 2:
        return None
    spread = float(np.concatenate([f, rest]).var(ddof=1))
    shared = float(np.mean((y - y.mean()) * (f - f.mean())))
    weight = min(1.0, max(0.0, shared / ((1 + n / more) * spread))) if spread else 0.0
    off = y - weight * f
    mean = weight * rest.mean() + off.mean()
    near, far = clusters or (None, None)
    error = (_variance(off, near) + weight**2 * _variance(rest, far)) ** 0.5
    return Powered(float(mean), (float(mean - _NORMAL * error), float(mean + _NORMAL * error)),
                   weight)  # fmt: skip


def _variance(values: Figures, clusters: Sequence[str] | None) -> float:
    """Return the variance of a mean whose values come in clusters."""
    away = values - values.mean()
    if clusters is None:
        return float((away**2).sum()) / len(values) ** 2
    _, place = np.unique(np.asarray(clusters), return_inverse=True)
    return float((np.bincount(place, weights=away) ** 2).sum()) / len(values) ** 2
