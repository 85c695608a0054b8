"""What a format is to the rest of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.source import Source

Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a model as tracing tools keep it; a conversation is several.

    Attributes:
        conversation: What the calls of a conversation share.
        began: When, in a form that sorts; empty where it is not told.
        messages: What went in and what came out, in order, in the native form.
        about: What else the entry tells of the conversation, in the native form.
    """

    conversation: str
    began: str
    messages: list[Document]
    about: Document = field(default_factory=dict)


class Written(Protocol):
    """A place that takes transcripts, one after the other."""

    def add(self, document: Document, losses: Losses) -> None:
        """Write one, in the native form; count what cannot be held."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which transcripts lie in files.

    Attributes:
        name: As `--from` and `--to` call it.
        title: As people call it, with the version that is meant.
        bears: Whether a JSON object bears its signature, which no other format's does.
        native: The native form of an entry; raises InputError with the place for what is none.
        roles: The native role by the format's own names.
        ending: What a file of it is called.
        parts: The transcripts' entries in a document that holds several; None where it is one.
        calls: The calls in an entry, of a format in which a transcript is spread over entries.
        sources: Cuts a file that is no JSON text.
        entry: The entry of a transcript, one a line; None where lines are not written.
        writing: Opens a place for formats that are no lines of JSON.
        replaces: Whether writing to a path replaces a file too that has another.
    """

    name: str
    title: str
    bears: Callable[[Mapping[str, object]], bool]
    native: Callable[[object, str], Document]
    roles: Mapping[str, str] = field(default_factory=dict)
    ending: str = ".jsonl"
    parts: Callable[[Mapping[str, object]], Iterator[object]] | None = None
    calls: Callable[[object], Iterator[Call]] | None = None
    sources: Callable[[Path], Iterator[Source]] | None = None
    entry: Callable[[Document, Losses], Document] | None = None
    writing: Callable[[Path], AbstractContextManager[Written]] | None = None
    replaces: Callable[[Path, Path], bool] | None = None

    @property
    def writes(self) -> bool:
        """Whether it can be written."""
        return self.entry is not None or self.writing is not None
