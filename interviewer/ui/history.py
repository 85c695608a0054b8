"""What the interviews of one visitor show together: progress, last time, what to start from.

Every interview is assessed once as long as it does not go on: what that gave is kept in memory by
id, number of turns and of what was said about it, a few hundred interviews at most, the oldest
going first. It is reached only through the list of a visitor's own interviews, so that what is
deleted is shown nowhere.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
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


@dataclass
class History:
    """The interviews behind a visitor's newest one.

    Attributes:
        store: Where interviews are kept.
        library: Returns all content.
    """

    store: SqlSessionStore
    library: Callable[[], Library]
    _kept: OrderedDict[tuple[str, int, int], Sitting | None] = field(default_factory=OrderedDict)

    async def overview(self, visitor: str) -> Overview:
        """Return what a visitor's interviews show together."""
        found = [await self._sitting(entry) for entry in await self._listed(visitor)]
        library = self.library()
        sittings = [sitting for sitting in found if sitting]
        return await asyncio.to_thread(overview, sittings, library)

    async def last_for(self, visitor: str, company: str, role: str) -> Sitting | None:
        """Return a visitor's newest finished interview for a post, None without one."""
        for entry in await self._listed(visitor):
            if entry.finished and (entry.company, entry.role) == (company, role):
                sitting = await self._sitting(entry)
                if sitting is not None and not sitting.redo and sitting.answers:
                    return sitting
        return None

    async def last_before(self, visitor: str, transcript: Transcript) -> Transcript | None:
        """Return the interview that is "last time" for a visitor's interview, None without one."""
        created = transcript.interview.created or ""
        for entry in await self._listed(visitor):
            if entry.finished and entry.id != transcript.id and entry.created < created:
                earlier = await self.store.load(entry.id)
                if last_time(transcript, [earlier]) is not None:
                    return earlier
        return None

    async def _listed(self, visitor: str) -> tuple[SessionSummary, ...]:
        """Return a visitor's interviews, newest first; nobody's without a visitor."""
        return await self.store.sessions(visitor=visitor) if visitor else ()

    async def _sitting(self, entry: SessionSummary) -> Sitting | None:
        said = await self.store.annotations(entry.id)
        key = (entry.id, entry.turns, len(said))
        if key not in self._kept:
            transcript = await self.store.load(entry.id)
            self._kept[key] = await asyncio.to_thread(_assessed, transcript, said, self.library())
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def _assessed(
    transcript: Transcript, said: Sequence[Annotation], library: Library
) -> Sitting | None:
    return sitting_of(transcript, with_own_levels(assess(transcript, library), said))
