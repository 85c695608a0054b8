"""Forgets a person or an interview everywhere: database, folders, caches, keyring.

The order matters: what is known by an interview's id is found before the database forgets it, and
the database forgets last but for the caches, so that a call that fails half-way can be made again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.privacy.places import Places
from interviewer.research.ownership import document_count, packs_of
from interviewer.storage import Whose

if TYPE_CHECKING:
    from interviewer.research.store import ResearchStore
    from interviewer.storage import Forgotten, SqlSessionStore
    from interviewer.storage.kept_keys import KeptKeys


@dataclass(frozen=True, slots=True)
class Erased:
    """What was deleted.

    Attributes:
        kept: What the database held, None where it knew nobody of the name.
        research: Employers whose research went, with the number of documents.
        evaluations: Names of kept evaluations that went.
        keys: How many entries of the keyring went.
    """

    kept: Forgotten | None
    research: tuple[tuple[str, int], ...] = ()
    evaluations: tuple[str, ...] = ()
    keys: int = 0


@dataclass(frozen=True)
class Erasing:
    """Everything that holds something of people.

    Attributes:
        store: The database.
        home: The data folder.
        own: Folder of research that was taken in.
        research: Opens the research; asked only where there is some to delete.
        keys: The keyring, None where nothing is kept in one.
    """

    store: SqlSessionStore
    home: Path
    own: Path
    research: Callable[[], ResearchStore]
    keys: KeptKeys | None = None

    def packs(self, whose: Whose) -> tuple[str, ...]:
        """Return the employers somebody took in research on."""
        return packs_of(self.own, whose.name, whose.visitor)

    async def person(self, whose: Whose) -> Erased:
        """Delete everything held about somebody.

        Raises:
            InputError: Nothing is kept about them.
            SetupError: Something cannot be deleted; what went before is gone.
        """
        found = await self.store.traces(whose)
        research = [await self.employer(company) for company in self.packs(whose)]
        known = "candidate" in await self.store.kept_under(whose.name)
        gone = await self.beside(found.sessions)
        keys = await asyncio.to_thread(self._keys_of, found.visitors)
        kept = None
        if known or not research:
            kept = await self.store.forget(whose.name, what="candidate", visitor=whose.visitor)
        return Erased(kept, tuple(research), gone, keys)

    async def interview(self, name: str) -> Erased:
        """Delete everything held about an interview, and those that give its answers again.

        Raises:
            InputError: There is none.
            SetupError: Something cannot be deleted; what went before is gone.
        """
        again = await self.store.redos(name)
        known = "session" in await self.store.kept_under(name)
        sessions = (name, *(transcript.id for transcript in again)) if known else ()
        gone = await self.beside(sessions)
        return Erased(await self.store.forget(name, what="session"), evaluations=gone)

    async def employer(self, company: str) -> tuple[str, int]:
        """Delete what was taken in on an employer; return it with the number of documents.

        Raises:
            InputError: Nothing was taken in.
            SetupError: Something cannot be deleted.
        """
        count = document_count(self.own / company)
        await asyncio.to_thread(self.research().forget, company)
        return company, count

    async def beside(self, sessions: tuple[str, ...]) -> tuple[str, ...]:
        """Delete copies of interviews outside the database; return which evaluations went.

        What is derived cannot be divided by interview: it goes whole, and only for a reason.

        Raises:
            SetupError: Something cannot be deleted.
        """
        if not sessions:
            return ()
        places = Places(self.home)
        gone = await asyncio.to_thread(places.erase_evaluations, sessions)
        await asyncio.to_thread(places.erase_caches)
        return gone

    def _keys_of(self, visitors: frozenset[str]) -> int:
        if self.keys is None:
            return 0
        return sum(self.keys.forget_owner(visitor) for visitor in sorted(visitors))
