"""The practice loop after an interview, for one visitor at a time."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass

from interviewer.assessment.afterwards import Afterwards
from interviewer.assessment.dispute import Dispute
from interviewer.assessment.disputing import Answer, answer_to
from interviewer.errors import ConversationError
from interviewer.interview.annotations import DRILL, Annotation
from interviewer.interview.redo import (
    about_item,
    answered_at,
    drilled_since,
    first_of,
    redo_transcript,
    too_soon,
)
from interviewer.interview.session import stage_of
from interviewer.interview.turn import utc_now
from interviewer.transcript import Transcript
from interviewer.ui.desk import Desk


@dataclass(frozen=True)
class PracticeLoop:
    """Redo and dispute; every method refuses a session that is not the visitor's.

    Attributes:
        desk: The rooms below.
    """

    desk: Desk

    async def redo(self, session_id: str, visitor: str, item: str, *, anyway: bool) -> str | None:
        """Begin an interview that gives an answer again.

        Args:
            session_id: The interview with the answer.
            visitor: Digest of the browser.
            item: The item.
            anyway: Whether it may begin though another day would do more.

        Returns:
            The new interview's id, None where it is too soon.

        Raises:
            InputError: The session is not theirs, or has no such answer.
        """
        transcript = await self._over(session_id, visitor)
        made = redo_transcript(secrets.token_urlsafe(12), transcript, item)
        if not anyway and await self._too_soon(transcript, item):
            return None
        owner = await self.desk.store.owner_of(session_id)
        await self.desk.store.create(made, owner=owner, visitor=visitor)
        return made.id

    async def _too_soon(self, transcript: Transcript, item: str) -> bool:
        store, first = self.desk.store, first_of(transcript, item).session
        tries = (transcript, *await store.redos(first))
        last = answered_at(tries, item)
        noted = await store.annotations_of([entry.id for entry in tries])
        said = [note for notes in noted.values() for note in notes]
        drilled = drilled_since(said, about_item(transcript, item), last)
        return too_soon(last, utc_now(), drilled=drilled)

    async def drill(self, session_id: str, visitor: str, about: str) -> None:
        """Tick a competency's drill as done.

        Raises:
            InputError: The session is not theirs.
            ConversationError: The interview is not over, or too much is noted about it.
        """
        await self._over(session_id, visitor)
        await self.desk.store.annotate(session_id, Annotation(DRILL, about[:200]), once=True)

    async def dispute(self, session_id: str, visitor: str, dispute: Dispute) -> Answer:
        """Look at a disputed point again and keep what comes of it.

        Raises:
            InputError: The session is not theirs, or its report names no such gap.
            ConversationError: The interview is not over, or enough was disputed.
        """
        transcript = await self._over(session_id, visitor)
        after: Afterwards = await self.desk.store.afterwards(transcript)
        content = await self.desk.content_of(transcript)
        answer = await asyncio.to_thread(answer_to, dispute, transcript, content, after)
        if answer.note is not None:
            await self.desk.store.annotate(session_id, answer.note)
        return answer

    async def _over(self, session_id: str, visitor: str) -> Transcript:
        transcript = await self.desk.open(session_id, visitor)
        if stage_of(transcript).waiting != "nobody":
            raise ConversationError("The interview is not over yet. Go on with it first.")
        return transcript
