"""A circuit breaker: a model that keeps failing rests, so that nobody waits for it in vain."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

FAILS_BEFORE_REST = 3
RESTS = 60.0


@dataclass
class Breaker:
    """Counts failed turns of one model.

    Attributes:
        clock: Seconds, from any start.
        failed: Failed turns in a row.
        until: When it may be tried again.
    """

    clock: Callable[[], float] = time.monotonic
    failed: int = 0
    until: float = 0.0

    @property
    def rests(self) -> bool:
        """Whether the model is to be left alone now; after the rest one turn may try it."""
        return self.failed >= FAILS_BEFORE_REST and self.clock() < self.until

    def note(self, *, ok: bool) -> None:
        """Take down how a turn went."""
        self.failed = 0 if ok else self.failed + 1
        if self.failed >= FAILS_BEFORE_REST:
            self.until = self.clock() + RESTS
