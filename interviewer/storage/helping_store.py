"""Keeps what coaches do while an interview goes on."""

from __future__ import annotations

from interviewer.people.accounts import Account
from interviewer.people.helping import Help
from interviewer.storage import helping
from interviewer.storage.helping import Beside, Live
from interviewer.storage.transactions import Transacting


class HelpKeeping(Transacting):
    """The part of what is kept of people that belongs to interviews under way."""

    async def beside(self, session_id: str, candidate: Account) -> Beside:
        """Return what stands beside an interview of one's own; its hints are seen from now on.

        Raises:
            NotThereError: It is not theirs, or there is none.
        """
        now = self._clock()
        found = await self._read(helping.beside, session_id, candidate.key, now=now)
        new = [hint.id for hint in found.hints if not hint.seen]
        if new:
            await self._write(helping.mark_seen, new, now=now)
        return found

    async def seen_hints(self, session_id: str) -> tuple[Help, ...]:
        """Return the hints that were seen for the answer that comes next."""
        return await self._read(helping.seen_hints, session_id)

    async def questions_for(self, session_id: str) -> tuple[Help, ...]:
        """Return the questions of coaches who may still help here, in the order they were put."""
        return await self._read(helping.questions_for, session_id)

    async def live(self, session_id: str, coach: Account) -> Live:
        """Return how far an interview is for a coach's page, whose candidate is told of it.

        Raises:
            NotThereError: It is not shown to them.
        """
        now = self._clock()
        found, stale = await self._read(helping.live, session_id, coach.id, coach.key, now=now)
        if stale:
            await self._write(helping.keep_looking, session_id, coach.id, now=now)
        return found

    async def add_help(self, session_id: str, coach: Account, entry: Help) -> None:
        """Keep a hint or a question of a coach's.

        Raises:
            NotThereError: They may not help in this interview.
            ConversationError: Enough of them wait, or enough were put in.
        """
        now = self._clock()
        await self._write(helping.add_help, session_id, coach.id, coach.key, entry, now=now)

    async def take_back(self, session_id: str, coach: Account, help_id: str) -> None:
        """Delete a hint or a question of the coach's own.

        Raises:
            NotThereError: There is none.
        """
        await self._write(helping.take_back, session_id, coach.id, help_id)
