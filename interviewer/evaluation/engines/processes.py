"""Several processes of this machine; one that is ended from outside has its jobs done again."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, TypeVar

from interviewer.errors import SetupError
from interviewer.evaluation.engines.engine import Task

J = TypeVar("J")
R = TypeVar("R")
# So many jobs wait for each process; a pool that breaks so often without a job done is given up.
_AHEAD, _MOST_BROKEN = 2, 3
# A transcript read from JSON is a few thousand values, none of them in a circle.
_COLLECTED_AFTER = 10_000


@dataclass(frozen=True)
class Processes:
    """So many processes, started anew and not split off: none has a part of this one's threads.

    Attributes:
        number: How many.
    """

    number: int

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield what each job gives, as it is done.

        Raises:
            SetupError: Processes are ended again and again.
        """
        waiting = list(reversed(jobs))
        broken = 0
        while waiting:
            try:
                for result in self._pooled(task, waiting):
                    broken = 0
                    yield result
            except BrokenProcessPool:
                broken += 1
                if broken >= _MOST_BROKEN:
                    raise SetupError(
                        "The processes were ended from outside again and again, for want of "
                        "memory perhaps. Name fewer of them with --engine; what is finished is "
                        "kept."
                    ) from None

    def _pooled(self, task: Task[J, R], waiting: list[J]) -> Iterator[R]:
        """Yield results of one pool; jobs it does not finish are put back among those waiting."""
        going: dict[Future[R], J] = {}
        context = multiprocessing.get_context("spawn")
        number = min(self.number, len(waiting))
        pool = ProcessPoolExecutor(
            number, mp_context=context, initializer=_begin, initargs=(task,)
        )
        try:
            while waiting or going:
                while waiting and len(going) < number * _AHEAD:
                    job = waiting.pop()
                    try:
                        going[pool.submit(_do, job)] = job
                    except BrokenProcessPool:
                        waiting.append(job)
                        raise
                ready, _ = wait(going, return_when=FIRST_COMPLETED)
                for future in ready:
                    result = future.result()
                    del going[future]
                    yield result
        finally:
            waiting.extend(going.values())
            pool.shutdown(wait=True, cancel_futures=True)


# A process of the pool does its jobs with this; it is set once when the process begins.
_doing: list[Callable[[Any], Any]] = []


def _begin(task: Task[Any, Any]) -> None:
    _doing[:] = [task.begin()]
    # The content stays as long as the process does, so nobody need look through it for rubbish.
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER)


def _do(job: Any) -> Any:
    return _doing[0](job)
