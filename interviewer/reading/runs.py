"""Runs of words: whether a text says in the same words what another has said. Pure."""

from __future__ import annotations

import re
from collections.abc import Hashable, Set

from interviewer.reading.cues import folded

Runs = frozenset[tuple[str, ...]]

# A word; in Chinese, which has no spaces, every character is one.
_WORD = re.compile("[\u3400-\u9fff]|[^\\W_\u3400-\u9fff]+")


def runs_of(text: str, size: int) -> Runs:
    """Return all runs of so many neighbouring words, in Chinese of so many characters."""
    words: list[str] = _WORD.findall(folded(text))
    return frozenset(tuple(words[n : n + size]) for n in range(len(words) - size + 1))


def share_of(own: Set[Hashable], other: Set[Hashable]) -> float:
    """Return which share of what a text has stands in another as well, 0 for one that has none."""
    return len(own & other) / len(own) if own else 0.0
