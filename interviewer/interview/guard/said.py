"""A sentence of a reply, with everything it is judged by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from interviewer.interview.guard.given import MARK, Given
from interviewer.interview.guard.signs import plain
from interviewer.research.lexical import terms

SameQuestion = Callable[[str, str], bool]

_CLAUSE = re.compile(r"[,;:，；：、—–]|\s-\s")
ASKS = re.compile(r"[?？]")


@dataclass(frozen=True)
class Said:
    """A sentence of a reply, with what it is judged by.

    Attributes:
        sentence: The sentence.
        before: The sentences of the reply before it that were let through.
        given: What the move gives it to speak of.
        same: Whether two questions ask the same, asked when their words leave it open.
    """

    sentence: str
    before: tuple[str, ...]
    given: Given
    same: SameQuestion | None = None

    @cached_property
    def plain(self) -> str:
        """The sentence as the signs are written."""
        return plain(self.sentence)

    @cached_property
    def bare(self) -> str:
        """The same without citation marks."""
        return MARK.sub(" ", self.plain)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its terms."""
        return terms(self.bare)

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """Its citation marks."""
        return tuple(int(mark) for mark in MARK.findall(self.plain))

    @cached_property
    def marked(self) -> bool:
        """Whether it ends in a question mark, or has one inside."""
        return bool(ASKS.search(self.plain))

    @cached_property
    def asks(self) -> bool:
        """Whether it asks for something, with a question mark or as a request.

        The move's own statements ("I'd like to hear about you") may sound like requests.
        """
        if self.marked:
            return True
        if not self.given.signs.patterns["request"].search(self.plain.strip()):
            return False
        return len(self.terms - self.given.terms - self.given.frame_terms) > 0

    @cached_property
    def new_terms(self) -> frozenset[str]:
        """Terms that neither the move nor small talk has."""
        return self.terms - self.given.terms - self.given.frame_terms

    def found(self, name: str, text: str | None = None) -> list[str]:
        """Return what of a kind of sign is in the sentence and not in the move's words."""
        pattern = self.given.signs.patterns[name]
        matches = (match[0].lower() for match in pattern.finditer(text or self.plain))
        return [match for match in matches if match.strip() not in self.given.words]

    @cached_property
    def outside_question(self) -> tuple[str, ...]:
        """Its clauses but for the one that asks."""
        clauses = [clause.strip() for clause in _CLAUSE.split(self.plain) if clause.strip()]
        return tuple(clauses[:-1] if self.asks else clauses)

    @property
    def of_employer(self) -> bool:
        """Whether it speaks of the employer."""
        # "Let us move on" speaks of the two at the table.
        signs = self.given.signs.patterns
        text = signs["together"].sub(" ", self.plain)
        named = any(name.lower() in text.lower() for name in self.given.employer)
        return named or bool(signs["employer"].search(text))

    @property
    def given_so(self) -> bool:
        """Whether it stands in the move's words as it is."""
        return self.plain.lower().strip() in self.given.words
