"""Documents: Markdown and text files with what is known of an employer, read and checked."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError
from interviewer.research.characters import clean, language_of, unseen
from interviewer.research.parsing import Parsed, RefusedError, decode
from interviewer.research.topics import TOPICS

# What a pack holds; documents of other kinds become Markdown when they are taken in.
ENDINGS = frozenset({".md", ".markdown", ".txt"})
MAX_BYTES = 10_000_000
# YAML nests without limit, and so does the parser's recursion; a real front matter has five lines.
_MAX_FRONT_MATTER = 4_000
_NOT_RESEARCH = frozenset({"company.toml", "try"})
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of research.

    Attributes:
        path: Where it was read.
        text: Its body, without front matter, HTML comments and invisible characters.
        topic: One of `TOPICS`, or None when neither front matter nor folder names one.
        date: ISO date of what it says, or None.
        source: Where it comes from, as a reader would name it; the file's name if not given.
        language: `en` or `zh`.
        digest: SHA-256 of the file's bytes.
        origin: Where it was taken in from, None where it was written into the pack.
        read: Digest of the bytes it was taken in from, and the version of the reader.
        hidden: Pieces of text no reader would see; not part of `text`.
        notes: Sentences on what was left out or guessed.
    """

    path: Path
    text: str
    topic: str | None
    date: str | None
    source: str
    language: str
    digest: str
    origin: str | None = None
    read: str | None = None
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_document(path: Path, root: Path | None = None) -> Document:
    """Read and check one document.

    Args:
        path: A `.md`, `.markdown` or `.txt` file in UTF-8, at most 10 MB.
        root: The folder it was found under. A folder between `root` and the file that is named
            after a topic gives the topic; without `root` only the file's own folder can.

    Raises:
        InputError: The file cannot be used; the text names it and the fix.
    """
    return plain_document(path, _bytes(path), root)


def plain_document(path: Path, data: bytes, root: Path | None = None) -> Document:
    """Do what `read_document` does with bytes that were read already.

    Raises:
        InputError: They cannot be used; the text names the path and the fix.
    """
    raw, encoding = _decode(path, data)
    text = clean(raw)
    front, body = _front_matter(path, text)
    body = _COMMENT.sub("", body).strip()
    if not body:
        raise InputError(f"{path} has no text. Write what is known of the employer into it.")
    topic = _string(path, front, "topic") or _topic_of_folder(path, root)
    if topic is not None:
        check_topic(topic, f"{path}")
    return Document(
        path=path,
        text=body,
        topic=topic,
        date=_date(path, front),
        source=_string(path, front, "source") or path.name,
        language=_language(path, front) or language_of(body),
        digest=hashlib.sha256(data).hexdigest(),
        origin=_string(path, front, "origin"),
        read=_string(path, front, "read"),
        hidden=unseen(raw),
        notes=(f"It was read as {encoding}; save it as UTF-8 if letters look wrong.",)
        if encoding
        else (),
    )


def parsed_document(path: Path, parsed: Parsed, digest: str, root: Path | None = None) -> Document:
    """Return the document that a parsed file is.

    Args:
        path: The file, or a name for it.
        parsed: Its text.
        digest: SHA-256 of its bytes.
        root: As for `read_document`.

    Raises:
        InputError: No text is left of it.
    """
    body = _COMMENT.sub("", clean(parsed.text)).strip()
    if not body:
        raise InputError(f"{path} has no text. Write what is known of the employer into it.")
    return Document(
        path=path,
        text=body,
        topic=_topic_of_folder(path, root),
        date=parsed.date,
        source=path.name,
        language=language_of(body),
        digest=digest,
        hidden=(*unseen(parsed.text), *(clean(piece) for piece in parsed.hidden)),
        notes=parsed.notes,
    )


def walk(folder: Path, endings: Collection[str] = ENDINGS) -> Iterator[Path]:
    """Yield the documents below a folder in a fixed order.

    `company.toml`, folders named `try`, hidden files and folders, links that lead out of the
    folder, and other endings are left out.
    """
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") or part in _NOT_RESEARCH for part in parts):
            continue
        if path.suffix.lower() not in endings or not path.is_file():
            continue
        if path.resolve().is_relative_to(home):
            yield path


def check_topic(topic: str, where: str) -> None:
    """Raise InputError where a topic is none of the nine."""
    if topic not in TOPICS:
        known = ", ".join(TOPICS)
        raise InputError(f"{where}: there is no topic {topic!r}. Use one of {known}.")


def _bytes(path: Path) -> bytes:
    if path.suffix.lower() not in ENDINGS:
        raise InputError(f"{path} is not Markdown or text. Save its text as a .md or .txt file.")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path} is over 10 MB. Split it into smaller documents.")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{path} cannot be read ({reason}). Check name and rights.") from error
    if not data.strip():
        raise InputError(f"{path} is empty. Write what is known of the employer into it.")
    return data


def _decode(path: Path, data: bytes) -> tuple[str, str | None]:
    if data.startswith(_BINARY):
        raise InputError(f"{path} is not a text file. Save its text as a .md or .txt file.")
    try:
        return decode(data)
    except RefusedError as error:
        raise InputError(f"{path} {error}") from error


def _front_matter(path: Path, text: str) -> tuple[Mapping[str, object], str]:
    text = text.lstrip()
    first, _, _ = text.partition("\n")
    if first.rstrip() != "---":
        return {}, text
    fence = _FENCE.match(text)
    if fence is None or fence.end() > _MAX_FRONT_MATTER:
        raise InputError(
            f"{path}: the front matter that begins on line 1 is not closed. "
            "End it with a line of three hyphens, or take the first line away."
        )
    from frontmatter.default_handlers import YAMLHandler

    try:
        data = YAMLHandler().load(fence[1])
    except Exception as error:  # the parser raises its own kinds, ValueError and RecursionError
        reason = " ".join(str(error).split())[:160]
        raise InputError(
            f"{path}: the front matter is not YAML ({reason}). "
            'Write `key: value` lines, and put values with a colon in "quotes".'
        ) from error
    if not isinstance(data, dict | None):
        raise InputError(f"{path}: the front matter has no keys. Write lines like `topic: post`.")
    return data or {}, text[fence.end() :]


def _string(path: Path, front: Mapping[str, object], key: str) -> str | None:
    value = front.get(key)
    if value is None:
        return None
    if not isinstance(value, str | int | float) or not str(value).strip():
        raise InputError(f"{path}: `{key}` in the front matter must be a line of text.")
    return " ".join(str(value).split())


def _date(path: Path, front: Mapping[str, object]) -> str | None:
    value = front.get("date")
    if value is None:
        return None
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    try:
        return datetime.date.fromisoformat(str(value).strip()).isoformat()
    except ValueError as error:
        raise InputError(
            f"{path}: `date: {value}` is not a date. Write year, month and day: 2026-03-01."
        ) from error


def _language(path: Path, front: Mapping[str, object]) -> str | None:
    value = _string(path, front, "language")
    if value is None:
        return None
    short = value.lower().replace("_", "-").split("-")[0]
    if short not in {"en", "zh"}:
        raise InputError(f"{path}: `language: {value}` is not known. Write en or zh.")
    return short


def _topic_of_folder(path: Path, root: Path | None) -> str | None:
    if root is None:
        names: tuple[str, ...] = (path.absolute().parent.name,)
    else:
        names = (root.absolute().name, *path.relative_to(root).parts[:-1])
    return next((name for name in reversed(names) if name in TOPICS), None)
