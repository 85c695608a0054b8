"""How high an answer about the work reaches, for the ladders: 1 to 5, told in the moment.

It steers which question comes next and nothing else: it is no score and stands in no report. A
good answer holds points that are known beforehand; where they are not (a post nobody has written
ladders for) the form of the answer has to do: its length, a case, a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from interviewer.reading.answer import Reading
from interviewer.reading.cues import cues_for

# Shares of the wanted points from which an answer reaches 3, 4 and 5.
_REACHES = ((0.7, 5), (0.45, 4), (0.2, 3))
# A reason or a case is worth a fifth of a point list: an answer of buzzwords lacks both.
_REASONED = 0.1
_LONG_ENOUGH = {"en": 20, "zh": 30}


def level_of(answer: str, reading: Reading, points: Sequence[Sequence[str]], language: str) -> int:
    """Return the level of an answer, 1 to 5.

    Args:
        answer: What was said, all answers to the question joined.
        reading: The same as read.
        points: What a good answer holds, each as the words any of which show it.
        language: Language of the interview.
    """
    if reading.silent or reading.unclear:
        return 1
    if reading.dont_know and reading.too_short:
        # A way to find out is good conduct and still no knowledge (SCIENCE 2.3).
        return 2 if reading.finds_out else 1
    reasons = cues_for(language).words["reason"].search(answer) is not None
    if not points:
        return _by_form(reading, reasons, language)
    share = points_held(answer, points, language) / len(points)
    if not share:
        return 1
    if reading.words < _LONG_ENOUGH[cues_for(language).language]:
        share /= 2  # a list of terms is no explanation
    share += _REASONED * (reasons + ("specific" in reading.parts))
    return next((level for least, level in _REACHES if share >= least), 2)


def points_held(answer: str, points: Sequence[Sequence[str]], language: str) -> int:
    """Return how many of the points an answer shows."""
    return sum(points_shown(answer, points, language))


def points_shown(answer: str, points: Sequence[Sequence[str]], language: str) -> tuple[bool, ...]:
    """Return whether an answer shows each of the points."""
    return tuple(_any_of(tuple(words), language).search(answer) is not None for words in points)


def _by_form(reading: Reading, reasons: bool, language: str) -> int:
    if reading.words < _LONG_ENOUGH[cues_for(language).language]:
        return 1
    return 2 + reasons + ("specific" in reading.parts)


@lru_cache(maxsize=4096)
def _any_of(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    # A word may go on after its stem, and must not begin in the middle of another.
    pattern = joined if language.startswith("zh") else rf"(?<!\w)(?:{joined})"
    return re.compile(pattern, re.IGNORECASE)
