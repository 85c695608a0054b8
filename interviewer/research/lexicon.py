"""Which passages of an employer hold a term: an inverted index in three arrays.

Exact names and numbers are found by words where nearness in meaning fails, and the share of a
question's words that a passage holds decides whether it answers (`relevance`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interviewer.research.lexical import Vocabulary

_UNKNOWN = 0.5
_NAME = 3.0


class LexiconDraft:
    """A lexicon in the making; passages are added in the order of their numbers."""

    def __init__(self) -> None:
        self._postings: dict[str, array[int]] = {}
        self._passages = 0

    def add(self, terms: Iterable[str]) -> None:
        """Add the terms of the next passage."""
        for term in terms:
            known = self._postings.get(term)
            if known is None:
                known = self._postings[term] = array("I")
            known.append(self._passages)
        self._passages += 1

    def done(self) -> Lexicon:
        """Return the lexicon of what was added."""
        words = sorted(self._postings)
        lengths = [len(self._postings[word]) for word in words]
        numbers = np.zeros(sum(lengths), dtype=np.uint32)
        starts = np.zeros(len(words) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        for place, word in enumerate(words):
            numbers[starts[place] : starts[place + 1]] = self._postings[word]
        return Lexicon(self._passages, tuple(words), starts, numbers)


class Lexicon:
    """Terms of all passages of an employer; does not change.

    Attributes:
        vocabulary: How rare each term is.
    """

    def __init__(
        self,
        passages: int,
        words: tuple[str, ...],
        starts: NDArray[np.int64],
        numbers: NDArray[np.uint32],
    ) -> None:
        """Keep the arrays.

        Args:
            passages: How many passages there are.
            words: The terms.
            starts: Where in `numbers` each term begins, one more than there are terms.
            numbers: Passages that hold a term, ascending, term after term.
        """
        self._passages = passages
        self._place = {word: place for place, word in enumerate(words)}
        self._starts = starts
        self._numbers = numbers
        counts = {word: int(n) for word, n in zip(words, np.diff(starts), strict=True)}
        self.vocabulary = Vocabulary(passages, counts)

    def coverage(self, question: frozenset[str]) -> NDArray[np.float32]:
        """Return which share of a question's terms each passage holds, rare terms counting more.

        Returns:
            Shape (passages,), 0 to 1; 0.5 throughout where the question has no term that tells
            anything, since the words speak neither for nor against then.
        """
        weights = {term: self.vocabulary.weight(term) for term in question}
        total = sum(weights.values())
        if not total:
            return np.full(self._passages, _UNKNOWN, dtype=np.float32)
        covered = np.zeros(self._passages, dtype=np.float32)
        for term, weight in weights.items():
            place = self._place.get(term)
            if place is not None:
                held = self._numbers[self._starts[place] : self._starts[place + 1]]
                covered[held] += weight / total
        return covered

    def missing(self, question: frozenset[str], names: frozenset[str]) -> float:
        """Return which share of a question's terms no passage holds, rare terms counting more.

        Args:
            question: Its terms.
            names: Those of them that are names; what asks about somebody else is told by them.
        """
        weights = {
            term: self.vocabulary.weight(term) * (_NAME if term in names else 1.0)
            for term in question
        }
        total = sum(weights.values())
        if not total:
            return 0.0
        return sum(w for term, w in weights.items() if term not in self._place) / total

    def write(self, path: Path) -> None:
        """Write it to a file."""
        joined = np.frombuffer("\n".join(self._place).encode(), dtype=np.uint8)
        np.savez(
            path,
            passages=np.array(self._passages),
            words=joined,
            starts=self._starts,
            numbers=self._numbers,
        )

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """Read it from a file.

        Raises:
            OSError: The file cannot be read.
            ValueError, KeyError, zipfile.BadZipFile: It is damaged.
        """
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            joined = file["words"].tobytes().decode()
            words = tuple(joined.split("\n")) if joined else ()
            return cls(int(file["passages"]), words, file["starts"], file["numbers"])
