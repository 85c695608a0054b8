"""Keeps interviews: the store that sessions, pages and commands use."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine, select

from interviewer.assessment.afterwards import Afterwards
from interviewer.interview.annotations import Annotation
from interviewer.interview.leasing import Lease
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.people.access import Held
from interviewer.people.accounts import owner_of_key
from interviewer.storage import keeping, leases
from interviewer.storage.annotations import (
    add_annotation,
    annotations_by_session,
    select_annotations,
)
from interviewer.storage.belonging import Traces, Whose, traces
from interviewer.storage.coaching import held
from interviewer.storage.drafts import put_draft, select_draft
from interviewer.storage.forgetting import Forgotten, Kind, forget, kept_under
from interviewer.storage.redos import select_afterwards, select_owner, select_redos
from interviewer.storage.retention import Outdated, forget_outdated, outdated
from interviewer.storage.rows import select_transcript, select_transcripts, session_row
from interviewer.storage.self_assessments import (
    all_self_assessments,
    put_self_assessment,
    select_self_assessment,
)
from interviewer.storage.summaries import SessionSummary, select_summaries
from interviewer.storage.transactions import Transacting
from interviewer.transcript import Passage, Transcript, Turn


class SqlSessionStore(Transacting):
    """Keeps interviews in a database.

    Every method is one transaction: it has happened when the method returns, and not at all when
    it raises. All of them raise SetupError when the database fails. A caller that is cancelled
    while waiting cannot know which of the two it was; loading the session tells.
    """

    @property
    def engine(self) -> Engine:
        """The database, for what else is kept in it."""
        return self._engine

    def close(self) -> None:
        """Close the database's connections; SQLite then folds its log into the file."""
        self._engine.dispose()

    async def ping(self) -> None:
        """Make sure that the database answers.

        Raises:
            SetupError: It does not.
        """
        await self._read(lambda connection: connection.scalar(select(1)))

    async def create(
        self, transcript: Transcript, *, owner: str | None = None, visitor: str | None = None
    ) -> None:
        """Keep a new session with its header, its research and the turns it already has.

        Args:
            transcript: The session.
            owner: Name of the candidate whose it is, entered when new; None takes the one whose
                key `visitor` is.
            visitor: Key of the account, or digest of the browser, that may see it.

        Raises:
            ConversationError: A session of that id is kept already.
            InputError: The id or the name is empty, or cannot be kept.
        """
        now = self._clock()
        owner = owner_of_key(visitor) if owner is None else owner
        await self._write(keeping.create, transcript, owner=owner, visitor=visitor, now=now)

    async def import_transcript(self, transcript: Transcript, owner: str = "me") -> str:
        """Keep a transcript from elsewhere, under a new id when its own is taken or empty.

        Returns:
            The id it is kept under.

        Raises:
            InputError: The name is empty, or the id cannot be kept.
        """
        now = self._clock()
        return await self._write(keeping.import_transcript, transcript, owner=owner, now=now)

    async def load(self, session_id: str) -> Transcript:
        """Return a session, equal to what was put in.

        Raises:
            InputError: There is no such session.
        """
        return await self._read(select_transcript, session_id)

    async def load_all(self, ids: Sequence[str]) -> tuple[Transcript, ...]:
        """Return sessions in the order asked for; those that are not there are left out."""
        return await self._read(select_transcripts, ids) if ids else ()

    async def append(
        self,
        session_id: str,
        turn: Turn,
        passages: Iterable[Passage] = (),
        *,
        lease: Lease | None = None,
    ) -> None:
        """Keep one more turn and the passages it used; a candidate's turn clears the draft.

        When it returns, the turn is on the disk.

        Args:
            session_id: The session.
            turn: The turn.
            passages: Research it used.
            lease: What it was made under; it ends with the turn.

        Raises:
            StaleTurnError: The turn's number is not the one after the last, or another process
                took the lease over.
            InputError: There is no such session.
        """
        await self._write(keeping.append, session_id, turn, tuple(passages), lease)

    async def claim(self, session_id: str, lease: Lease) -> bool:
        """Take the lease on a session unless another's runs; return whether it was taken.

        Raises:
            InputError: There is no such session.
        """
        return await self._write(leases.claim, session_id, lease)

    async def renew(self, session_id: str, lease: Lease) -> None:
        """Let a lease that is still held last from now on."""
        await self._write(leases.renew, session_id, lease)

    async def give_up(self, session_id: str, lease: Lease) -> None:
        """End a lease that is still held."""
        await self._write(leases.give_up, session_id, lease)

    async def sessions(
        self, *, owner: str | None = None, visitor: str | None = None
    ) -> tuple[SessionSummary, ...]:
        """Return what a list shows of each session, newest first.

        Args:
            owner: Only those of the candidate of this name; None for everybody's.
            visitor: Only those of the browser with this digest; None for every one.
        """
        return await self._read(select_summaries, owner=owner, visitor=visitor)

    async def visitor_of(self, session_id: str) -> str | None:
        """Return the digest that proves which browser may see a session, None when none must.

        Raises:
            InputError: There is no such session.
        """
        _, visitor = await self._read(session_row, session_id)
        return visitor

    async def held(self, session_id: str, asker: str | None) -> Held:
        """Return what has to be known to decide what somebody may do with a session.

        Args:
            session_id: The session.
            asker: Key of an account, or digest of a browser; None for nobody.

        Raises:
            InputError: There is no such session.
        """
        return await self._read(held, session_id, asker)

    async def owner_of(self, session_id: str) -> str:
        """Return the name of the candidate whose a session is.

        Raises:
            InputError: There is no such session.
        """
        return await self._read(select_owner, session_id)

    async def redos(self, session_id: str) -> tuple[Transcript, ...]:
        """Return the interviews that give an answer of this one again, oldest first."""
        return await self._read(select_redos, session_id)

    async def afterwards(self, transcript: Transcript) -> Afterwards:
        """Return what came after a session: what was said about it, and answers given again.

        Raises:
            InputError: There is no such session.
        """
        return await self._read(select_afterwards, transcript)

    async def annotate(self, session_id: str, entry: Annotation, *, once: bool = False) -> bool:
        """Keep something that is said about a session.

        Args:
            session_id: The session.
            entry: What is said; without a time of its own it gets the present one.
            once: Whether nothing is kept when one of its kind about the same is there.

        Returns:
            Whether it was kept.

        Raises:
            InputError: There is no such session.
            ConversationError: There are too many already.
        """
        now = self._clock()
        return await self._write(add_annotation, session_id, entry, now=now, once=once)

    async def annotations(self, session_id: str) -> tuple[Annotation, ...]:
        """Return what is said about a session, in the order it was said.

        Raises:
            InputError: There is no such session.
        """
        return await self._read(select_annotations, session_id)

    async def annotations_of(self, ids: Sequence[str]) -> dict[str, tuple[Annotation, ...]]:
        """Return what is said about each of these sessions, in the order it was said."""
        return await self._read(annotations_by_session, ids) if ids else {}

    async def save_draft(self, session_id: str, text: str) -> None:
        """Keep what is typed but not sent, in place of the last draft; empty removes it.

        Raises:
            InputError: There is no such session.
        """

        def work(connection: Connection) -> None:
            session_row(connection, session_id, locked=True)
            put_draft(connection, session_id, text)

        await self._write(work)

    async def draft(self, session_id: str) -> str:
        """Return what was typed but not sent, empty when there is nothing.

        Raises:
            InputError: There is no such session.
        """

        def work(connection: Connection) -> str:
            session_row(connection, session_id)
            return select_draft(connection, session_id)

        return await self._read(work)

    async def save_self_assessment(
        self, own: SelfAssessment, *, owner: str | None = None, visitor: str | None = None
    ) -> None:
        """Keep what a candidate says of themselves in place of the last; empty removes it.

        Args:
            own: What they say.
            owner: Name of the candidate, entered when new; None takes the one whose key
                `visitor` is.
            visitor: Key of the account, or digest of the browser, whose it is, so that no other
                visitor reads it; None for the terminal's.

        Raises:
            InputError: The name is empty.
        """
        now = self._clock()
        owner = owner_of_key(visitor) if owner is None else owner
        await self._write(put_self_assessment, own, owner=owner, visitor=visitor, now=now)

    async def self_assessment(
        self, *, owner: str | None = None, visitor: str | None = None
    ) -> SelfAssessment:
        """Return what a candidate says of themselves, an empty value where nothing is kept.

        Args:
            owner: Name of the candidate, None for the one whose key `visitor` is.
            visitor: Key of the account, or digest of the browser, whose it is; None for the
                terminal's.
        """
        owner = owner_of_key(visitor) if owner is None else owner
        return await self._read(select_self_assessment, owner=owner, visitor=visitor)

    async def self_assessments(
        self, candidate: str, visitor: str | None = None
    ) -> tuple[SelfAssessment, ...]:
        """Return everything a person says of themselves, in the terminal and in every browser.

        Args:
            candidate: Their name.
            visitor: Only what was said in the browser of this digest.

        Raises:
            InputError: Nothing is kept about a person of that name.
        """
        return await self._read(all_self_assessments, Whose(candidate, visitor))

    async def everything(
        self, candidate: str, visitor: str | None = None
    ) -> tuple[Transcript, ...]:
        """Return all interviews that are kept of a person, oldest first.

        A draft that was never sent is told in the transcript's extra field `draft`, what was said
        about the interview in `annotations`.

        Args:
            candidate: Their name.
            visitor: Only those held in the browser of this digest.

        Raises:
            InputError: Nothing is kept about a person of that name.
        """
        return await self._read(keeping.everything, Whose(candidate, visitor))

    async def traces(self, whose: Whose) -> Traces:
        """Return by what things of somebody are known outside the database."""
        return await self._read(traces, whose)

    async def kept_under(self, name: str) -> tuple[Kind, ...]:
        """Return what a name is kept for: an interview's id, a candidate's name, both, neither."""
        return await self._read(kept_under, name)

    async def forget(
        self, name: str, *, what: Kind | None = None, visitor: str | None = None
    ) -> Forgotten:
        """Delete all that is kept about a session or a person, down to the bytes of the files.

        Args:
            name: A session's id, or else a candidate's name.
            what: Which of the two; None takes a session where there is one.
            visitor: Of a candidate only what belongs to the browser of this digest.

        Raises:
            InputError: Nothing is kept under that name.
        """
        # Both its steps in one thread: a cancelled caller must not leave the second undone.
        return await asyncio.to_thread(forget, self._engine, name, what=what, visitor=visitor)

    async def outdated(self, before: str) -> Outdated:
        """Return what nobody has touched since a moment, ISO in UTC."""
        return await self._read(outdated, before)

    async def forget_outdated(self, before: str) -> Forgotten:
        """Delete what nobody has touched since a moment, down to the bytes of the files."""
        now = self._clock()
        return await asyncio.to_thread(forget_outdated, self._engine, before, now=now)
