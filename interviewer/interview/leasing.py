"""Who may let an examiner speak, where several processes carry interviews of one store on.

A process claims a lease on a session, renews it while the examiner speaks, and gives it up with
the turn. The lease of a process that died runs out by the store's own clock, and another goes on.
That no turn is kept twice does not rest on the lease but on the turns' numbers; the lease saves
asking a model twice and showing one person two versions of a question.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol
from uuid import uuid4

from interviewer.errors import InterviewerError

SECONDS = 6.0
_RENEWALS = 3
_TRIES = 24


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to make the next turns of sessions, as one process claims it.

    Attributes:
        holder: Names the process.
        seconds: How long it lasts unless it is renewed.
    """

    holder: str = field(default_factory=lambda: uuid4().hex)
    seconds: float = SECONDS


class Leases(Protocol):
    """Keeps who holds the lease on a session: one holder at most."""

    async def claim(self, session_id: str, lease: Lease) -> bool:
        """Take the lease unless another's runs; return whether it was taken."""
        ...

    async def renew(self, session_id: str, lease: Lease) -> None:
        """Let a lease that is still held last from now on."""
        ...

    async def give_up(self, session_id: str, lease: Lease) -> None:
        """End a lease that is still held."""
        ...


@asynccontextmanager
async def holding(leases: Leases, session_id: str, lease: Lease) -> AsyncIterator[bool]:
    """Hold the lease on a session for the length of the block, waiting for it where need be.

    Yields:
        Whether another process held it, so that the session may have gone on meanwhile.

    Raises:
        InputError: There is no such session.
        SetupError: The store fails.
    """
    waited = False
    while not await leases.claim(session_id, lease):
        waited = True
        await asyncio.sleep(lease.seconds / _TRIES)
    renewing = asyncio.create_task(_renew(leases, session_id, lease))
    try:
        yield waited
    finally:
        renewing.cancel()
        # What cannot be given up runs out.
        with suppress(InterviewerError):
            await leases.give_up(session_id, lease)


async def _renew(leases: Leases, session_id: str, lease: Lease) -> None:
    while True:
        await asyncio.sleep(lease.seconds / _RENEWALS)
        # A store that fails for a moment costs the lease at worst; the turn's own commit tells.
        with suppress(InterviewerError):
            await leases.renew(session_id, lease)
