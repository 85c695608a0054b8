"""Transcripts as a log that `inspect view` opens: a file of samples, or several of a size."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, TextIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

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
_DATE = (1980, 1, 1, 0, 0, 0)


@contextmanager
def writing(path: Path) -> Iterator[Logs]:
    """Open a log for writing; further ones are begun beside it when it is full.

    Raises:
        UsageError: The name is none of a log.
    """
    if path.suffix not in (".eval", ".json"):
        raise UsageError(f"{path} is no name of a log. End it with .eval or .json.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_ones:
        yield Logs(path, open_ones)


class Log(Protocol):
    """One log that is being written."""

    def add(self, name: str, sample: str, summary: Document) -> None:
        """Write a sample."""
        ...


class Logs:
    """One log after the other, each of a size that Inspect can open."""

    def __init__(self, path: Path, open_ones: ExitStack) -> None:
        self._path = path
        self._open = open_ones
        self._written = 0
        self._ids: Counter[str] = Counter()
        self._log: Log | None = None

    def add(self, document: Document, losses: Losses) -> None:
        """Write one transcript as a sample; an id that comes again is its next epoch."""
        place = self._written % SAMPLES_A_LOG
        if self._log is None or not place:
            self._ids.clear()
            self._open.close()
            self._log = self._open.enter_context(_log(self._named(), document))
        self._written += 1
        name = losses.utf8(str(document["id"])) or str(self._written)
        self._ids[name] += 1
        sample = sample_of(document, name, self._ids[name])
        text = losses.utf8(json.dumps(sample, ensure_ascii=False))
        self._log.add(f"samples/{name}_epoch_{self._ids[name]}.json", text, _summary(sample))

    def _named(self) -> Path:
        number = self._written // SAMPLES_A_LOG
        return self._path.with_stem(f"{self._path.stem}-{number + 1}") if number else self._path


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


def _header(document: Document) -> Document:
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
            "metadata": {"interviewer_role": "assistant", "model": interview.get("model")},
        },
        "plan": {"name": "plan", "steps": [], "config": {}},
        "results": {"total_samples": 0, "completed_samples": 0, "scores": []},
        "stats": {"started_at": created, "completed_at": created, "model_usage": {}},
    }


@contextmanager
def _log(path: Path, first: Document) -> Iterator[Log]:
    part = path.with_name(f".{path.name}.part")
    with ExitStack() as cleaning:
        cleaning.callback(part.unlink, missing_ok=True)
        if path.suffix == ".json":
            with part.open("w", encoding="utf-8") as file:
                text = JsonLog(file, first)
                yield text
                text.end()
        else:
            with ZipFile(part, "w", ZIP_DEFLATED) as archive:
                zipped = EvalLog(archive, first)
                yield zipped
                zipped.end()
        part.replace(path)


class JsonLog:
    """A log as one JSON document."""

    def __init__(self, file: TextIO, first: Document) -> None:
        self._file = file
        self._begun = False
        head = json.dumps(_header(first), ensure_ascii=True)
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

    def __init__(self, archive: ZipFile, first: Document) -> None:
        self._archive = archive
        self._summaries: list[Document] = []
        self._header = _header(first)
        start = {key: self._header[key] for key in ("version", "eval", "plan")}
        self._write("_journal/start.json", json.dumps(start))

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
