"""A task on a Dask worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from distributed import WorkerPlugin, get_worker

from interviewer.evaluation.engines.engine import Task


class Doing(WorkerPlugin):  # type: ignore[misc,unused-ignore] # Any, where the extra is missing
    """The task; content is opened with the first job of a worker."""

    def __init__(self, task: Task[Any, Any]) -> None:
        self._task = task

    def setup(self, worker: object) -> None:
        """Be ready for jobs."""
        self._begun = threading.Lock()
        self._doing: Callable[[Any], Any] | None = None

    def do(self, job: Any) -> Any:
        """Do a job."""
        with self._begun:
            if self._doing is None:
                self._doing = self._task.begin()
        return self._doing(job)


def do(name: str, job: Any) -> Any:
    """Do a job of the task that a worker knows by a name."""
    plugin: Any = get_worker().plugins[name]
    return plugin.do(job)
