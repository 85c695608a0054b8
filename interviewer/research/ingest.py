"""New documents for a pack: collected, checked, and copied in under a safe name."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError, SetupError
from interviewer.research.documents import Document, read_document, walk
from interviewer.research.passages import split
from interviewer.research.topics import TOPICS

_COMPANY = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")
_UNSAFE = re.compile(r"[^\w-]+")
_MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one source.

    Attributes:
        source: The file or folder as given, or the file found in a folder.
        topic: The topic it was filed under, None when skipped.
        language: `en` or `zh`, None when skipped.
        date: ISO date of what it says, None when it gives none.
        chunks: Passages it was split into.
        skipped: Why it was not taken, as a sentence; None when it was.
    """

    source: str
    topic: str | None
    language: str | None
    date: str | None
    chunks: int
    skipped: str | None


def check_company(company: str) -> None:
    """Raise InputError where an id is not made of small letters, digits and hyphens."""
    if not _COMPANY.fullmatch(company):
        raise InputError(
            f"{company!r} cannot be the id of a company. Use 2 to 41 small letters a to z, "
            "digits and hyphens, for example acme-group."
        )


def is_own_pack(folder: Path) -> bool:
    """Return whether a folder exists and has a name that a company id can have."""
    return bool(_COMPANY.fullmatch(folder.name)) and folder.is_dir()


def take_in(
    company: str,
    sources: Sequence[Path],
    own: Path,
    topic: str | None,
    topic_of: Callable[[Document], str],
) -> tuple[SourceReport, ...]:
    """Copy documents into the user's own folder of an employer.

    A file that cannot be used is reported and the others still go in. The same text twice
    changes nothing; a changed file of the same name replaces the one before.

    Args:
        company: Id of the employer.
        sources: Files and folders.
        own: The folder `<own_folder>/<company>`.
        topic: For all of them; without it the document's own, else what `topic_of` finds.
        topic_of: Finds the topic of a document that names none.

    Raises:
        SetupError: The folder cannot be written.
    """
    reports = []
    written: dict[Path, str] = {}
    known = _texts(own)
    for path, root in _collect(sources):
        try:
            document = _read(path, root)
            chosen = topic or document.topic or topic_of(document)
            chunks = len(split(document, company, "x", chosen))
            if not chunks:
                raise InputError(f"{path} has headings only. Write text below them.")
            target = _target(own, chosen, _name(path, root), written)
            _put(document, chosen, target, own, known, written)
        except InputError as error:
            reports.append(SourceReport(str(path), None, None, None, 0, str(error)))
            continue
        language, date = document.language, document.date
        reports.append(SourceReport(str(path), chosen, language, date, chunks, None))
    return tuple(reports)


def _collect(sources: Sequence[Path]) -> Iterator[tuple[Path, Path | None]]:
    for source in sources:
        if not source.is_dir():
            yield source, None
            continue
        found = tuple(walk(source))
        yield from ((path, source) for path in found)
        if not found:
            yield source, None


def _read(path: Path, root: Path | None) -> Document:
    if path.is_dir():
        raise InputError(f"{path} holds no .md, .markdown or .txt file. Add one.")
    return read_document(path, root)


def _name(path: Path, root: Path | None) -> str:
    """Return a file name without ending that cannot lead anywhere else."""
    parts = path.relative_to(root).with_suffix("").parts if root else (path.stem,)
    kept = [part for part in parts[:-1] if part not in TOPICS]
    name = _UNSAFE.sub("-", "-".join((*kept, parts[-1]))).strip("-_")[:_MAX_NAME]
    return name or "document"


def _target(own: Path, topic: str, name: str, written: dict[Path, str]) -> Path:
    """Return where a document goes; two of one call never share a place."""
    target = own / topic / f"{name}.md"
    number = 2
    while target in written:
        target = own / topic / f"{name}-{number}.md"
        number += 1
    return target


def _put(
    document: Document,
    topic: str,
    target: Path,
    own: Path,
    known: dict[str, Path],
    written: dict[Path, str],
) -> None:
    digest = _digest(document.text)
    twin = known.get(digest)
    if twin is not None and twin != target and (twin.stem != target.stem or twin in written):
        raise InputError(f"{document.path} has the same text as {twin.relative_to(own)}.")
    if not target.resolve().is_relative_to(own.resolve()):
        raise InputError(f"{target} leads out of {own}. Take the link in that folder away.")
    data = _rendered(document, topic).encode()
    if not target.is_file() or target.read_bytes() != data:
        _write(target, data)
    written[target] = digest
    known[digest] = target
    _remove_moved(document, target, own, written)


def _remove_moved(document: Document, target: Path, own: Path, written: dict[Path, str]) -> None:
    """Take the older copy away when a document has come back under another topic."""
    for topic in TOPICS:
        other = own / topic / target.name
        if other == target or other in written or not other.is_file():
            continue
        try:
            same = read_document(other, own).source == document.source
        except InputError:
            same = False
        if same:
            other.unlink()


def _rendered(document: Document, topic: str) -> str:
    front = {
        "topic": topic,
        "date": document.date,
        "source": document.source,
        "language": document.language,
    }
    lines = [f"{key}: {_yaml(key, value)}" for key, value in front.items() if value]
    return "\n".join(("---", *lines, "---", "", document.text, ""))


def _yaml(key: str, value: str) -> str:
    # A JSON string is a YAML string; only the source can hold anything that needs quoting.
    return json.dumps(value, ensure_ascii=False) if key == "source" else value


def _texts(own: Path) -> dict[str, Path]:
    found = {}
    for path in walk(own):
        try:
            found[_digest(read_document(path, own).text)] = path
        except InputError:
            continue  # reported when the pack is read
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(target: Path, data: bytes) -> None:
    """Write a file so that a kill leaves the old one or the new one."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".draft")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    except OSError as error:
        reason = error.strerror or error
        raise SetupError(f"{target} cannot be written ({reason}). Check rights.") from error
