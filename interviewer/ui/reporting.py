"""What the desk says of an interview that was held: its report, and what may be rated of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from interviewer.assessment import Assessment, assess
from interviewer.assessment.judges.keeping import judged_again
from interviewer.assessment.self_rating import ToRate, rating_in, self_rating, to_rate
from interviewer.assessment.standing import set_beside
from interviewer.content.library import Library
from interviewer.errors import ConversationError
from interviewer.interview.session import stage_of
from interviewer.storage import SqlSessionStore
from interviewer.transcript import Transcript
from interviewer.ui.editions import Editions
from interviewer.ui.history import History


class Reporting:
    """The part of the desk that reports.

    Attributes:
        store: Where interviews are kept.
        history: Looks at a visitor's interviews together.
        editions: Knows which content an interview was made of.
    """

    store: SqlSessionStore
    history: History
    editions: Editions

    async def open(self, session_id: str, visitor: str | None) -> Transcript:
        """Return a session this visitor may use; the desk says who may.

        Raises:
            NotThereError: There is none, or it is not theirs.
        """
        raise NotImplementedError

    async def content_of(self, transcript: Transcript) -> Library:
        """Return the content an interview was made of, published copies among it."""
        return await self.editions.of(transcript.interview.plan)

    async def report(self, transcript: Transcript) -> Assessment:
        """Return the report on a session, with what came after it."""
        after = await self.store.afterwards(transcript)
        content = await self.content_of(transcript)

        def made() -> Assessment:
            report = assess(transcript, content, after=after)
            return judged_again(report, after.said, transcript, content)

        return await asyncio.to_thread(made)

    async def report_beside(
        self, transcript: Transcript, visitor: str | None
    ) -> tuple[Assessment, Assessment | None]:
        """Return the report on a session, and that on the visitor's last interview before.

        The second is None where no interview before can be held against this one.
        """
        report = await self.report(transcript)
        earlier = await self.history.last_before(visitor or "", transcript)
        return set_beside(report, await self.report(earlier) if earlier else None)

    async def to_rate(self, transcript: Transcript) -> tuple[ToRate, ...]:
        """Return what a candidate may rate before the report is shown; nothing when they have."""
        if rating_in(await self.store.annotations(transcript.id)) is not None:
            return ()
        return to_rate(transcript, await self.content_of(transcript))

    async def rate(self, session_id: str, visitor: str | None, levels: Mapping[str, int]) -> None:
        """Keep the levels a visitor gives themselves; those that were given first stay.

        Raises:
            InputError: The session is not theirs, or there is no such level to choose.
            ConversationError: The interview is not over.
        """
        transcript = await self.open(session_id, visitor)
        if stage_of(transcript).waiting != "nobody":
            raise ConversationError("The interview is not over yet. Go on with it first.")
        content = await self.content_of(transcript)
        rating = self_rating(levels, to_rate(transcript, content))
        await self.store.annotate(session_id, rating, once=True)
