"""The pack of an employer: the documents in its folders, and a fingerprint of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError
from interviewer.research.documents import Document, read_document, walk
from interviewer.research.embedding import Embedder
from interviewer.research.passages import SPLITTER, split
from interviewer.research.topics import descriptions
from interviewer.research.units import units_of
from interviewer.transcript import Passage


@dataclass(frozen=True, slots=True)
class File:
    """One document's place.

    Attributes:
        name: Path inside the pack without ending, parts joined by `/`.
        path: The file.
        root: The pack folder it lies in.
    """

    name: str
    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Pack:
    """What the folders of an employer hold.

    Attributes:
        passages: In the order of the documents' names.
        problems: A sentence for each document that cannot be used.
    """

    passages: tuple[Passage, ...]
    problems: tuple[str, ...]


def files(folders: Sequence[Path]) -> tuple[File, ...]:
    """List the documents of a pack; a later folder's file replaces an earlier one's.

    Two files of one folder that differ in their ending only keep it in their names.
    """
    found: dict[str, File] = {}
    for root in folders:
        here: dict[str, File] = {}
        for path in walk(root):
            relative = path.relative_to(root)
            name = relative.with_suffix("").as_posix()
            name = relative.as_posix() if name in here else name
            here[name] = File(name, path, root)
        found |= here
    return tuple(found[name] for name in sorted(found))


def stamp(listed: Sequence[File]) -> tuple[object, ...]:
    """Return what changes when a file does, without reading it: names, sizes, times."""
    stats = ((file, file.path.stat()) for file in listed)
    return tuple((file.name, str(file.path), s.st_size, s.st_mtime_ns) for file, s in stats)


def fingerprint(listed: Sequence[File], embedder: Embedder, employer: str) -> str:
    """Return a SHA-256 over names, contents, model, rules and the employer's name."""
    digest = hashlib.sha256()
    for part in (SPLITTER, embedder.name, embedder.digest, employer):
        digest.update(f"{part}\0".encode())
    for file in listed:
        digest.update(f"{file.name}\0{file.path.suffix}\0".encode())
        digest.update(hashlib.sha256(file.path.read_bytes()).digest())
    return digest.hexdigest()


def passages_in(
    company: str,
    listed: Sequence[File],
    topic_of: Callable[[Document], str],
    problems: list[str] | None = None,
) -> Iterator[Passage]:
    """Read documents and split them, one at a time; a broken one is told and the others stay.

    Args:
        company: Id of the employer.
        listed: The files.
        topic_of: Finds the topic of a document that names none.
        problems: Gets a sentence for each document that cannot be used.
    """
    for file in listed:
        try:
            document = read_document(file.path, file.root)
        except InputError as error:
            if problems is not None:
                problems.append(str(error))
            continue
        yield from split(document, company, file.name, document.topic or topic_of(document))


def read_pack(company: str, listed: Sequence[File], topic_of: Callable[[Document], str]) -> Pack:
    """Return all passages and all problems of a pack."""
    problems: list[str] = []
    passages = tuple(passages_in(company, listed, topic_of, problems))
    return Pack(passages, tuple(problems))


def nearest_topic(document: Document, embedder: Embedder) -> str:
    """Return the topic whose description is nearest to the beginning of a document."""
    words = descriptions()
    topics = list(words)
    about = embedder.passages([words[topic][document.language] for topic in topics])
    beginning = embedder.question(f"{document.path.stem}: {document.text[:800]}")
    return topics[int((about @ beginning).argmax())]


def embedded_text(passage: Passage, employer: str) -> str:
    """Return what is embedded for a passage: employer, heading, text.

    A passage that says "the company" is found by the employer's name as well then; with a filter
    on the employer this lifts recall more than any choice of model.
    """
    heading = f" — {passage.heading}" if passage.heading else ""
    return f"{employer}{heading}: {passage.text}"


def embedded_units(passage: Passage) -> tuple[str, ...]:
    """Return what is embedded for the sentences and rows of a passage, in order."""
    return tuple(unit.about for unit in units_of(passage))
