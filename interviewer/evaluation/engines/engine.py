"""What an engine is: it hands jobs of one task to whoever does them, and yields what they say.

A task goes to every process whole, so it can be pickled; what is done must not depend on who does
it, on the order, or on how often a job was begun before it was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from interviewer.errors import UsageError

J = TypeVar("J")
R = TypeVar("R")
J_in = TypeVar("J_in", contravariant=True)
R_out = TypeVar("R_out", covariant=True)
LOCAL = "local"
_NAMED = re.compile(
    r"(?P<local>local)|processes:(?P<processes>[1-9]\d?)|dask:(?P<address>(?:tcp|tls|wss?)://[^\s/]+)"
)


class Task(Protocol[J_in, R_out]):
    """Work that is cut into jobs."""

    def begin(self) -> Callable[[J_in], R_out]:
        """Return what does a job; called once by every process, so here content is opened."""
        ...


class Engine(Protocol):
    """Somewhere jobs are done."""

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield what each job gives, as it is done.

        Raises:
            SetupError: Whoever does them is not there, or is ended again and again.
        """
        ...


@dataclass(frozen=True)
class Here:
    """This process."""

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield what each job gives, one after the other."""
        if jobs:
            done = task.begin()
            for job in jobs:
                yield done(job)


def engine_named(text: str) -> Engine:
    """Return an engine: `local`, `processes:N` or `dask:tcp://HOST:PORT`.

    Raises:
        UsageError: It is no engine.
        SetupError: The extra `cluster` is not installed.
    """
    match = _NAMED.fullmatch(text)
    if match is None:
        raise UsageError(
            f"`{text}` is no engine. Write local, processes:2, or dask:tcp://HOST:8786 with the "
            "address of a Dask scheduler."
        )
    if match["processes"]:
        from interviewer.evaluation.engines.processes import Processes

        return Processes(int(match["processes"]))
    if match["address"]:
        from interviewer.evaluation.engines.cluster import Cluster, is_installed

        is_installed()
        return Cluster(match["address"])
    return Here()
