"""What the interviews of one visitor show together: progress, last time, what to start from.

Every interview is assessed once as long as it does not go on: what that gave is kept in memory by
id, number of turns and of what was said about it, a few hundred interviews at most, the oldest
going first. It is reached only through the list of a visitor's own interviews, so that what is
deleted is shown nowhere.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from interviewer.assessment import assess
from interviewer.assessment.progress import Overview, Sitting, overview, sitting_of
from interviewer.assessment.progress.last_time import last_time
from interviewer.assessment.self_rating import with_own_levels
from interviewer.content.library import Library
from interviewer.interview.annotations import Annotation
from interviewer.storage import SessionSummary, SqlSessionStore
from interviewer.transcript import Transcript

MOST_KEPT = 300
_LOOKED_AT = 3


@dataclass
class History:
    """The interviews behind a visitor's newest one.

    Attributes:
        store: Where interviews are kept.
        library: Returns all content.
        content_of: Returns the content an interview was made of; without it all content.
    """

    store: SqlSessionStore
    library: Callable[[], Library]
    content_of: Callable[[Transcript], Awaitable[Library]] | None = None
    _kept: OrderedDict[tuple[str, int, int], Sitting | None] = field(default_factory=OrderedDict)

    async def overview(self, visitor: str) -> Overview:
        """Return what a visitor's interviews show together."""
        entries = await self._listed(visitor)
        sittings = [sitting async for sitting in self._sittings(entries) if sitting]
        return await asyncio.to_thread(overview, sittings, self.library())

    async def last_for(self, visitor: str, company: str, role: str) -> Sitting | None:
        """Return a visitor's newest finished interview for a post, None without one."""
        entries = [
            entry
            for entry in await self._listed(visitor)
            if _is_whole(entry) and (entry.company, entry.role) == (company, role)
        ]
        async for sitting in self._sittings(entries):
            if sitting is not None and not sitting.redo and sitting.answers:
                return sitting
        return None

    async def last_before(self, visitor: str, transcript: Transcript) -> Transcript | None:
        """Return the interview that is "last time" for a visitor's interview, None without one."""
        created = transcript.interview.created or ""
        entries = [
            entry.id
            for entry in await self._listed(visitor)
            if _is_whole(entry)
            and entry.id != transcript.id
            and entry.created < created
            and entry.language == transcript.interview.language
        ]
        # It is nearly always among the newest: the others are read only where it is not.
        for ids in (entries[:_LOOKED_AT], entries[_LOOKED_AT:]):
            found = last_time(transcript, await self.store.load_all(ids))
            if found is not None:
                return found
        return None

    async def _listed(self, visitor: str) -> tuple[SessionSummary, ...]:
        """Return a visitor's interviews, newest first; nobody's without a visitor."""
        return await self.store.sessions(visitor=visitor) if visitor else ()

    async def _sittings(self, entries: Sequence[SessionSummary]) -> AsyncIterator[Sitting | None]:
        """Yield what each interview contributes; the store is asked once for all of them."""
        said = await self.store.annotations_of([entry.id for entry in entries])
        keys = {entry.id: (entry.id, entry.turns, len(said[entry.id])) for entry in entries}
        known = {key: self._kept[key] for key in keys.values() if key in self._kept}
        missing = [entry for entry, key in keys.items() if key not in known]
        read = {held.id: held for held in await self.store.load_all(missing)}
        for entry, key in keys.items():
            if key in known:
                self._keep(key, known[key])
                yield known[key]
            elif entry in read:  # else it was forgotten meanwhile
                transcript = read.pop(entry)
                content = await self.content_of(transcript) if self.content_of else self.library()
                sitting = await asyncio.to_thread(_assessed, transcript, said[entry], content)
                self._keep(key, sitting)
                yield sitting

    def _keep(self, key: tuple[str, int, int], sitting: Sitting | None) -> None:
        self._kept[key] = sitting
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


def _is_whole(entry: SessionSummary) -> bool:
    """Whether an interview is over and one of its own."""
    return entry.finished and entry.redo_of is None


def _assessed(
    transcript: Transcript, said: Sequence[Annotation], library: Library
) -> Sitting | None:
    return sitting_of(transcript, with_own_levels(assess(transcript, library), said))
