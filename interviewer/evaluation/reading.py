"""Files of transcripts, one at a time; what cannot be read is named and counted, never dropped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError
from interviewer.transcript import Transcript
from interviewer.transcript_file import from_json

ENDINGS = (".jsonl", ".json")
# An interview of three hours takes well under one megabyte.
LONGEST = 20_000_000


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

    Raises:
        InputError: A path is not there, or there is no such file in any of them.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix in ENDINGS and p.is_file())
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(f"{path} is not there. Name a file of transcripts, or a folder.")
    files = [path for path in dict.fromkeys(found) if path.name != "run.json"]
    if not files:
        raise InputError("No transcripts there. They are files ending in .jsonl or .json.")
    return tuple(files)


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


def parsed(source: Source) -> Transcript:
    """Return the transcript of a source.

    Raises:
        InputError: It is broken, no chat, or holds nothing.
    """
    if source.fault:
        raise InputError(f"{source.where}: {source.fault}")
    try:
        document = json.loads(source.text)
    except (ValueError, RecursionError):
        raise InputError(f"{source.where} is no JSON; it may be cut off.") from None
    transcript = from_json(document, where=source.where)
    strange = {turn.role for turn in transcript.turns} - {"assistant", "user", "system", "tool"}
    if strange:
        raise InputError(
            f"{source.where} has the role {min(strange)!r}. The examiner is `assistant`, the "
            "candidate `user`."
        )
    if not any(turn.content.strip() for turn in transcript.turns if turn.by_examiner):
        raise InputError(f"{source.where} holds nothing said by an examiner (role `assistant`).")
    return transcript


def _sources(path: Path) -> Iterator[Source]:
    if path.suffix == ".json":
        yield _source(str(path), path.read_bytes())
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
            elif line.strip():
                yield _source(where, line)


def _source(where: str, data: bytes) -> Source:
    if len(data) > LONGEST:
        return Source(where, "", f"it is larger than {LONGEST // 1_000_000} MB.")
    try:
        return Source(where, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Source(where, "", "it is no UTF-8 text.")
