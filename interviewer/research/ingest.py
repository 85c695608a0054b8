"""New documents for a pack: read, checked, and put in under a safe name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from interviewer.errors import InputError
from interviewer.research.documents import (
    Document,
    parsed_document,
    plain_document,
    read_document,
    walk,
)
from interviewer.research.parsing import PLAIN, Parsed, Parser, RefusedError, kind_of
from interviewer.research.passages import split
from interviewer.research.rendering import rendered
from interviewer.research.sources import Source, is_address
from interviewer.research.staging import Staging

# Part of what a document is known by: a change of the readers must change it.
READER = "4"
_COMPANY = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")
_UNSAFE = re.compile(r"[^\w-]+")
_MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one source.

    Attributes:
        source: The file or address as given, or the file found in a folder.
        topic: The topic it was filed under, None when skipped.
        language: `en` or `zh`, None when skipped.
        date: ISO date of what it says, None when it gives none.
        chunks: Passages it was split into.
        skipped: Why it was not taken, as a sentence; None when it was.
        hidden: Pieces of text in it that no reader would see; they were not taken.
        notes: Sentences on what was left out or guessed.
        unchanged: Whether it was there already.
        removed: Whether it went out because its file is gone.
    """

    source: str
    topic: str | None = None
    language: str | None = None
    date: str | None = None
    chunks: int = 0
    skipped: str | None = None
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unchanged: bool = False
    removed: bool = False


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


class Intake:
    """Takes documents into the user's own folder of an employer, all of a call or none."""

    def __init__(
        self, company: str, own: Path, topic: str | None, topic_of: Callable[[Document], str]
    ) -> None:
        """Look at what is there already.

        Args:
            company: Id of the employer.
            own: The folder `<own_folder>/<company>`.
            topic: For all documents; without it each one's own, else what `topic_of` finds.
            topic_of: Finds the topic of a document that names none.

        Raises:
            SetupError: The folder cannot be written.
        """
        self._company, self._own, self._topic, self._topic_of = company, own, topic, topic_of
        self._staging = Staging(own)
        self._texts: dict[str, Path] = {}
        self._origins: dict[str, tuple[Path, str | None]] = {}
        self._written: dict[Path, str] = {}
        self._gone: set[str] = set()
        for path, document in _documents(own):
            self._texts[_digest(document.text)] = path
            if document.origin:
                self._origins[document.origin] = path, document.read

    def take(self, source: Source, parser: Parser) -> SourceReport:
        """Read one document and let it go in with the others; a bad one is only reported."""
        if source.gone:
            self._gone.add(source.origin)
        try:
            data = source.bytes()
            read = f"{hashlib.sha256(data).hexdigest()[:32]}-{READER}"
            known = self._unchanged(source, read)
            if known is not None:
                return known
            document = self._read(source, data, read, parser)
            chosen = self._topic or document.topic or self._topic_of(document)
            chunks = len(split(document, self._company, "x", chosen))
            if not chunks:
                raise InputError(f"{source.label} has headings only. Write text below them.")
            unchanged = self._same(document, chosen, source)
            if not unchanged:
                self._put(document, chosen, source)
        except InputError as error:
            return SourceReport(source.label, skipped=str(error))
        return SourceReport(
            source.label, chosen, document.language, document.date, chunks,
            hidden=document.hidden, notes=document.notes, unchanged=unchanged,
        )  # fmt: skip

    def prune(self, given: Iterable[Path]) -> tuple[str, ...]:
        """Take out documents whose files are gone, and pages that were asked for and are.

        Args:
            given: Files and folders; only what came from them is looked at.

        Returns:
            The origins of what goes out.
        """
        roots = [path.absolute() for path in given]
        gone = []
        for origin, (path, _) in sorted(self._origins.items()):
            came = Path(origin)
            below = any(came == root or came.is_relative_to(root) for root in roots)
            if origin in self._gone or (below and came.is_absolute() and not came.exists()):
                self._staging.remove(path)
                gone.append(origin)
        return tuple(gone)

    def commit(self) -> None:
        """Put in what was taken.

        Raises:
            SetupError: The folder cannot be written.
        """
        self._staging.commit()

    def _unchanged(self, source: Source, read: str) -> SourceReport | None:
        path, known = self._origins.get(source.origin, (None, None))
        if path is None or known != read or not path.is_file():
            return None
        document = read_document(path, self._own)
        topic = document.topic or self._topic_of(document)
        if self._topic not in (None, topic):
            return None
        self._written[path] = _digest(document.text)
        chunks = len(split(document, self._company, "x", topic))
        return SourceReport(
            source.label, topic, document.language, document.date, chunks, unchanged=True
        )

    def _same(self, document: Document, topic: str, source: Source) -> bool:
        """Return whether a page says what it said; its bytes may differ at every visit."""
        path, _ = self._origins.get(source.origin, (None, None))
        if path is None or not is_address(source.origin) or not path.is_file():
            return False
        held = read_document(path, self._own)
        if (held.text, held.topic, held.date) != (document.text, topic, document.date):
            return False
        self._written[path] = _digest(held.text)
        return True

    def _read(self, source: Source, data: bytes, read: str, parser: Parser) -> Document:
        try:
            kind = kind_of(source.path.name, data)
            if kind in PLAIN:
                document = plain_document(source.path, data, source.root)
            else:
                parsed = self._parsed(kind, data, read, parser)
                digest = hashlib.sha256(data).hexdigest()
                document = parsed_document(source.path, parsed, digest, source.root)
        except RefusedError as error:
            raise InputError(f"{source.label} {error}") from error
        where = source.origin if is_address(source.origin) else None
        return replace(document, origin=source.origin, read=read, source=where or document.source)

    def _parsed(self, kind: str, data: bytes, read: str, parser: Parser) -> Parsed:
        key = f"{kind}-{read}"
        kept = self._staging.kept(key)
        if kept is not None:
            found = json.loads(kept)
            hidden, notes = tuple(found["hidden"]), tuple(found["notes"])
            return Parsed(found["text"], found["title"], found["date"], hidden, notes)
        parsed = parser.parse(kind, data)
        self._staging.keep(key, json.dumps(asdict(parsed)))
        return parsed

    def _put(self, document: Document, topic: str, source: Source) -> None:
        digest = _digest(document.text)
        before, _ = self._origins.get(source.origin, (None, None))
        twin = self._texts.get(digest)
        target = self._target(topic, source, before)
        replaced = twin in (before, target) or (
            twin is not None and twin.stem == target.stem and twin not in self._written
        )
        if twin is not None and not replaced:
            raise InputError(f"{source.label} has the same text as {twin.relative_to(self._own)}.")
        if not target.resolve().is_relative_to(self._own.resolve()):
            raise InputError(f"{target} leads out of {self._own}. Take the link there away.")
        for old in {before, twin} - {None, target}:
            if old is not None and old not in self._written:
                self._staging.remove(old)
        data = rendered(document, topic).encode()
        if not target.is_file() or target.read_bytes() != data:
            self._staging.put(target, data)
        self._written[target] = digest
        self._texts[digest] = target
        self._origins[source.origin] = target, document.read

    def _target(self, topic: str, source: Source, before: Path | None) -> Path:
        """Return where a document goes; two of different origin never share a place."""
        name = _UNSAFE.sub("-", source.name).strip("-_")[:_MAX_NAME] or "document"
        taken = {path for origin, (path, _) in self._origins.items() if origin != source.origin}
        target = self._own / topic / f"{name}.md"
        number = 2
        while target != before and (target in self._written or target in taken):
            target = self._own / topic / f"{name}-{number}.md"
            number += 1
        return target


def _documents(own: Path) -> Iterable[tuple[Path, Document]]:
    for path in walk(own) if own.is_dir() else ():
        try:
            yield path, read_document(path, own)
        except InputError:
            continue  # reported when the pack is read


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
