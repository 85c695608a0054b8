"""Transcripts as a log that `inspect view` opens: a file of samples, or several of a size."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, TextIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from interviewer import __version__
from interviewer.errors import UsageError
from interviewer.evaluation.formats.carried import (
    MARK,
    beside_messages,
    beside_words,
    mapping,
    messages_of,
)
from interviewer.evaluation.formats.form import Document
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.moments import moment

# Inspect and the list of a zip file's members take memory by the sample.
SAMPLES_A_LOG = 5_000
_NEVER = "1970-01-01T00:00:00+00:00"
# Roles of an OpenAI chat that Inspect calls otherwise; the own name is carried.
_ROLES = {"developer": "system", "function": "tool"}
_START = "_journal/start.json"
# Bytes; with epoch and ending a name of a file is at most 255.
LONGEST_STEM = 200
_STEPS = frozenset({"", ".", ".."})
_DATE = (1980, 1, 1, 0, 0, 0)


@contextmanager
def writing(path: Path) -> Iterator[Logs]:
    """Open a log for writing; further ones are begun beside it when it is full.

    All of them are there when all is written, or none; those that an earlier, longer conversion to
    the same name left are taken away.

    Raises:
        UsageError: The name is none of a log.
    """
    if path.suffix not in (".eval", ".json"):
        raise UsageError(f"{path} is no name of a log. End it with .eval or .json.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as cleaning, ExitStack() as open_one:
        logs = Logs(path, open_one, cleaning)
        yield logs
        open_one.close()
        logs.publish()


class Log(Protocol):
    """One log that is being written."""

    def add(self, name: str, sample: str, summary: Document) -> None:
        """Write a sample."""
        ...


class Logs:
    """One log after the other, each of a size that Inspect can open."""

    def __init__(self, path: Path, open_one: ExitStack, cleaning: ExitStack) -> None:
        self._path = path
        self._open = open_one
        self._cleaning = cleaning
        self._parts: list[tuple[Path, Path]] = []
        self._written = 0
        self._ids: Counter[str] = Counter()
        self._log: Log | None = None

    def add(self, document: Document, losses: Losses) -> None:
        """Write one transcript as a sample; an id that comes again is its next epoch."""
        place = self._written % SAMPLES_A_LOG
        if self._log is None or not place:
            self._ids.clear()
            self._open.close()
            self._log = self._open.enter_context(self._begun(document))
        self._written += 1
        name = losses.utf8(str(document["id"])) or str(self._written)
        self._ids[name] += 1
        sample = sample_of(document, name, self._ids[name])
        text = losses.utf8(json.dumps(sample, ensure_ascii=False))
        file = file_stem(name)
        # The viewer opens the file that the id in its list names.
        summary = {**_summary(sample), "id": file}
        self._log.add(f"samples/{file}_epoch_{self._ids[name]}.json", text, summary)

    def publish(self) -> None:
        """Give the finished logs their names."""
        for part, path in self._parts:
            part.replace(path)
        number = len(self._parts) + 1
        while number > 1 and _continues(stale := self._named(number), number):
            stale.unlink()
            number += 1

    def _begun(self, first: Document) -> AbstractContextManager[Log]:
        number = len(self._parts) + 1
        path = self._named(number)
        part = path.with_name(f".{path.name}.part")
        self._cleaning.callback(part.unlink, missing_ok=True)
        self._parts.append((part, path))
        return _log(part, path.suffix, _header(first, number))

    def _named(self, number: int) -> Path:
        return self._path.with_stem(f"{self._path.stem}-{number}") if number > 1 else self._path


def replaces(path: Path, file: Path) -> bool:
    """Whether a file is, by its name, a further log of what is written to a path."""
    if file.parent.resolve() != path.parent.resolve() or file.suffix != path.suffix:
        return False
    return re.fullmatch(rf"{re.escape(path.stem)}-\d+", file.stem) is not None


def file_stem(name: str) -> str:
    """Return what the file of a sample is called in a log: its id, as Inspect has it.

    An id that would lead out of a folder into which the log is unpacked, that is no name of a file
    or too long for one, becomes what is harmless of it, with a hash that keeps it apart.
    """
    parts = name.split("/")
    long = len(name.encode()) > LONGEST_STEM
    if not long and name.isprintable() and "\\" not in name and not _STEPS.intersection(parts):
        return name
    harmless = re.sub(r"[^\w.-]+|^\.+", "_", name)[: LONGEST_STEM // 4]
    return f"{harmless}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _continues(path: Path, number: int) -> bool:
    """Whether a file is the log of this number of a conversion, as its head says."""
    try:
        if path.suffix == ".json":
            with path.open("rb") as file:
                head = file.read(2_000)
        else:
            with ZipFile(path) as archive:
                head = archive.read(_START)[:2_000]
    except (OSError, BadZipFile, KeyError):
        return False
    return b'"eval_id": "three-rounds"' in head and f'"log": {number}}}'.encode() in head


def sample_of(document: Document, name: str, epoch: int) -> Document:
    """Return a transcript in the native form as a sample."""
    messages = [message_for_inspect(message) for message in messages_of(document)]
    interview = mapping(document.get("interview"))
    asked = [str(interview[key]) for key in ("company", "role", "language") if key in interview]
    return {
        "id": name,
        "epoch": epoch,
        "input": ", ".join(asked) or "Interview",
        "target": "",
        "messages": messages,
        "scores": {},
        "metadata": {MARK: beside_messages(document)},
    }


def message_for_inspect(message: Document) -> Document:
    """Return a message as Inspect and Scout have it."""
    role = _ROLES.get(str(message["role"]), message["role"])
    beside = beside_words(message, role)
    carried = {"metadata": {MARK: beside}} if beside else {}
    return {"role": role, "content": message["content"], **carried}


def _summary(sample: Document) -> Document:
    short = {key: sample[key] for key in ("id", "epoch", "input", "target")}
    return {**short, "metadata": {}, "scores": {}, "completed": True}


def _header(document: Document, number: int) -> Document:
    interview = mapping(document.get("interview"))
    told = interview.get("created")
    created = told if moment(told) else ""
    return {
        "version": 2,
        "status": "success",
        "eval": {
            "eval_id": "three-rounds",
            "run_id": "three-rounds",
            "created": created or _NEVER,
            "task": "interviews",
            "task_id": "interviews",
            "dataset": {"name": "interviews"},
            # Scoring would open the model that is named; the interview's own is in the metadata.
            "model": "none/none",
            "config": {},
            "packages": {"three-rounds": __version__},
            "metadata": {
                "interviewer_role": "assistant",
                "model": interview.get("model"),
                "log": number,
            },
        },
        "plan": {"name": "plan", "steps": [], "config": {}},
        "results": {"total_samples": 0, "completed_samples": 0, "scores": []},
        "stats": {"started_at": created, "completed_at": created, "model_usage": {}},
    }


@contextmanager
def _log(part: Path, ending: str, header: Document) -> Iterator[Log]:
    if ending == ".json":
        with part.open("w", encoding="utf-8") as file:
            text = JsonLog(file, header)
            yield text
            text.end()
    else:
        with ZipFile(part, "w", ZIP_DEFLATED) as archive:
            zipped = EvalLog(archive, header)
            yield zipped
            zipped.end()


class JsonLog:
    """A log as one JSON document."""

    def __init__(self, file: TextIO, header: Document) -> None:
        self._file = file
        self._begun = False
        head = json.dumps(header, ensure_ascii=True)
        file.write(head.removesuffix("}") + ', "samples": [')

    def add(self, name: str, sample: str, summary: Document) -> None:
        """Write a sample."""
        self._file.write((",\n" if self._begun else "\n") + sample)
        self._begun = True

    def end(self) -> None:
        """Write what ends it."""
        self._file.write("\n]}\n")


class EvalLog:
    """A log as a zip file, with what the viewer's list shows of each sample."""

    def __init__(self, archive: ZipFile, header: Document) -> None:
        self._archive = archive
        self._summaries: list[Document] = []
        self._header = header
        start = {key: self._header[key] for key in ("version", "eval", "plan")}
        self._write(_START, json.dumps(start))

    def add(self, name: str, sample: str, summary: Document) -> None:
        """Write a sample."""
        self._write(name, sample)
        self._summaries.append(summary)

    def end(self) -> None:
        """Write what the viewer looks at first."""
        summaries = json.dumps(self._summaries)
        self._write("_journal/summaries/1.json", summaries)
        self._write("summaries.json", summaries)
        count = len(self._summaries)
        told = mapping(self._header["results"])
        results = {**told, "total_samples": count, "completed_samples": count}
        self._write("header.json", json.dumps({**self._header, "results": results}))

    def _write(self, name: str, text: str) -> None:
        # With no time of its own the same transcripts give the same bytes.
        info = ZipInfo(name, _DATE)
        info.compress_type = ZIP_DEFLATED
        self._archive.writestr(info, text)
