"""Agreement of people and a machine: every figure beside that of people, and of a constant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean

import numpy as np

from interviewer.errors import InputError
from interviewer.evaluation.agreement.marks import FOLLOW_UP, OUTCOME, Mark
from interviewer.evaluation.agreement.outcome import Outcome, outcome_of
from interviewer.evaluation.agreement.pairing import (
    Pair,
    between_people,
    by_thing,
    cluster_of,
    with_constant,
    with_machine,
)
from interviewer.evaluation.agreement.powered import Powered, powered_mean
from interviewer.evaluation.agreement.resampling import SEED, Interval, interval
from interviewer.evaluation.agreement.statistics import (
    Figures,
    bias,
    coincidences_of,
    exact,
    kappa,
    mean_error,
    ordinal_alpha,
    sums_of,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its interval.

    Attributes:
        value: None where it cannot be told: nobody's marks differ, or it has no direction.
        ci95: 95 % interval by drawn candidates, None for fewer than two.
    """

    value: float | None
    ci95: Interval | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """How one side agrees with people.

    Attributes:
        name: `people`, `constant`, or the machine's.
        n: Pairs of marks on the same thing.
        candidates: Of how many candidates.
        kappa: Quadratic weighted kappa.
        alpha: Krippendorff's alpha of ordered levels.
        bias: Mean of this side less people; None among people, who are on both sides.
        mean_error: Mean distance in levels.
        exact: Share of equal marks; says nothing without the others.
    """

    name: str
    n: int
    candidates: int
    kappa: Figure
    alpha: Figure
    bias: Figure
    mean_error: Figure
    exact: Figure


@dataclass(frozen=True, slots=True)
class Means:
    """The mean level people would give.

    Attributes:
        people: Mean of people's marks alone.
        machine: Mean of the machine's over everything it marked.
        powered: Both together; None where the machine marked nothing that people did not.
    """

    people: Figure
    machine: Figure
    powered: Powered | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What marks of people and of a machine come to.

    Attributes:
        rows: People with each other, each machine, the constant; those that can be told.
        by_item: The same without the constant, item by item; yes and no on follow-ups too.
        means: By machine.
        outcome: By machine, where decisions were given.
        constant: The level the constant grader gives: people's most frequent.
        people: Who marked among people.
        alone: Marks of a machine on things no person marked, by machine.
    """

    rows: tuple[Row, ...]
    by_item: tuple[tuple[str, Row], ...]
    means: tuple[tuple[str, Means], ...]
    outcome: tuple[tuple[str, Outcome], ...]
    constant: float | None
    people: tuple[str, ...]
    alone: tuple[tuple[str, int], ...]


def agreement_of(
    people: Sequence[Mark], machine: Sequence[Mark] = (), seed: int = SEED
) -> Agreement:
    """Return how far marks agree.

    Args:
        people: Marks by people.
        machine: Marks by one machine or several.
        seed: Of the intervals.

    Raises:
        InputError: Nothing was marked by two raters.
    """
    levels, told = _levels(people), _levels(machine)
    names = tuple(dict.fromkeys(mark.rater for mark in machine))
    both = {mark.rater for mark in people} & set(names)
    if both:
        raise InputError(f"{min(both)} is a rater in both files. Give each rater one side.")
    by_machine = {name: [mark for mark in told if mark.rater == name] for name in names}
    outcomes = [
        (name, outcome_of(people, [mark for mark in machine if mark.rater == name], seed))
        for name in names
    ]
    rows = [_row("people", tuple(between_people(levels)), levels, seed)]
    rows += [
        _row(name, tuple(with_machine(levels, marks)), None, seed)
        for name, marks in by_machine.items()
    ]
    kept = [row for row in rows if row is not None]
    by_item = tuple(_by_item(people, machine, names, seed))
    found = tuple((name, outcome) for name, outcome in outcomes if outcome is not None)
    if not kept and not found and not by_item:
        raise InputError(
            "No two raters marked the same thing: transcript, turn and item have to be equal. "
            "Nothing can be said of their agreement."
        )
    constant = _most_frequent(levels)
    if constant is not None:
        row = _row("constant", tuple(with_constant(levels, constant)), None, seed)
        kept += [row] if row else []
    return Agreement(
        rows=tuple(kept),
        by_item=by_item,
        means=tuple((n, _means(levels, m, seed)) for n, m in by_machine.items() if m and levels),
        outcome=found,
        constant=constant,
        people=tuple(sorted({mark.rater for mark in people})),
        alone=tuple((n, len(_alone(levels, m))) for n, m in by_machine.items()),
    )


def _levels(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.thing.item not in (OUTCOME, FOLLOW_UP)]


def _most_frequent(marks: Sequence[Mark]) -> float | None:
    counts = Counter(mark.value for mark in marks)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _by_item(
    people: Sequence[Mark], machine: Sequence[Mark], names: Sequence[str], seed: int
) -> Iterable[tuple[str, Row]]:
    for item in sorted({mark.thing.item for mark in people} - {OUTCOME}):
        own = [mark for mark in people if mark.thing.item == item]
        rows = [_row("people", tuple(between_people(own)), own, seed)]
        for name in names:
            told = [mark for mark in machine if mark.rater == name and mark.thing.item == item]
            rows.append(_row(name, tuple(with_machine(own, told)), None, seed))
        yield from ((item, row) for row in rows if row is not None)


def _row(name: str, pairs: Sequence[Pair], all_raters: Sequence[Mark] | None, seed: int
         ) -> Row | None:  # fmt: skip
    """Return a row; among people alpha is over all raters at once, else over the pairs."""
    if not pairs:
        return None
    rows = sums_of(pairs).rows
    marks = list(all_raters) if all_raters is not None else _as_marks(pairs)
    tables = coincidences_of(marks).tables
    figure = partial(_figure, rows, seed=seed)
    return Row(
        name=name,
        n=len(pairs),
        candidates=len(rows),
        kappa=figure(kappa),
        alpha=_figure(tables, _alphas, seed=seed),
        bias=Figure(None) if all_raters is not None else figure(bias),
        mean_error=figure(mean_error),
        exact=figure(exact),
    )


def _as_marks(pairs: Sequence[Pair]) -> list[Mark]:
    """Return both sides of pairs, each pair a thing of its own."""
    found = []
    for number, pair in enumerate(pairs):
        thing = type(pair.thing)(pair.thing.transcript, number, pair.thing.item)
        found += [
            Mark(thing, "left", pair.left, pair.cluster),
            Mark(thing, "right", pair.right, pair.cluster),
        ]
    return found


def _figure(rows: Figures, of: Callable[[Figures], Figures], *, seed: int) -> Figure:
    value = float(of(rows.sum(axis=0)[None])[0])
    # Not a number is what cannot be told, and has no interval.
    return Figure(None) if value != value else Figure(value, interval(rows, of, seed))


def _alphas(tables: Figures) -> Figures:
    return np.array([ordinal_alpha(table) for table in tables])


def _alone(people: Sequence[Mark], machine: Sequence[Mark]) -> list[Mark]:
    things = {mark.thing for mark in people}
    return [mark for mark in machine if mark.thing not in things]


def _means(people: Sequence[Mark], machine: Sequence[Mark], seed: int) -> Means:
    """Return means; where several people marked one thing, theirs is the mean of them."""
    given = by_thing(people)
    one = {thing: fmean(mark.value for mark in marks) for thing, marks in given.items()}
    both = [mark for mark in machine if mark.thing in one]
    rest = _alone(people, machine)
    clusters = ([cluster_of(mark) for mark in both], [cluster_of(mark) for mark in rest])
    return Means(
        people=_mean([(cluster_of(given[t][0]), value) for t, value in one.items()], seed),
        machine=_mean([(cluster_of(mark), mark.value) for mark in machine], seed),
        powered=powered_mean(
            [one[mark.thing] for mark in both],
            [mark.value for mark in both],
            [mark.value for mark in rest],
            clusters,
        ),
    )


def _mean(values: Sequence[tuple[str, float]], seed: int) -> Figure:
    places: dict[str, int] = {}
    for cluster, _ in values:
        places.setdefault(cluster, len(places))
    rows = np.zeros((len(places), 2))
    for cluster, value in values:
        rows[places[cluster]] += (1, value)
    return _figure(rows, lambda totals: totals[..., 1] / totals[..., 0], seed=seed)
