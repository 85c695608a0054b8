"""Which key points an answer on paper shows, and in which of its sentences.

A point is shown by its words, in a sentence of the candidate's own: what repeats the question or
the given facts shows nothing, nor does what denies the point, nor a bare list of terms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from interviewer.assessment.written.signs import signs_for
from interviewer.interview.written.key import Point
from interviewer.reading.runs import runs_of, share_of
from interviewer.reading.tongue import word_count
from interviewer.research.sentences import sentences

# One sentence says so many things only if it is long enough; characters in Chinese.
_LEAST = {"en": 4, "zh": 6}
_A_POINT = {"en": 4, "zh": 6}
# Share of a sentence's runs that stand in the question from which it is copied.
_COPIED = 0.75
_RUN = {"en": 3, "zh": 4}
_BEFORE = 60
# "by friday" is no "bystanders on friday".
_NO_STEM = 2


def points_shown(
    answer: str, points: Sequence[Point], given: str, language: str
) -> tuple[str, ...]:
    """Return for each point the sentence that shows it, an exact part of the answer, else nothing.

    Args:
        answer: What was written.
        points: What a good answer holds.
        given: The question and the facts that came with it.
        language: Language of the test.
    """
    tongue = "zh" if language.startswith("zh") else "en"
    shown = [""] * len(points)
    for sentence in _own(answer, given, tongue):
        room = max(word_count(sentence, tongue) // _A_POINT[tongue], 1)
        for place, point in enumerate(points):
            if room and not shown[place] and _shows(sentence, point, tongue):
                shown[place] = sentence
                room -= 1
    return tuple(shown)


def _own(answer: str, given: str, tongue: str) -> list[str]:
    """Return the sentences of an answer that are the own ones and long enough to say much."""
    known = runs_of(given, _RUN[tongue])
    found = []
    for line in answer.split("\n"):
        for sentence in sentences(line, tongue):
            text = sentence.strip()
            copied = share_of(runs_of(text, _RUN[tongue]), known) >= _COPIED
            if not copied and word_count(text, tongue) >= _LEAST[tongue]:
                found.append(text)
    return found


def _shows(sentence: str, point: Point, tongue: str) -> bool:
    signs = signs_for(tongue)
    # A point that is itself a "never" is shown by saying never.
    negative = signs["denies"].search(point.text) is not None
    for match in _any_of(point.says, tongue).finditer(sentence):
        before = signs["clause"].split(sentence[max(match.start() - _BEFORE, 0) : match.start()])[
            -1
        ]
        after = sentence[match.end() : match.end() + _BEFORE]
        said = signs["not_denied"].sub(" ", before)
        denied = signs["denied_before"].search(said) or signs["denied_after"].search(after)
        if negative or not denied:
            return True
    return False


@lru_cache(maxsize=4096)
def _any_of(says: tuple[str, ...], tongue: str) -> re.Pattern[str]:
    words = sorted(says, key=len, reverse=True)
    if tongue == "zh":
        return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    # A word may go on after its stem, and must not begin in the middle of another; between the
    # words of a phrase up to two others may stand: "tell all the users" tells the users.
    spaced = (r"(?:\s+[\w'’]+){0,2}\s+".join(map(_stem, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})", re.IGNORECASE)


def _stem(word: str) -> str:
    """Return the pattern of a word that may go on; one of two letters says too little for that."""
    ends = r"\w*" if len(word) > _NO_STEM else r"(?!\w)"
    return re.escape(word) + ends
