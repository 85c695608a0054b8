"""Retention: what nobody has touched for so many days is forgotten, at the start and every day."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from interviewer.errors import ConversationError, InputError, InterviewerError
from interviewer.privacy.erasing import Erased, Erasing
from interviewer.research.ownership import own_packs, owner_of

log = logging.getLogger(__name__)
DAY_SECONDS = 24 * 3600.0


def present() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Sweeping:
    """Forgets what is older than so many days.

    Attributes:
        erasing: What forgets.
        days: How long things are kept.
        clock: Returns the present moment.
        idle: Raises InterviewerError while somebody works on the research of an employer.
        gone: Is told whose research went, so that nobody is offered it any more.
    """

    erasing: Erasing
    days: int
    clock: Callable[[], datetime] = present
    idle: Callable[[tuple[str, ...]], None] = lambda companies: None
    gone: Callable[[tuple[str, ...]], Awaitable[None]] | None = None

    async def due(self) -> str:
        """Return in words what would go now."""
        found = await self.erasing.store.outdated(self._before())
        packs = await asyncio.to_thread(self._packs)
        return (
            f"{len(found.sessions)} interviews, {found.self_assessments} self-assessments, "
            f"{len(found.assignments)} assignments and the research on {len(packs)} employers"
        )

    async def sweep(self) -> Erased:
        """Forget what is due; return what went.

        Raises:
            SetupError: Something cannot be deleted; what went before is gone.
        """
        found = await self.erasing.store.outdated(self._before())
        research = await self._research()
        gone = await self.erasing.beside(found.sessions)
        kept = await self.erasing.store.forget_outdated(self._before())
        kept = replace(kept, name=f"what is older than {self.days} days")
        return Erased(kept, tuple(research), gone)

    async def daily(self) -> None:
        """Sweep now and every day until cancelled; a sweep that fails is tried again tomorrow."""
        while True:
            try:
                gone = await self.sweep()
                count = gone.kept.sessions if gone.kept else 0
                log.info("Retention: %d interviews went.", count)
            except InterviewerError as error:
                log.warning("Retention could not delete everything: %s", error)
            except Exception:
                # Nobody waits for this task: it would end without a word.
                log.exception("Retention could not delete everything.")
            await asyncio.sleep(DAY_SECONDS)

    async def _research(self) -> list[tuple[str, int]]:
        """Forget the research that is due; what somebody works on waits a day."""
        went = []
        for pack in await asyncio.to_thread(self._packs):
            with suppress(ConversationError, InputError):
                self.idle((pack,))
                went.append(await self.erasing.employer(pack))
        if self.gone is not None and went:
            await self.gone(tuple(company for company, _ in went))
        return went

    def _before(self) -> str:
        moment = self.clock() - timedelta(days=self.days)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def _packs(self) -> tuple[str, ...]:
        """Return the employers whose research somebody took in and nobody has added to since."""
        before = (self.clock() - timedelta(days=self.days)).timestamp()
        return tuple(
            folder.name
            for folder in own_packs(self.erasing.own)
            if owner_of(folder) is not None and _changed(folder) < before
        )


def _changed(folder: Path) -> float:
    try:
        return max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
    except OSError:
        return math.inf  # somebody is changing it now
