"""Intervals by the bootstrap that draws candidates: marks on one candidate are not independent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from interviewer.evaluation.agreement.statistics import Figures

DRAWS = 2000
SEED = 20261127
# So many counts at a time keep the memory flat.
_AT_ONCE = 4_000_000

Interval = tuple[float, float]


def drawn(clusters: int, seed: int = SEED, draws: int = DRAWS) -> Iterator[Figures]:
    """Yield how often each candidate was drawn, `[draw, candidate]`, some draws at a time."""
    random = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // max(1, clusters))
    even = np.full(clusters, 1 / clusters)
    for begun in range(0, draws, step):
        size = min(step, draws - begun)
        yield random.multinomial(clusters, even, size=size).astype(float)


def interval(
    rows: Figures,
    figure: Callable[[Figures], Figures],
    seed: int = SEED,
    draws: Iterable[Figures] | None = None,
) -> Interval | None:
    """Return the 95 % percentile interval of a figure; None for fewer than two candidates.

    Args:
        rows: `[candidate, ...]`, sums of each candidate.
        figure: Makes the figure of added rows, `[draw, ...]` to `[draw]`.
        seed: The same seed gives the same interval.
        draws: What `drawn` yields for so many candidates and this seed, where several figures
            are made of it; None draws anew.
    """
    if len(rows) < 2:
        return None
    flat = rows.reshape(len(rows), -1)
    found = [
        figure((counts @ flat).reshape(len(counts), *rows.shape[1:]))
        for counts in (drawn(len(rows), seed) if draws is None else draws)
    ]
    told = np.concatenate(found)
    told = told[~np.isnan(told)]
    if not len(told):
        return None
    low, high = np.percentile(told, (2.5, 97.5))
    return float(low), float(high)
