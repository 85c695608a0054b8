"""The report on the last interview before, which a report made in the terminal stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.assessment import assess
from interviewer.assessment.judges.keeping import judged_again
from interviewer.assessment.progress.last_time import last_time

if TYPE_CHECKING:
    from interviewer.assessment import Assessment
    from interviewer.content.library import Library
    from interviewer.storage import SqlSessionStore
    from interviewer.transcript import Transcript


async def earlier_report(
    store: SqlSessionStore, library: Library, transcript: Transcript
) -> Assessment | None:
    """Return the report on the newest interview before a kept one, None where none is like it.

    It is of the same candidate and, for one held in a browser, of the same browser: many visitors
    may go by one name.
    """
    owner = await store.owner_of(transcript.id)
    visitor = await store.visitor_of(transcript.id)
    created = transcript.interview.created or ""
    for entry in await store.sessions(owner=owner):
        if not entry.finished or entry.id == transcript.id or entry.created >= created:
            continue
        if await store.visitor_of(entry.id) != visitor:
            continue
        earlier = await store.load(entry.id)
        if last_time(transcript, [earlier]) is not None:
            after = await store.afterwards(earlier)
            report = assess(earlier, library, after=after)
            return judged_again(report, after.said, earlier, library)
    return None
