"""A task that ends the process it is done in, for tests of engines."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ends:
    """Squares numbers; at 3 the process ends, once or always.

    Attributes:
        folder: Where it is noted that it has ended.
        always: Whether it ends each time.
    """

    folder: Path
    always: bool

    def begin(self) -> Callable[[int], int]:
        """Return what does a job."""
        return self._do

    def _do(self, job: int) -> int:
        mark = self.folder / "ended"
        if job == 3 and (self.always or not mark.exists()):
            mark.touch()
            os._exit(9)
        return job * job
