"""A turn that is being spoken: heard by everybody who listens, finished even if nobody does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from interviewer.transcript import Transcript

Piece = str | Transcript


class RunningTurn:
    """One turn on its way.

    Attributes:
        stop: Set it to cut a model short.
        kept: Whether the turn is in the store, so that whoever comes now waits for the next.
    """

    def __init__(self) -> None:
        """Start without anything said."""
        self.stop = asyncio.Event()
        self.kept = False
        self._pieces: list[Piece] = []
        self._news = asyncio.Condition()
        self._over = False
        self._error: BaseException | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self, spoken: AsyncIterator[Piece], after: Callable[[], object]) -> None:
        """Let it be spoken, whoever listens; `after` is called when it is over."""
        self._task = asyncio.create_task(self._speak(spoken, after))

    def cancel(self) -> None:
        """End it now; whoever listens is told."""
        if self._task is not None:
            self._task.cancel()

    async def heard(self) -> AsyncIterator[Piece]:
        """Yield everything from the beginning, as it comes; raise what ended it early."""
        place = 0
        while True:
            async with self._news:
                while not self._over and place == len(self._pieces):
                    await self._news.wait()
            while place < len(self._pieces):
                yield self._pieces[place]
                place += 1
            if self._over and place == len(self._pieces):
                break
        if self._error is not None:
            raise self._error

    async def ended(self) -> None:
        """Wait until it is over."""
        async with self._news:
            await self._news.wait_for(lambda: self._over)

    async def _speak(self, spoken: AsyncIterator[Piece], after: Callable[[], object]) -> None:
        try:
            async for piece in spoken:
                self._pieces.append(piece)
                await self._tell()
        except Exception as error:
            self._error = error
        except asyncio.CancelledError:
            self._error = asyncio.CancelledError()
            raise
        finally:
            self._over = True
            after()
            await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()
