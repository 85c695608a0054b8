"""Marks of two raters on the same thing, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from interviewer.evaluation.agreement.marks import Mark, Thing


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks on the same thing.

    Attributes:
        thing: What was marked.
        cluster: The candidate; what is drawn when intervals are made.
        left: The first mark, a person's.
        right: The second, of whoever is held against them.
        raters: Who gave them.
    """

    thing: Thing
    cluster: str
    left: float
    right: float
    raters: tuple[str, str]


def by_thing(marks: Iterable[Mark]) -> Mapping[Thing, Sequence[Mark]]:
    """Return marks by what they were given to."""
    found: dict[Thing, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.thing].append(mark)
    return found


def cluster_of(mark: Mark) -> str:
    """Return the candidate, the transcript where no candidate is told."""
    return mark.candidate or mark.thing.transcript


def between_people(people: Iterable[Mark]) -> Iterator[Pair]:
    """Yield every two people's marks on the same thing."""
    for thing, given in by_thing(people).items():
        for one, other in combinations(sorted(given, key=lambda mark: mark.rater), 2):
            yield Pair(thing, cluster_of(one), one.value, other.value, (one.rater, other.rater))


def with_machine(people: Iterable[Mark], machine: Iterable[Mark]) -> Iterator[Pair]:
    """Yield each person's mark with a machine's on the same thing."""
    told = {mark.thing: mark for mark in machine}
    for mark in people:
        other = told.get(mark.thing)
        if other is not None:
            raters = (mark.rater, other.rater)
            yield Pair(mark.thing, cluster_of(mark), mark.value, other.value, raters)


def with_constant(people: Iterable[Mark], value: float) -> Iterator[Pair]:
    """Yield each person's mark with one level that is always given."""
    for mark in people:
        yield Pair(mark.thing, cluster_of(mark), mark.value, value, (mark.rater, "constant"))
