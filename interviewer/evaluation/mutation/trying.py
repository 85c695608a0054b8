"""Many mutants tried: here, or in several processes; the results are the same."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from interviewer.content.library import Library
from interviewer.evaluation.given import NOTHING_GIVEN, Given, informed
from interviewer.evaluation.metric import Metric, Score, chosen, known_metrics
from interviewer.evaluation.mutation.mutant import Base, with_numbers
from interviewer.evaluation.mutation.operators import OPERATORS
from interviewer.evaluation.mutation.trial import Stock, Trial
from interviewer.transcript_file import from_json

# So many mutants of one operator are tried at once.
BATCH = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Some mutants in a row.

    Attributes:
        language: Of which stock.
        operator: How they are made.
        first: Place of the first.
        size: How many.
    """

    language: str
    operator: str
    first: int
    size: int


@dataclass(frozen=True)
class Order:
    """What is to be tried.

    Attributes:
        interviews: Interviews to change, by language, each as its line of a transcript file.
        scores: What metrics say of each as it is, in the same order.
        operators: Names of the operators.
        mutants: How many of each operator, shared between the languages.
        seed: What all are drawn from.
    """

    interviews: Mapping[str, tuple[str, ...]]
    scores: Mapping[str, tuple[Mapping[str, Score], ...]]
    operators: tuple[str, ...]
    mutants: int
    seed: int

    @property
    def batches(self) -> tuple[Batch, ...]:
        """The work in pieces, in order."""
        return tuple(
            Batch(language, operator, first, min(BATCH, number - first))
            for language, number in self._shared().items()
            for operator in self.operators
            for first in range(0, number, BATCH)
        )

    def _shared(self) -> Mapping[str, int]:
        """Return how many mutants of an operator each language has."""
        each, left = divmod(self.mutants, len(self.interviews))
        return {name: each + (place < left) for place, name in enumerate(self.interviews)}

    @cached_property
    def stocks(self) -> Mapping[str, Stock]:
        """The interviews, read."""
        return {name: self._stock(name) for name in self.interviews}

    def _stock(self, language: str) -> Stock:
        read = [
            with_numbers(from_json(json.loads(line), where=f"interview {place}"))
            for place, line in enumerate(self.interviews[language], start=1)
        ]
        bases = tuple(
            Base(own, tuple(other for other in read if other is not own)) for own in read
        )
        return Stock(language, bases, self.scores[language])

    def tried(self, batch: Batch, metrics: Sequence[Metric]) -> tuple[Trial, ...]:
        """Return what metrics say of the mutants of a batch; fewer where none can be made."""
        stock, operator = self.stocks[batch.language], OPERATORS[batch.operator]
        places = range(batch.first, batch.first + batch.size)
        found = (stock.trial(operator, self.seed, place, metrics) for place in places)
        return tuple(trial for trial in found if trial is not None)


def tried_here(order: Order, metrics: Sequence[Metric]) -> Iterator[tuple[Trial, ...]]:
    """Yield the trials of each batch, in order."""
    for batch in order.batches:
        yield order.tried(batch, metrics)


def tried_by(
    processes: int, order: Order, open_library: Callable[[], Library], names: Sequence[str],
    given: Given = NOTHING_GIVEN,
) -> Iterator[tuple[Trial, ...]]:  # fmt: skip
    """Yield the same from several processes, in the same order.

    Args:
        processes: How many.
        order: What is to be tried.
        open_library: Opens the content; each process calls it once, so it is a plain function.
        names: Of the metrics.
        given: What is given beside the interviews.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_begin,
        initargs=(open_library, tuple(names), order, given),
    ) as pool:  # fmt: skip
        yield from pool.map(_batch, order.batches)


# A process of the pool tries with these; they are set once when it begins.
_metrics: list[Metric] = []
_orders: list[Order] = []


def _begin(
    open_library: Callable[[], Library], names: tuple[str, ...], order: Order, given: Given
) -> None:
    _metrics[:] = informed(chosen(known_metrics(open_library()), names), given)
    _orders[:] = [order]


def _batch(batch: Batch) -> tuple[Trial, ...]:
    return _orders[0].tried(batch, _metrics)
