"""Transcripts from any format into one, as they come; what is lost on the way is counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from interviewer.errors import InputError
from interviewer.evaluation.formats.form import Document, Format, Written
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.source import Source
from interviewer.evaluation.reading import transcript_in
from interviewer.transcript_file import to_json

MOST_NAMED = 10


@dataclass
class Conversion:
    """What came of a conversion, as it goes on.

    Attributes:
        written: How many transcripts were written.
        unreadable: How many could not be read.
        faults: Why, of the first ones.
        losses: What the format could not hold.
    """

    written: int = 0
    unreadable: int = 0
    faults: list[str] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)

    @property
    def unreadable_share(self) -> float:
        """Share of the transcripts that could not be read."""
        total = self.written + self.unreadable
        return self.unreadable / total if total else 0.0


def convert(sources: Iterable[Source], place: Written) -> Conversion:
    """Write what can be read, one after the other."""
    done = Conversion()
    for source in sources:
        try:
            transcript = transcript_in(source, done.losses)
        except InputError as error:
            done.unreadable += 1
            if len(done.faults) < MOST_NAMED:
                done.faults.append(str(error))
            continue
        place.add(to_json(transcript), done.losses)
        done.written += 1
    return done


def replaced_by(form: Format, path: Path, file: Path) -> bool:
    """Whether writing transcripts of a format to a path replaces a file, or takes it away."""
    if path.exists() and path.samefile(file):
        return True
    return form.replaces is not None and form.replaces(path, file)


def place_in(form: Format, path: Path) -> AbstractContextManager[Written]:
    """Open a file for transcripts of a format; it is there when all is written, or not at all."""
    return form.writing(path) if form.writing else _file_of_lines(form, path)


@contextmanager
def _file_of_lines(form: Format, path: Path) -> Iterator[Written]:
    part = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("wb") as file:
            yield Lines(form, file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class Lines:
    """Transcripts as lines of JSON."""

    def __init__(self, form: Format, file: BinaryIO) -> None:
        self._form = form
        self._file = file

    def add(self, document: Document, losses: Losses) -> None:
        """Write one line."""
        assert self._form.entry is not None
        entry = self._form.entry(document, losses)
        text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        # Half of a surrogate pair has no UTF-8; in JSON its escape means the same.
        self._file.write(text.encode("utf-8", errors="backslashreplace") + b"\n")
