"""A claim worth keeping, and two that do not fit together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["number", "date", "pay", "ownership"]
Owner = Literal["own", "others", ""]


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim of the candidate.

    Attributes:
        kind: What is claimed.
        about: What a figure counts, measures or dates: names of meanings, any of which will do.
        quote: The claim in a few of the candidate's own words, an exact part of the sentence.
        sentence: The sentence it stands in, an exact part of the turn.
        seq: The candidate's turn it stands in.
        round: The round of that turn.
        low: The least the figure can mean, in its unit (time in days, pay a year).
        high: The most it can mean.
        terms: What the sentence is about, as terms; for ownership, the piece of work.
        topic: What question and answer are about.
        scope: Employers and places the answer names.
        marks: Signs that bear on a comparison, by name, and the period a figure is counted over.
        apart: Words that tell it from other things of the kind (first, second), with their line.
        core: For ownership, the terms of its own clause; for figures, names said near it.
        owner: Whose work it was, for ownership.
    """

    kind: EntryKind
    about: frozenset[str]
    quote: str
    sentence: str
    seq: int | None = None
    round: str = ""
    low: float = 0.0
    high: float = 0.0
    terms: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    scope: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    apart: frozenset[tuple[int, str]] = frozenset()
    core: frozenset[str] = frozenset()
    owner: Owner = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that do not fit together, unless something changed in between.

    Attributes:
        kind: What they are about.
        before: The earlier one.
        now: The later one.
    """

    kind: EntryKind
    before: Entry
    now: Entry

    @property
    def pair(self) -> tuple[int | None, int | None]:
        """The turns of the two."""
        return self.before.seq, self.now.seq
