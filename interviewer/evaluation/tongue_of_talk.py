"""Whether an examiner talks in a language metrics know; those of others are not measured."""

from __future__ import annotations

import re

from interviewer.reading.cues import cues_for
from interviewer.reading.tongue import has_chinese, language_of

# As much of what is said as is looked at, in words.
_LOOKED_AT = 300
# Fewer words are told by the reader of answers, which knows short ones.
_FEW = 12
# Running English has 40 to 50 % of the commonest words, other languages up to 20 % that look alike
# ("was", "in", "so"). Between these shares one word of another language decides.
_HARDLY, _RUNNING = 0.15, 0.25
_WORD = re.compile(r"[^\W\d_]+")


def is_known_tongue(said: str) -> bool:
    """Return whether a text is English or Chinese."""
    words = [word.lower() for word in _WORD.findall(said)[:_LOOKED_AT]]
    if len(words) < _FEW or has_chinese(said):
        return language_of(said) is not None
    listed = cues_for("en").listed
    share = sum(word in listed["stop"] for word in words) / len(words)
    foreign = any(word in listed["foreign"] for word in words)
    return share >= (_RUNNING if foreign else _HARDLY)
