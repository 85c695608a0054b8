"""The studio behind its pages: what is kept, looked at and held against what.

Whose copies are asked for is decided before; every method is given their owner.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.content.copies import Piece, digest_of, piece_named, pieces_of, with_copies
from interviewer.content.form import read_text
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.storage import SqlStudio
from interviewer.studio.lint import BLOCKING, Draft, Note, counted, lint
from interviewer.studio.versions import Line, Version, checked_text, difference

# Every key stroke may ask for a look; two at once leave the machine to the interviews.
_LOOKS_AT_ONCE = 2
SHIPPED = 0
"""Number by which the file itself is named among the versions."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and somebody's copies of it.

    Attributes:
        piece: The file.
        shipped: The file itself.
        versions: Versions of the copy, newest first.
    """

    piece: Piece
    shipped: str
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version | None:
        """The version that can be chosen, None where the file itself counts."""
        return next((version for version in self.versions if version.published), None)

    @property
    def current_text(self) -> str:
        """The text that counts now."""
        return self.current.text if self.current else self.shipped

    @property
    def current_digest(self) -> str:
        """SHA-256 of the text that counts now."""
        return digest_of(self.current_text)

    def text(self, number: int) -> str:
        """Return the text of a version, or of the file itself.

        Raises:
            InputError: There is none of this number.
        """
        if number == SHIPPED:
            return self.shipped
        for version in self.versions:
            if version.number == number:
                return version.text
        raise InputError("There is no such version. Choose one of the list.")


@dataclass(frozen=True)
class Studio:
    """What the pages of the studio ask.

    Attributes:
        kept: The versions.
        folder: The folder of personas, competencies and formats.
        library: Returns the content as the files have it.
    """

    kept: SqlStudio
    folder: Path
    library: Callable[[], Library]
    _looking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_LOOKS_AT_ONCE))

    def pieces(self) -> tuple[Piece, ...]:
        """Return every file that may be copied."""
        return pieces_of(self.library())

    def piece(self, kind: str, name: str, language: str) -> Piece:
        """Return a file that may be copied.

        Raises:
            NotThereError: There is none.
        """
        return piece_named(self.library(), kind, name, language)

    def shipped(self, piece: Piece) -> str:
        """Return the file itself.

        Raises:
            ContentError: It is not there any more.
        """
        return checked_text(read_text(self.folder / piece.file))

    async def opened(self, owner: str, piece: Piece) -> Opened:
        """Return a file with somebody's versions."""
        versions = await self.kept.versions(owner, piece)
        return Opened(piece, await asyncio.to_thread(self.shipped, piece), versions)

    async def others(self, owner: str, piece: Piece) -> dict[Piece, str]:
        """Return the other copies somebody has published, which belong to the same content."""
        published = await self.kept.published(owner)
        return {v.piece: v.text for v in published if v.piece != piece}

    async def notes(self, owner: str, piece: Piece, text: str) -> tuple[Note, ...]:
        """Return what is wrong with a text.

        Raises:
            InputError: It is too long, or has characters nobody can see.
        """
        others, text = await self.others(owner, piece), checked_text(text)
        async with self._looking:
            return await asyncio.to_thread(self._lint, piece, text, others)

    def _lint(self, piece: Piece, text: str, others: dict[Piece, str]) -> tuple[Note, ...]:
        draft = Draft(piece, text, self.shipped(piece), others)
        return lint(draft, self.library(), self.folder)

    async def difference(
        self, owner: str, piece: Piece, number: int, against: int
    ) -> tuple[Line, ...]:
        """Return what is different between two versions of somebody's.

        Raises:
            InputError: They have none of these numbers.
        """
        found = await self.opened(owner, piece)
        before, now = found.text(against), found.text(number)
        return await asyncio.to_thread(difference, before, now)

    async def both(self, owner: str, piece: Piece, number: int) -> tuple[Library, Library]:
        """Return the content that counts now, and the same with a version in its place.

        Raises:
            InputError: There is none of this number.
            ContentError: The version cannot be read, or does not fit the rest.
        """
        found, others = await self.opened(owner, piece), await self.others(owner, piece)
        text = found.text(number)
        before = {**others, piece: found.current_text} if found.current else others

        def made() -> tuple[Library, Library]:
            library = self.library()
            return (
                with_copies(library, self.folder, before),
                with_copies(library, self.folder, {**others, piece: text}),
            )

        return await asyncio.to_thread(made)

    async def risen(self, owner: str, found: Opened, text: str) -> dict[str, int]:
        """Return of which kinds more stands out in a text than in the one that counts now."""
        before = counted(await self.notes(owner, found.piece, found.current_text))
        now = counted(await self.notes(owner, found.piece, text))
        return {tag: n - before.get(tag, 0) for tag, n in now.items() if n > before.get(tag, 0)}

    async def publish(self, owner: str, piece: Piece, number: int, reason: str) -> Version:
        """Let a version be chosen for interviews, and return it.

        Raises:
            NotThereError: There is none of this number.
            InputError: It was not tried, is worse and has no reason, or holds what no reason
                makes publishable.
        """
        version = await self.kept.version(owner, piece, number)
        notes = await self.notes(owner, piece, version.text)
        if any(note.tag in BLOCKING for note in notes):
            raise InputError(
                "This version cannot be read, or asks what must not be asked; no reason makes "
                "that good. See what stands out."
            )
        shipped = digest_of(await asyncio.to_thread(self.shipped, piece))
        return await self.kept.publish(owner, piece, number, shipped=shipped, reason=reason)

    async def back_to(self, owner: str, piece: Piece, number: int, note: str) -> Version:
        """Keep an earlier text as the newest version, and return it.

        Raises:
            InputError: There is none of this number.
        """
        found = await self.opened(owner, piece)
        return await self.kept.add(owner, piece, found.text(number), note)
