"""Figures of agreement, over pairs of marks that are added up candidate by candidate.

Quadratic weighted kappa (Cohen 1968) is 1 - D/E: D the mean squared difference of the pairs, E the
same over all pairs of any left with any right mark. Both follow from sums of values, squares and
products, so that a figure of a drawn sample is made from the sums of the candidates drawn.
Krippendorff's alpha (2011, ordinal) is 1 - D/E over the coincidences of levels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from interviewer.evaluation.agreement.marks import Mark
from interviewer.evaluation.agreement.pairing import Pair, by_thing, cluster_of

Figures: TypeAlias = NDArray[np.floating[Any]]
# Columns of the sums: pairs, left, right, their squares, product, distance, equal.
_SUMS = 8


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of pairs, one row a candidate.

    Attributes:
        rows: `[candidate, 8]`: pairs, left, right, left², right², left·right, |left - right|,
            equal ones.
    """

    rows: Figures


def sums_of(pairs: Sequence[Pair]) -> Sums:
    """Return the sums of pairs by candidate."""
    places: dict[str, int] = {}
    for pair in pairs:
        places.setdefault(pair.cluster, len(places))
    rows = np.zeros((len(places), _SUMS))
    for pair in pairs:
        x, y = pair.left, pair.right
        rows[places[pair.cluster]] += (1, x, y, x * x, y * y, x * y, abs(x - y), x == y)
    return Sums(rows)


def kappa(totals: Figures) -> Figures:
    """Return the quadratic weighted kappa; not a number where nobody's marks differ.

    Args:
        totals: `[..., 8]`, sums over candidates.
    """
    n, x, y, xx, yy, xy, _, _ = np.moveaxis(totals, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = (xx + yy - 2 * xy) / n
        by_chance = (xx + yy) / n - 2 * x * y / n**2
        return np.where(by_chance > 1e-12, 1 - seen / by_chance, np.nan)


def bias(totals: Figures) -> Figures:
    """Return the mean of right less left."""
    return (totals[..., 2] - totals[..., 1]) / totals[..., 0]


def mean_error(totals: Figures) -> Figures:
    """Return the mean distance of the two."""
    return totals[..., 6] / totals[..., 0]


def exact(totals: Figures) -> Figures:
    """Return the share of equal pairs."""
    return totals[..., 7] / totals[..., 0]


@dataclass(frozen=True, slots=True)
class Coincidences:
    """How often levels meet in the marks of one thing, one table a candidate.

    Attributes:
        levels: The levels that occur, from the lowest up.
        tables: `[candidate, level, level]`; a thing with m marks adds 1 / (m - 1) for each ordered
            pair of them.
    """

    levels: tuple[float, ...]
    tables: Figures


def coincidences_of(marks: Sequence[Mark]) -> Coincidences:
    """Return the coincidences in marks of several raters; what one alone marked adds nothing."""
    levels = tuple(sorted({mark.value for mark in marks}))
    place: Mapping[float, int] = {value: number for number, value in enumerate(levels)}
    tables: dict[str, Figures] = {}
    for given in by_thing(marks).values():
        if len(given) < 2:
            continue
        cluster = cluster_of(given[0])
        table = tables.setdefault(cluster, np.zeros((len(levels), len(levels))))
        counts = np.bincount([place[mark.value] for mark in given], minlength=len(levels))
        table += (np.outer(counts, counts) - np.diag(counts)) / (len(given) - 1)
    stacked = (
        np.stack(list(tables.values())) if tables else np.zeros((0, len(levels), len(levels)))
    )
    return Coincidences(levels, stacked)


def ordinal_alpha(table: Figures) -> float:
    """Return Krippendorff's alpha of ordered levels; not a number where all marks are the same.

    The distance of two levels is the square of how many marks lie from one to the other, those of
    the two themselves counted half.

    Args:
        table: `[level, level]` coincidences.
    """
    counts = table.sum(axis=1)
    total = float(counts.sum())
    upto = np.cumsum(counts) - counts / 2
    distance = (upto[:, None] - upto[None, :]) ** 2
    by_chance = float((np.outer(counts, counts) * distance).sum())
    if total < 2 or by_chance <= 1e-12:
        return float("nan")
    return 1 - (total - 1) * float((table * distance).sum()) / by_chance
