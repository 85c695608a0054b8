"""How far a coach's levels agree with the report's, and with those of other coaches.

Quadratic weighted kappa (Cohen 1968, Psychological Bulletin 70:213-220) and the mean difference,
each with an interval that draws candidates, as `statistics` and `resampling` make them. Levels of
two coaches are held against each other only where both were given blind: whoever has seen a level
moves towards it. Below `FEWEST` pairs nothing is told but their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from interviewer.evaluation.agreement.agreeing import Figure
from interviewer.evaluation.agreement.marks import Thing
from interviewer.evaluation.agreement.pairing import Pair
from interviewer.evaluation.agreement.resampling import SEED, Interval, drawn, interval
from interviewer.evaluation.agreement.statistics import Figures, bias, kappa, sums_of
from interviewer.people.ratings import Rating

FEWEST = 20
"""Pairs below which no figure is told: with fewer, kappa's interval spans nearly everything."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far one coach's levels agree with another's or with the report's.

    Attributes:
        competency: Rubric id, empty for all of one scale together.
        scale: Lowest and highest level.
        n: Pairs of levels of the same thing.
        candidates: Of how many candidates.
        kappa: Quadratic weighted kappa; None below `FEWEST` pairs.
        difference: Mean of the coach's less the other's, in levels; None below `FEWEST` pairs.
    """

    competency: str
    scale: tuple[int, int]
    n: int
    candidates: int
    kappa: Figure | None
    difference: Figure | None

    @property
    def too_few(self) -> bool:
        """Whether there are too few pairs to tell anything."""
        return self.kappa is None


@dataclass(frozen=True, slots=True)
class CoachAgreement:
    """What a coach's ratings come to; rows of single competencies follow those of all together.

    Attributes:
        blind: With the report, levels given before it was seen.
        informed: With the report, levels given after it was seen.
        others: With each other coach by number, blind levels of both.
    """

    blind: tuple[Agreed, ...]
    informed: tuple[Agreed, ...]
    others: tuple[tuple[int, tuple[Agreed, ...]], ...]


def coach_agreement(given: Iterable[Rating], coach: int, seed: int = SEED) -> CoachAgreement:
    """Return how far a coach agrees with the report and with other coaches.

    Args:
        given: The coach's ratings, and others' of the same interviews.
        coach: Number of the coach.
        seed: Of the intervals.
    """
    draws = _Draws(seed)
    rated = [entry for entry in given if entry.level is not None]
    mine = [entry for entry in rated if entry.author == coach]
    blind = {_thing(entry): entry for entry in mine if entry.blind}
    others: dict[int, list[tuple[Rating, float]]] = {}
    for entry in rated:
        own = blind.get(_thing(entry))
        if entry.author != coach and entry.blind and own is not None:
            others.setdefault(entry.author, []).append((own, float(entry.level or 0)))
    return CoachAgreement(
        blind=_rows(_with_report(entry for entry in mine if entry.blind), draws),
        informed=_rows(_with_report(entry for entry in mine if not entry.blind), draws),
        others=tuple((author, _rows(pairs, draws)) for author, pairs in sorted(others.items())),
    )


@dataclass
class _Draws:
    """Draws of candidates, made once for all figures of so many of them."""

    seed: int
    _made: dict[int, list[Figures]] = field(default_factory=dict)

    def interval(self, rows: Figures, figure: Callable[[Figures], Figures]) -> Interval | None:
        """Return the interval of a figure."""
        if len(rows) not in self._made:
            self._made[len(rows)] = list(drawn(len(rows), self.seed))
        return interval(rows, figure, self.seed, self._made[len(rows)])


def _thing(entry: Rating) -> tuple[str, str]:
    return entry.session, entry.about


def _with_report(entries: Iterable[Rating]) -> list[tuple[Rating, float]]:
    return [(entry, entry.machine) for entry in entries if entry.machine is not None]


def _rows(pairs: Sequence[tuple[Rating, float]], draws: _Draws) -> tuple[Agreed, ...]:
    """Return the figures of all pairs by scale, then by competency, those of most pairs first."""
    together: dict[tuple[int, int], list[Pair]] = {}
    single: dict[tuple[str, tuple[int, int]], list[Pair]] = {}
    for mine, other in pairs:
        scale = (mine.lowest, mine.highest)
        pair = _pair(mine, other)
        together.setdefault(scale, []).append(pair)
        single.setdefault((mine.competency, scale), []).append(pair)
    rows = [_agreed("", scale, found, draws) for scale, found in sorted(together.items())]
    by_number = sorted(single.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return (*rows, *(_agreed(name, scale, found, draws) for (name, scale), found in by_number))


def _pair(mine: Rating, other: float) -> Pair:
    """Return a pair whose right mark is the coach's: the difference is right less left."""
    thing = Thing(mine.session, None, mine.about)
    return Pair(thing, str(mine.candidate), other, float(mine.level or 0), ("other", "coach"))


def _agreed(
    competency: str, scale: tuple[int, int], pairs: Sequence[Pair], draws: _Draws
) -> Agreed:
    rows = sums_of(pairs).rows
    if len(pairs) < FEWEST:
        return Agreed(competency, scale, len(pairs), len(rows), None, None)
    agreed = float(kappa(_total(rows))[0])
    return Agreed(
        competency,
        scale,
        len(pairs),
        len(rows),
        # Not a number is what cannot be told: nobody's levels differ.
        Figure(None) if agreed != agreed else Figure(agreed, draws.interval(rows, kappa)),
        Figure(float(bias(_total(rows))[0]), draws.interval(rows, bias)),
    )


def _total(rows: Figures) -> Figures:
    total: Figures = rows.sum(axis=0)
    return total[None]
