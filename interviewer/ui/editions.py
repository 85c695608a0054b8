"""Published copies in interviews: what can be chosen, and what one was made of."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.content.copies import OF_PERSONA, Piece, pieces_of, with_copies
from interviewer.content.library import Library
from interviewer.errors import ContentError, InputError
from interviewer.interview.planning import in_language
from interviewer.storage import SqlStudio
from interviewer.studio.versions import Version

log = logging.getLogger(__name__)
# Libraries with copies share nearly all with the one they were made from.
MOST_KEPT = 20
MOST_CHOSEN = 60


@dataclass
class Editions:
    """Content with copies, made when an interview needs it.

    Whose copies are asked for is decided before. What an interview was made of is read by digest
    from its plan, which is reached only by who may open it.

    Attributes:
        kept: The versions.
        folder: The folder of personas, competencies and formats.
        library: Returns the content as the files have it.
    """

    kept: SqlStudio
    folder: Path
    library: Callable[[], Library]
    _made: OrderedDict[tuple[tuple[str, str], ...], Library] = field(default_factory=OrderedDict)
    _from: Library | None = None

    async def offered(self, owner: str | None, language: str) -> list[tuple[str, str]]:
        """Return what somebody has published as a list to choose from: shown, and meant.

        The files of one persona are one choice.
        """
        if owner is None:
            return []
        found: dict[str, list[Version]] = {}
        for version in await self.kept.published(owner):
            found.setdefault(subject_of(version.piece), []).append(version)
        return [(self.called(name, language), name) for name in found]

    async def chosen(self, owner: str | None, subjects: Collection[str]) -> Library:
        """Return the content with what was chosen of somebody's published copies.

        Raises:
            InputError: One of them is not published, or not any more.
            ContentError: They do not fit together.
        """
        if not subjects:
            return self.library()
        published = await self.kept.published(owner) if owner is not None else ()
        there = {subject_of(version.piece) for version in published}
        if len(subjects) > MOST_CHOSEN or not there.issuperset(subjects):
            raise InputError(
                "A copy that was chosen is not published any more. Choose again, or use the "
                "content as it comes."
            )
        texts = {v.piece: v.text for v in published if subject_of(v.piece) in subjects}
        return await asyncio.to_thread(with_copies, self.library(), self.folder, texts)

    async def of(self, plan: Mapping[str, object]) -> Library:
        """Return the content an interview was made of.

        Copies that were deleted since, or that do not fit the content any more, are left out: the
        interview goes on with the files as they are.
        """
        copies = plan.get("copies")
        library = self.library()
        if not isinstance(copies, Mapping) or not copies:
            return library
        key = tuple(sorted((str(file), str(digest)) for file, digest in copies.items()))
        if self._from is not library:
            self._made.clear()
            self._from = library
        if key not in self._made:
            self._made[key] = await self._library(library, dict(key))
            while len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)
        return self._made[key]

    async def _library(self, library: Library, copies: Mapping[str, str]) -> Library:
        texts = await self.kept.texts(set(copies.values()))
        pieces = {piece.file: piece for piece in pieces_of(library)}
        laid = {
            pieces[file]: texts[digest]
            for file, digest in copies.items()
            if file in pieces and digest in texts
        }
        try:
            return await asyncio.to_thread(with_copies, library, self.folder, laid)
        except ContentError as error:
            log.warning("An interview goes on without its copies: %d faults.", len(error.faults))
            return library

    def called(self, subject: str, language: str) -> str:
        """Return what a copy is of; its id where the content has no such thing any more."""
        kind, _, name = subject.partition("/")
        library = self.library()
        if kind == "rubric" and name in library.rubrics:
            return in_language(library.rubrics[name].name, language)
        if kind == "format" and name in library.formats:
            return in_language(library.formats[name].name, language)
        persona = library.personas.get(name)
        return in_language(persona.about.title, language) if persona else subject


def subject_of(piece: Piece) -> str:
    """Return what is chosen with a file: a persona whole, one competency, one format."""
    return f"{'persona' if piece.kind in OF_PERSONA else piece.kind}/{piece.name}"
