"""Keeps edited copies of content files, by whose they are."""

from __future__ import annotations

from collections.abc import Collection

from interviewer.content.copies import Piece
from interviewer.storage import content_versions as kept
from interviewer.storage.transactions import Transacting
from interviewer.studio.versions import Verdict, Version


class SqlStudio(Transacting):
    """Keeps copies in a database; every method is one transaction.

    An owner is the name of a person. All of them raise SetupError when the database fails.
    """

    async def add(self, owner: str, piece: Piece, text: str, note: str = "") -> Version:
        """Keep a text as the newest version of a file, and return it.

        Raises:
            InputError: Text or note cannot be kept.
            ConversationError: There are too many versions already.
        """
        return await self._write(kept.add_version, owner, piece, text, note, now=self._clock())

    async def version(self, owner: str, piece: Piece, number: int) -> Version:
        """Return one version.

        Raises:
            NotThereError: They have none of this number.
        """
        return await self._read(kept.version, owner, piece, number)

    async def versions(self, owner: str, piece: Piece) -> tuple[Version, ...]:
        """Return all versions of a file, newest first."""
        return await self._read(kept.versions_of, owner, piece)

    async def newest(self, owner: str) -> tuple[Version, ...]:
        """Return the newest version of every file somebody has copied."""
        return await self._read(kept.newest_versions, owner)

    async def published(self, owner: str) -> tuple[Version, ...]:
        """Return what somebody has published."""
        return await self._read(kept.published_by, owner)

    async def texts(self, digests: Collection[str]) -> dict[str, str]:
        """Return texts by the digests that stand in an interview's plan."""
        return await self._read(kept.texts_by_digest, digests)

    async def judged(self, owner: str, piece: Piece, number: int, verdict: Verdict) -> None:
        """Keep what a trial found.

        Raises:
            NotThereError: They have none of this number.
        """
        await self._write(kept.put_verdict, owner, piece, number, verdict)

    async def publish(
        self, owner: str, piece: Piece, number: int, *, shipped: str, reason: str
    ) -> Version:
        """Let a version be chosen for interviews, and return it.

        Raises:
            NotThereError: They have none of this number.
            InputError: It may not be published as it is.
        """
        return await self._write(
            kept.publish, owner, piece, number, shipped=shipped, reason=reason, now=self._clock()
        )

    async def withdraw(self, owner: str, piece: Piece) -> None:
        """Let no version of a file be chosen any more."""
        await self._write(kept.withdraw, owner, piece)

    async def delete(self, owner: str, piece: Piece) -> int:
        """Delete all versions of a file; return how many."""
        return await self._write(kept.delete_versions, owner, piece)
