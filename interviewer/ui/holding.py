"""What visitors opened for themselves: each is its visitor's alone, and only in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from interviewer.errors import InputError

# Of all visitors together.
MOST = 500


class Closable(Protocol):
    """Something that holds a connection or a file until it is closed."""

    async def close(self) -> None:
        """Give back what it holds."""
        ...


T = TypeVar("T", bound=Closable)


@dataclass
class Holding(Generic[T]):
    """Things by visitor and name; where there are too many the oldest go.

    Attributes:
        each: How many a visitor may have.
        busy: What is said to somebody whose last one is still being tried.
    """

    each: int
    busy: str
    _held: dict[tuple[str, str], T] = field(default_factory=dict)
    _trying: set[str] = field(default_factory=set)

    def of(self, visitor: str | None) -> tuple[T, ...]:
        """Return what a visitor has, newest first."""
        own = [thing for (owner, _), thing in self._held.items() if owner == visitor]
        return tuple(reversed(own))

    def find(self, visitor: str | None, name: str = "") -> T | None:
        """Return what a visitor has under a name, None where there is nothing."""
        return self._held.get((visitor or "", name))

    @contextmanager
    def trying(self, visitor: str) -> Iterator[None]:
        """Try one thing of a visitor at a time.

        Raises:
            InputError: One is being tried already.
        """
        if visitor in self._trying:
            raise InputError(self.busy)
        self._trying.add(visitor)
        try:
            yield
        finally:
            self._trying.discard(visitor)

    async def keep(self, visitor: str, thing: T, name: str = "") -> T:
        """Hold a thing that works, in place of the one of its name."""
        await self.drop(visitor, name)
        self._held[visitor, name] = thing
        own = [key for key in self._held if key[0] == visitor]
        for key in {*own[: -self.each], *list(self._held)[:-MOST]}:
            await self.drop(*key)
        return thing

    async def drop(self, visitor: str, name: str = "") -> None:
        """Forget a thing and close it; nothing happens where there is none."""
        thing = self._held.pop((visitor, name), None)
        if thing is not None:
            await thing.close()

    async def close(self) -> None:
        """Close everything."""
        held, self._held = list(self._held.values()), {}
        await asyncio.gather(*(thing.close() for thing in held))
