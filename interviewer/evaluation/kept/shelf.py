"""The folder of evaluations that are kept: each with its figures, transcripts and labels.

A run is opened from its own folder only. Files that its figures name elsewhere are never opened.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from interviewer.errors import InputError
from interviewer.evaluation.kept.labels import Label, Table, from_table, to_table, with_label
from interviewer.evaluation.report import SCHEMA
from interviewer.evaluation.reports.sightings import Sighting, sighting_from_json
from interviewer.evaluation.shards.gathering import SEVERITIES
from interviewer.transcript import Transcript
from interviewer.transcript_file import dump, load

FOLDER = "evaluations"
FILES = (
    "report.html", "report.md", "summary.json", "findings.jsonl", "scores.parquet", "junit.xml",
    "manifest.json",
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MOST_OPEN = 4
_WAIT = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A run in the list.

    Attributes:
        name: Its folder's name.
        written: When, ISO date and time in UTC.
        transcripts: How many were read.
        unreadable: How many could not be.
        findings: How many, by severity.
    """

    name: str
    written: str
    transcripts: int
    unreadable: int
    findings: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation.

    Attributes:
        name: Its folder's name.
        document: Its figures, `interviewer.evaluation/1`.
        found: Its findings.
        better: Which way each metric is better, as far as is known.
        files: Which files there are to take away.
    """

    name: str
    document: Mapping[str, object]
    found: tuple[Sighting, ...]
    better: Mapping[str, str]
    files: tuple[str, ...]

    @property
    def transcripts(self) -> list[Mapping[str, object]]:
        """What is said of each transcript, in order."""
        entries = self.document.get("per_transcript")
        return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []

    @property
    def ids(self) -> list[str]:
        """The transcripts' ids, in order."""
        return [str(entry.get("id", "")) for entry in self.transcripts]


def checked_name(name: str) -> str:
    """Return a run's name.

    Raises:
        InputError: It cannot be the name of a folder here.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name[:70]!r} is no name of an evaluation: up to 64 letters, digits, dots, dashes "
            "and underscores, a letter or digit first."
        )
    return name


@dataclass
class Shelf:
    """The runs of an installation.

    Attributes:
        folder: Where they lie.
    """

    folder: Path
    _open: OrderedDict[tuple[str, int, int], Run] = field(default_factory=OrderedDict)

    def place(self, name: str) -> Path:
        """Return the folder of a new run.

        Raises:
            InputError: The name cannot be used, or is taken.
        """
        path = self.folder / checked_name(name)
        if path.exists():
            raise InputError(
                f"{path} is there already, with labels perhaps. Choose another name with --keep, "
                "or delete that folder."
            )
        return path

    def runs(self) -> tuple[Entry, ...]:
        """Return the runs that can be opened, the newest first."""
        if not self.folder.is_dir():
            return ()
        found = []
        for path in self.folder.iterdir():
            with suppress(InputError, OSError):
                found.append(self._entry(path))
        return tuple(sorted(found, key=lambda entry: (entry.written, entry.name), reverse=True))

    def run(self, name: str) -> Run:
        """Return a run.

        Raises:
            InputError: There is none of this name, or its files are broken.
        """
        path = self._path(name)
        try:
            told = (path / "summary.json").stat()
            key = (name, told.st_mtime_ns, told.st_size)
            if key not in self._open:
                self._open[key] = _run(path)
                while len(self._open) > _MOST_OPEN:
                    self._open.popitem(last=False)
        except OSError:
            raise InputError(f"There is no evaluation {name!r} here.") from None
        self._open.move_to_end(key)
        return self._open[key]

    def transcript(self, name: str, number: int) -> Transcript | None:
        """Return a transcript of a run by its number, None where none were kept with it.

        Raises:
            InputError: It cannot be read.
        """
        path = self._path(name) / "transcripts" / f"{number}.jsonl"
        try:
            return load(path.read_text(encoding="utf-8"), where=str(path))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            raise InputError(f"{path} cannot be read.") from None

    def holding(self, ids: Collection[str]) -> tuple[Path, ...]:
        """Return the folders of runs that measured any of these transcripts.

        Of a run that cannot be opened it is told by its bytes.
        """
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path for path in self.folder.iterdir() if self._holds(path, ids)))

    def _holds(self, folder: Path, ids: Collection[str]) -> bool:
        try:
            self._entry(folder)
            return not set(ids).isdisjoint(self.run(folder.name).ids)
        except (InputError, OSError):
            return _names_any(folder, ids)

    def file(self, name: str, file: str) -> bytes:
        """Return a file of a run.

        Raises:
            InputError: It has none of this name.
        """
        if file in FILES:
            with suppress(OSError):
                return (self._path(name) / file).read_bytes()
        raise InputError(f"{name} has no {file!r}.")

    def labels(self, name: str, table: Table) -> list[Label]:
        """Return what people said of a run.

        Raises:
            InputError: The table is broken.
        """
        path = self._path(name) / f"labels-{table}.csv"
        try:
            return from_table(path.read_text(encoding="utf-8"), str(path))
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError):
            raise InputError(f"{path} cannot be read.") from None

    def keep_label(self, name: str, table: Table, label: Label, *, withdrawn: bool) -> None:
        """Keep what somebody said, in place of what they said of the same thing before.

        Raises:
            InputError: It cannot be kept.
        """
        path = self._path(name) / f"labels-{table}.csv"
        part = path.with_name(f".{path.name}.part")
        try:
            with FileLock(path.with_name(f".{path.name}.lock"), timeout=_WAIT):
                labels = with_label(self.labels(name, table), label, withdrawn=withdrawn)
                part.write_text(to_table(labels), encoding="utf-8")
                part.replace(path)
        except OSError as error:
            raise InputError(f"{path} cannot be written ({error.strerror}).") from None

    def _path(self, name: str) -> Path:
        path = self.folder / checked_name(name)
        if not path.is_dir():
            raise InputError(f"There is no evaluation {name!r} here.")
        return path

    def _entry(self, path: Path) -> Entry:
        checked_name(path.name)
        written = datetime.fromtimestamp((path / "summary.json").stat().st_mtime, UTC)
        counts = _mapping(_json(path / "manifest.json").get("counts"))
        if not counts:
            raise InputError(f"{path} has no manifest.")
        findings = _mapping(counts.get("findings"))
        return Entry(
            name=path.name,
            written=f"{written:%Y-%m-%d %H:%M}",
            transcripts=_number(counts.get("transcripts")),
            unreadable=_number(counts.get("unreadable")),
            findings={name: _number(findings.get(name)) for name in SEVERITIES},
        )


def kept_transcripts(read: Iterable[tuple[int, Transcript]]) -> Iterable[tuple[str, str]]:
    """Yield transcripts as files of a run: a name and what stands in it."""
    for number, transcript in read:
        yield f"transcripts/{number}.jsonl", dump(transcript) + "\n"


def _run(path: Path) -> Run:
    document = _json(path / "summary.json")
    if document.get("schema") != SCHEMA:
        raise InputError(f"{path / 'summary.json'} is no evaluation ({SCHEMA}).")
    metrics = _mapping(_json(path / "manifest.json").get("metrics"))
    better = {name: str(_mapping(entry).get("better", "")) for name, entry in metrics.items()}
    files = tuple(name for name in FILES if (path / name).is_file())
    run = Run(path.name, document, _findings(path / "findings.jsonl"), better, files)
    if any(not 1 <= sighting.transcript <= len(run.transcripts) for sighting in run.found):
        raise InputError(f"{path} has findings of transcripts it does not know; write it anew.")
    return run


def _findings(path: Path) -> tuple[Sighting, ...]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        return tuple(
            sighting_from_json(number, json.loads(line))
            for number, line in enumerate(filter(str.strip, lines), start=1)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(f"{path} cannot be read; write the evaluation anew.") from None


def _json(path: Path) -> Mapping[str, object]:
    try:
        return _mapping(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        raise InputError(f"{path} cannot be read; write the evaluation anew.") from None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _names_any(folder: Path, ids: Collection[str]) -> bool:
    """Return whether a file below a folder has one of these ids as a text of JSON or alone."""
    forms = {
        form for one in ids for form in (json.dumps(one), json.dumps(one, ensure_ascii=False))
    }
    files = (path for path in folder.rglob("*") if path.is_file())
    return any(form.encode() in data for data in map(Path.read_bytes, files) for form in forms)
