"""Files of transcripts, one at a time; what cannot be read is named and counted, never dropped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError
from interviewer.evaluation.tongue_of_talk import is_another_tongue
from interviewer.transcript import EXAMINER, Transcript
from interviewer.transcript_file import SCHEMA, from_json

ENDINGS = (".jsonl", ".json")
# An interview of three hours takes well under one megabyte.
LONGEST = 20_000_000
_MOST_NAMED = 10
_ROLES = frozenset({"assistant", "user", "system", "developer", "tool", "function"})


@dataclass(frozen=True, slots=True)
class Source:
    """One transcript as it lies in a file.

    Attributes:
        where: The file, with the line where a file holds several.
        text: Its JSON, empty where it is too long to be one.
        fault: Why it cannot be read, empty where nothing is known to be wrong yet.
    """

    where: str
    text: str
    fault: str = ""


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of transcripts that are named, or lie in folders that are named, sorted.

    Reports of evaluations that lie among them are none.

    Raises:
        InputError: A path is not there, or there is no such file in any of them.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            reports = _reports_in(path)
            found += sorted(
                p
                for p in path.rglob("*")
                if p.suffix in ENDINGS and p.is_file() and not reports.intersection(p.parents)
            )
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(f"{path} is not there. Name a file of transcripts, or a folder.")
    files = [path for path in dict.fromkeys(found) if path.name != "run.json"]
    if not files:
        raise InputError("No transcripts there. They are files ending in .jsonl or .json.")
    return tuple(files)


def _reports_in(folder: Path) -> frozenset[Path]:
    """Return folders that `--out` wrote: their manifest says so."""
    found = set()
    for manifest in folder.rglob("manifest.json"):
        with manifest.open("rb") as file:
            if b'"interviewer.evaluation-manifest/' in file.read(200):
                found.add(manifest.parent)
    return frozenset(found)


def sources_in(files: Iterable[Path]) -> Iterator[Source]:
    """Yield every transcript of files in their order, without holding a file in memory.

    Raises:
        InputError: A file cannot be opened.
    """
    for path in files:
        try:
            yield from _sources(path)
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error.strerror}).") from None


@dataclass(frozen=True, slots=True)
class Read:
    """A transcript that could be read.

    Attributes:
        transcript: The transcript.
        notes: What is odd about it, as sentences; it is measured all the same.
    """

    transcript: Transcript
    notes: tuple[str, ...] = ()


def parsed(source: Source) -> Transcript:
    """Return the transcript of a source.

    Raises:
        InputError: It is broken, no chat, holds nothing, or is in another language.
    """
    return read(source).transcript


def read(source: Source) -> Read:
    """Return the transcript of a source, and what is odd about it.

    Raises:
        InputError: It is broken, no chat, holds nothing, or is in another language.
    """
    where = source.where
    if source.fault:
        raise InputError(f"{where}: {source.fault}")
    try:
        document = json.loads(source.text)
    except (ValueError, RecursionError):
        raise InputError(f"{where} is no JSON; it may be cut off.") from None
    if _messages(document):
        document = {"messages": document}
    transcript = from_json(document, where=where)
    strange = {turn.role for turn in transcript.turns} - _ROLES
    if strange:
        raise InputError(
            f"{where} has the role {min(strange)!r}. The examiner is `assistant`, the candidate "
            "`user`."
        )
    silent = [not t.content or t.content.isspace() for t in transcript.turns if t.role == EXAMINER]
    if all(silent):
        raise InputError(f"{where} holds nothing said by an examiner (role `assistant`).")
    language = _other_language(transcript)
    if language:
        raise InputError(
            f"{where} is in {language}. Metrics know English and Chinese, and would see nothing."
        )
    return Read(transcript, tuple(_notes(transcript, document.get("schema"), any(silent))))


def _messages(document: object) -> bool:
    """Whether a document is a list of messages, the barest form of a chat."""
    return isinstance(document, list) and all(
        isinstance(entry, dict) and "role" in entry for entry in document
    )


def _other_language(transcript: Transcript) -> str:
    """Return what the language is called where it is neither English nor Chinese, else nothing."""
    told = transcript.interview.language
    if told:
        known = told.lower().startswith(("en", "zh"))
        return "" if known else f"the language {told[:20]!r}"
    said = (turn.content for turn in transcript.turns if turn.role == EXAMINER)
    return "a language that is not known here" if is_another_tongue(said) else ""


def _notes(transcript: Transcript, schema: object, silent: bool) -> Iterator[str]:
    if isinstance(schema, str) and schema != SCHEMA:
        yield f"It has the schema {schema}; what is known of {SCHEMA} was read."
    if not silent:
        return
    empty = [
        str(place if turn.seq is None else turn.seq)
        for place, turn in enumerate(transcript.turns, start=1)
        if turn.by_examiner and not turn.content.strip()
    ]
    yield f"Messages of the examiner are empty: {', '.join(empty[:_MOST_NAMED])}."


def _sources(path: Path) -> Iterator[Source]:
    if path.suffix == ".json":
        yield from _whole(path)
        return
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            where = f"{path}:{number}"
            if len(line) > LONGEST:
                while line and not line.endswith(b"\n"):
                    line = file.readline(LONGEST)
                yield Source(where, "", f"the line is longer than {LONGEST // 1_000_000} MB.")
            elif not line.isspace():
                yield _source(where, line)


def _whole(path: Path) -> Iterator[Source]:
    """Yield the chat of a file, or each of a list of chats."""
    if path.stat().st_size > LONGEST:
        yield Source(str(path), "", f"it is larger than {LONGEST // 1_000_000} MB.")
        return
    source = _source(str(path), path.read_bytes())
    if not source.text.lstrip().startswith("["):
        yield source
        return
    try:
        entries = json.loads(source.text)
    except (ValueError, RecursionError):
        yield source
        return
    if _messages(entries):
        yield source
        return
    for number, entry in enumerate(entries, start=1):
        yield Source(f"{path}:{number}", json.dumps(entry, ensure_ascii=False))


def _source(where: str, data: bytes) -> Source:
    try:
        return Source(where, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Source(where, "", "it is no UTF-8 text.")
