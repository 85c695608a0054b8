"""Edited copies of content files, laid over the files in one interview and nowhere else.

A copy has its place and its checks by the file it is a copy of: one file of a persona, a
competency or a format. What a library with copies holds was checked as a whole, by the very checks
that files pass, so a copy can do nothing a file could not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar, get_args

from interviewer.content.faults import FaultCollector
from interviewer.content.form import Document, document_in
from interviewer.content.format import Format
from interviewer.content.library import (
    Library,
    check_competencies,
    check_persona,
    check_question_ids,
)
from interviewer.content.persona import Persona, PersonaFile, Phrasebook
from interviewer.content.phrasebook import phrasebook_in
from interviewer.content.rubric import Rubric
from interviewer.content.staffing import misfits
from interviewer.content.templates import template_in
from interviewer.errors import NotThereError

Kind = Literal["persona", "phrases", "prompt", "rubric", "format"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_PERSONA: frozenset[Kind] = frozenset({"persona", "phrases", "prompt"})
_SHORT = 12
Named = TypeVar("Named", bound=Document)


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """One content file that may be copied.

    Attributes:
        kind: What it holds.
        name: Id of the persona, competency or format.
        language: Of phrases and prompts; empty for a file in all languages.
    """

    kind: Kind
    name: str
    language: str = ""

    @property
    def file(self) -> str:
        """Its place in the folder of personas."""
        return {
            "persona": f"{self.name}/persona.toml",
            "phrases": f"{self.name}/phrases.{self.language}.toml",
            "prompt": f"{self.name}/prompt.{self.language}.md.j2",
            "rubric": f"_shared/rubrics/{self.name}.toml",
            "format": f"_formats/{self.name}.toml",
        }[self.kind]


def pieces_of(library: Library) -> tuple[Piece, ...]:
    """Return every file of the content that may be copied: personas, competencies, formats."""
    return tuple(_pieces(library))


def _pieces(library: Library) -> Iterator[Piece]:
    for persona in library.personas.values():
        yield Piece("persona", persona.id)
        for language in persona.languages:
            yield Piece("phrases", persona.id, language)
            yield Piece("prompt", persona.id, language)
    for name in sorted(library.rubrics):
        yield Piece("rubric", name)
    for name in sorted(library.formats):
        yield Piece("format", name)


def piece_named(library: Library, kind: str, name: str, language: str) -> Piece:
    """Return a file that may be copied.

    Raises:
        NotThereError: The content has no such file.
    """
    for piece in pieces_of(library):
        if (piece.kind, piece.name, piece.language) == (kind, name, language):
            return piece
    raise NotThereError("There is no such file of a persona, a competency or a format.")


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def with_copies(library: Library, folder: Path, copies: Mapping[Piece, str]) -> Library:
    """Return a library in which copies stand in for files.

    Args:
        library: The content as the files have it.
        folder: The folder of personas; templates include their siblings from there.
        copies: Texts by the file each is a copy of.

    Raises:
        ContentError: A copy is wrong, or does not fit the rest; names every fault.
    """
    if not copies:
        return library
    collector = FaultCollector()
    rubrics = _laid_over(library.rubrics, "rubric", Rubric, folder, copies, collector)
    formats = _laid_over(library.formats, "format", Format, folder, copies, collector)
    personas = dict(library.personas)
    for name in sorted({piece.name for piece in copies if piece.kind in OF_PERSONA}):
        own = {
            piece: text
            for piece, text in copies.items()
            if piece.kind in OF_PERSONA and piece.name == name
        }
        made = _persona(personas[name], folder, own, collector)
        if made is not None:
            personas[name] = made
    collector.settle()
    check_question_ids(folder / "_shared" / "rubrics", rubrics.values(), collector)
    for persona in personas.values():
        check_competencies(folder / persona.id, persona, rubrics, collector)
    for entry in formats.values():
        for misfit in misfits(entry, personas, rubrics):
            collector.add(folder / "_formats" / f"{entry.id}.toml", misfit.what, misfit.fix)
    collector.settle()
    return replace(
        library,
        personas=MappingProxyType(personas),
        rubrics=MappingProxyType(rubrics),
        formats=MappingProxyType(formats),
        copies=MappingProxyType({p.file: digest_of(text) for p, text in sorted(copies.items())}),
    )


def copies_used(
    library: Library, *, personas: frozenset[str], rubrics: frozenset[str], format_id: str
) -> Mapping[str, str]:
    """Return those of a library's copies that an interview is made from, digests by file."""
    of_format = Piece("format", format_id).file
    wanted = {of_format, *(Piece("rubric", name).file for name in rubrics)}
    return MappingProxyType(
        {
            file: digest
            for file, digest in library.copies.items()
            if file in wanted or file.partition("/")[0] in personas
        }
    )


def _laid_over(
    there: Mapping[str, Named],
    kind: Kind,
    form: type[Named],
    folder: Path,
    copies: Mapping[Piece, str],
    collector: FaultCollector,
) -> dict[str, Named]:
    """Return documents by id, those that are copied as the copies have them."""
    found = dict(there)
    for piece, text in sorted(copies.items()):
        if piece.kind != kind:
            continue
        path = folder / piece.file
        document = collector.attempt(partial(document_in, text, path, form))
        if document is None:
            continue
        if (name := getattr(document, "id", "")) != piece.name:
            what = f"The id is `{name}`, and this is a copy of `{piece.name}`."
            collector.add(path, what, "Leave the id as it was.")
        found[piece.name] = document
    return found


def _persona(
    persona: Persona, folder: Path, own: Mapping[Piece, str], collector: FaultCollector
) -> Persona | None:
    """Return a persona with its copies, its version telling which; None when a fault was kept."""
    before, home = len(collector.faults), folder / persona.id
    about = persona.about
    books: dict[str, Phrasebook] = dict(persona.phrasebooks)
    prompts = dict(persona.prompts)
    for piece, text in sorted(own.items()):
        path = folder / piece.file
        if piece.kind == "persona":
            about = collector.attempt(partial(document_in, text, path, PersonaFile)) or about
        elif piece.kind == "phrases":
            book = collector.attempt(partial(phrasebook_in, text, path, piece.language))
            books |= {piece.language: book} if book else {}
        else:
            prompt = collector.attempt(partial(template_in, text, path))
            prompts |= {piece.language: prompt} if prompt else {}
    if about.avatar != persona.about.avatar:
        what = "The avatar is another one, and a copy brings no drawing."
        collector.add(home / "persona.toml", what, "Leave the avatar as it was.")
    else:
        check_persona(home, about, set(books), set(prompts), collector)
    if len(collector.faults) > before:
        return None
    texts = "".join(f"{piece.file}\n{text}\n" for piece, text in sorted(own.items()))
    version = f"{about.version}+{digest_of(texts)[:_SHORT]}"
    return Persona(
        about=about.model_copy(update={"version": version}),
        phrasebooks=books,
        prompts=prompts,
        avatar_svg=persona.avatar_svg,
    )
