"""Intervals of means, by the bootstrap: a transcript is what is drawn, never a turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_NORMAL = 1.959963984540054
_DRAWS = 2000
_SEED = 20261127
# So many drawn values at a time keep the memory flat whatever the number of transcripts.
_AT_ONCE = 2_000_000
# Values are drawn one by one up to this number; of more, so many groups of transcripts.
GROUPS = 1_000
SETTINGS = {
    "method": "percentile bootstrap",
    "level": 0.95,
    "draws": _DRAWS,
    "seed": _SEED,
    "groups": GROUPS,
}


def mean_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the 95 % percentile interval of a mean, None for fewer than two values.

    The same values give the same interval.
    """
    return groups_interval(values, [1] * len(values)) if len(values) > 1 else None


def groups_interval(sums: Sequence[float], sizes: Sequence[int]) -> tuple[float, float]:
    """Return the 95 % percentile interval of a mean whose values lie in groups; groups are drawn.

    Args:
        sums: The sum of each group.
        sizes: How many values each has.
    """
    told, held = np.asarray(sums, dtype=float), np.asarray(sizes)
    random = np.random.default_rng(_SEED)
    step = max(1, _AT_ONCE // len(told))
    means: list[float] = []
    while len(means) < _DRAWS:
        size = min(step, _DRAWS - len(means))
        drawn = random.integers(0, len(told), (size, len(told)))
        means.extend((told[drawn].sum(axis=1) / held[drawn].sum(axis=1)).tolist())
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)


def share_interval(hits: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of n (Wilson 1927).

    Args:
        hits: How many, a half counting half.
        n: Of how many, at least one.
    """
    share, wide = hits / n, _NORMAL**2 / n
    middle = share + wide / 2
    reach = _NORMAL * (share * (1 - share) / n + wide / n / 4) ** 0.5
    return (middle - reach) / (1 + wide), (middle + reach) / (1 + wide)
