"""How many examiners may speak at once; whoever comes later stands in line and is told where.

An answer is committed before its reply stands in line, so nobody who waits can lose one.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

# Seconds between two looks at one's place.
TOLD_EVERY = 1.0
# So many may wait for each place; the line moves on within some ten seconds then.
WAITING_EACH = 4
# Turns that one visitor may have on the way: some windows on one interview, or a few interviews.
MOST_OF_ONE = 4


class Visit:
    """One turn that wants to be spoken."""

    def __init__(self) -> None:
        """Wait to be called."""
        self.called = asyncio.Event()


class Admission:
    """Lets so many turns be spoken at once, first come first served.

    Attributes:
        places: How many.
    """

    def __init__(self, places: int) -> None:
        """Let nobody in yet."""
        self.places = places
        self._inside = 0
        self._line: deque[Visit] = deque()
        self._of: Counter[str] = Counter()

    def refuses(self, visitor: str | None) -> bool:
        """Whether the line is so long that nobody else should join it, or this visitor."""
        crowded = len(self._line) >= self.places * WAITING_EACH
        return crowded or self._of[visitor or ""] >= MOST_OF_ONE

    @asynccontextmanager
    async def visit(self, visitor: str | None) -> AsyncIterator[Visit]:
        """Hold a place in the line, then one inside; both are free again at the end."""
        visit = Visit()
        self._of[visitor or ""] += 1
        self._line.append(visit)
        self._call()
        try:
            yield visit
        finally:
            self._of[visitor or ""] -= 1
            self._of += Counter()  # forgets whoever has none left
            if visit.called.is_set():
                self._inside -= 1
            else:
                self._line.remove(visit)
            self._call()

    async def line(self, visit: Visit) -> AsyncIterator[int]:
        """Yield a visit's place in the line, from 1, as it changes; ends when it is called."""
        told = 0
        while not visit.called.is_set():
            place = self._line.index(visit) + 1
            if place != told:
                told = place
                yield place
            with suppress(TimeoutError):
                async with asyncio.timeout(TOLD_EVERY):
                    await visit.called.wait()

    def _call(self) -> None:
        while self._line and self._inside < self.places:
            self._line.popleft().called.set()
            self._inside += 1
