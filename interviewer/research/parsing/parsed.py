"""What a reader of documents returns, and how it refuses."""

from __future__ import annotations

from dataclasses import dataclass


class RefusedError(Exception):
    """A document cannot be used; the text ends a sentence that begins with the file's name."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text of a document and what is worth knowing about it.

    Attributes:
        text: Markdown.
        title: What it calls itself, None when it does not.
        date: ISO date it gives for itself, None when it gives none.
        hidden: Pieces of text no reader would see. They are not part of `text`.
        notes: Sentences on what was left out or guessed.
    """

    text: str
    title: str | None = None
    date: str | None = None
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
