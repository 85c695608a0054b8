"""Decisions held against what became of candidates: agreement, confusion, calibration, groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interviewer.evaluation.agreement.marks import OUTCOME, Mark
from interviewer.evaluation.agreement.pairing import Pair, by_thing, with_machine
from interviewer.evaluation.agreement.resampling import SEED, Interval, interval
from interviewer.evaluation.agreement.statistics import kappa, sums_of

# From here on a probability counts as yes.
YES = 0.5
# Of four fifths and less it is asked why (US Uniform Guidelines, 29 CFR 1607.4 D).
FOUR_FIFTHS = 0.8


@dataclass(frozen=True, slots=True)
class Outcome:
    """How decisions stand to outcomes.

    Attributes:
        n: Pairs of an outcome told by a person and a decision.
        kappa: Cohen's kappa, None where nobody's answers differ.
        kappa_ci95: Its interval.
        confusion: Pairs by (outcome, decision), both `yes` or `no`.
        brier: Mean squared distance of probability and outcome; None without probabilities.
        selected: By group: how many were decided on, and how many of them with yes.
        impact: Lowest rate of yes over the highest; None for fewer than two groups, or no yes.
    """

    n: int
    kappa: float | None
    kappa_ci95: Interval | None
    confusion: Mapping[tuple[str, str], int]
    brier: float | None
    selected: Mapping[str, tuple[int, int]]
    impact: float | None


def outcomes_in(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks that are outcomes or decisions."""
    return tuple(mark for mark in marks if mark.thing.item == OUTCOME)


def outcome_of(
    people: Sequence[Mark], machine: Sequence[Mark], seed: int = SEED
) -> Outcome | None:
    """Return how a machine's decisions stand to outcomes; None where none were given to the same.

    Args:
        people: What became of candidates.
        machine: What was decided, as yes or no or as a probability.
        seed: Of the interval.
    """
    told = outcomes_in(machine)
    pairs = tuple(with_machine(outcomes_in(people), told))
    if not pairs:
        return None
    decided = [_decided(pair) for pair in pairs]
    sums = sums_of(decided)
    agreed = float(kappa(sums.rows.sum(axis=0)))
    uncertain = any(pair.right not in (0.0, 1.0) for pair in pairs)
    groups = _groups([*people, *machine], told)
    return Outcome(
        n=len(pairs),
        kappa=None if agreed != agreed else agreed,
        kappa_ci95=None if agreed != agreed else interval(sums.rows, kappa, seed),
        confusion=Counter((_word(pair.left), _word(pair.right)) for pair in decided),
        brier=sum((p.right - p.left) ** 2 for p in pairs) / len(pairs) if uncertain else None,
        selected=groups,
        impact=_impact(groups),
    )


def _decided(pair: Pair) -> Pair:
    return Pair(pair.thing, pair.cluster, pair.left, float(pair.right >= YES), pair.raters)


def _word(value: float) -> str:
    return "yes" if value else "no"


def _groups(everybody: Sequence[Mark], told: Sequence[Mark]) -> dict[str, tuple[int, int]]:
    """Return decisions and those with yes by group, whoever named the candidate's group."""
    of = {mark.thing.transcript: mark.group for mark in everybody if mark.group}
    found: dict[str, tuple[int, int]] = {}
    for thing, given in sorted(by_thing(told).items(), key=lambda entry: entry[0].transcript):
        group = of.get(thing.transcript)
        if group:
            n, yes = found.get(group, (0, 0))
            found[group] = (n + 1, yes + (given[0].value >= YES))
    return dict(sorted(found.items()))


def _impact(groups: Mapping[str, tuple[int, int]]) -> float | None:
    rates = [yes / n for n, yes in groups.values()]
    return min(rates) / max(rates) if len(rates) > 1 and max(rates) else None
