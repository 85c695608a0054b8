"""Who most likely said a text: naive Bayes over words, runs of words or pieces of words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import chain, repeat

import numpy as np

Sample = tuple[str, str]
_WORDS = re.compile(r"[a-z']+|[\u4e00-\u9fff]")
_SAID = re.compile(r"[a-z0-9']+|[\u4e00-\u9fff]|[,.?:;，。？：；！]")
_LONGEST_RUN = 3
# Short forms are nobody's mark.
_SHORT = {
    "let's": "let us", "won't": "will not", "can't": "cannot", "n't": " not", "'re": " are",
    "'ve": " have", "'ll": " will", "'d": " would", "'m": " am",
    "it's": "it is", "that's": "that is", "there's": "there is", "here's": "here is",
    "what's": "what is",
}  # fmt: skip


class NaiveBayes:
    """Multinomial, with something added to every count; what it was not taught tells nothing."""

    def __init__(
        self,
        samples: Iterable[Sample],
        features: Callable[[str], list[str]] | None = None,
        added: float = 1.0,
    ) -> None:
        """Learn from pairs of who said something, and what.

        Args:
            samples: The pairs.
            features: What a text is told by; words and pieces of words without.
            added: To every count; the less, the more a feature tells that only one has.
        """
        self.features = features or words_and_pieces
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        for who, text in samples:
            self.counts[who].update(self.features(text))
        self.known = set().union(*self.counts.values())
        more = added * len(self.known)
        totals = {who: sum(c.values()) + more for who, c in self.counts.items()}
        # A row a feature, a column for each who may have said it: looked up, never reckoned anew.
        # What is not known has the first row, which tells nothing.
        self._names = sorted(self.counts)
        self._rows = {feature: n for n, feature in enumerate(self.known, start=1)}
        logs = [
            [0.0, *(math.log((self.counts[who][f] + added) / totals[who]) for f in self._rows)]
            for who in self._names
        ]
        self._logs = np.ascontiguousarray(np.array(logs).T)

    def guess(self, text: str) -> str:
        """Return who most likely said a text."""
        rows = list(map(self._rows.get, self.features(text), repeat(0)))
        return self._names[int(self._logs[rows].sum(axis=0).argmax())]


def words_and_pieces(text: str) -> list[str]:
    """Return words, and pieces of two and three characters."""
    plain = " ".join(text.lower().split())
    pieces = [plain[n : n + size] for size in (2, 3) for n in range(len(plain) - size + 1)]
    return _WORDS.findall(plain) + pieces


def runs_of_words(text: str) -> list[str]:
    """Return words and marks, and runs of two and three of them, with where a text begins."""
    plain = text.lower().replace("’", "'")
    for short, whole in _SHORT.items() if "'" in plain else ():
        plain = plain.replace(short, whole)
    said = ["^", *_SAID.findall(plain), "$"]
    beside = [said[n:] for n in range(_LONGEST_RUN)]
    runs = (
        map(" ".join, zip(*beside[:size], strict=False)) for size in range(2, _LONGEST_RUN + 1)
    )
    return list(chain(said, *runs))
