"""Who most likely said a text: naive Bayes over words and pieces of words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

Sample = tuple[str, str]
_WORDS = re.compile(r"[a-z']+|[\u4e00-\u9fff]")


class NaiveBayes:
    """Multinomial, with one added to every count; what it was not taught tells it nothing."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        """Learn from pairs of who said something, and what."""
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        for who, text in samples:
            self.counts[who].update(features(text))
        self.known = set().union(*self.counts.values())
        self.totals = {who: sum(c.values()) + len(self.known) for who, c in self.counts.items()}

    def guess(self, text: str) -> str:
        """Return who most likely said a text."""
        told = [feature for feature in features(text) if feature in self.known]

        def likelihood(who: str) -> float:
            counts, total = self.counts[who], self.totals[who]
            return sum(math.log((counts[feature] + 1) / total) for feature in told)

        return max(sorted(self.counts), key=likelihood)


def features(text: str) -> list[str]:
    """Return words, and pieces of two and three characters."""
    plain = " ".join(text.lower().split())
    pieces = [plain[n : n + size] for size in (2, 3) for n in range(len(plain) - size + 1)]
    return _WORDS.findall(plain) + pieces
