"""Which anchor comes next, and what it asks for that an answer lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.assessment.feedback.words import feedback_words
from interviewer.content.rubric import Rubric
from interviewer.reading.cues import folded
from interviewer.reading.tongue import word_count

_BREAK = re.compile(r"(?:; |, |: |[；，：。])")
_SHORTEST = {"en": 4, "zh": 5}


@dataclass(frozen=True, slots=True)
class Step:
    """From the anchor that was matched to what the post asks for.

    Attributes:
        matched: Text of the anchor the level is nearest to, empty without a level.
        next: Text of the next one up, empty at the top.
        clauses: The pieces of the anchors from the next one up to the level that is asked for,
            each with its level.
        language: Language of the texts.
    """

    matched: str
    next: str
    clauses: tuple[tuple[int, str], ...]
    language: str

    def asks_for(self, lack: str) -> tuple[int, str] | None:
        """Return the nearest piece of an anchor that asks for something, with its level.

        What an anchor says by way of a fault ("needed prompting", "the result is unclear") asks
        for nothing.
        """
        words = feedback_words(self.language)
        fault = words.pattern("fault")
        for level, clause in self.clauses:
            low = folded(clause)
            if words.asked_by(low, lack.removesuffix("_would")) and not fault.search(low):
                return level, clause
        return None


def step_up(
    rubric: Rubric | None, anchor: int | None, required: int | None, language: str
) -> Step:
    """Return the step from an anchor to what the post asks for, at least to the next one.

    Args:
        rubric: The competency, None where its file is not there any more.
        anchor: The level of the anchor that was matched; None when nothing was scored, and the
            next one is the lowest above the bottom.
        required: The level the post asks for.
        language: Language of the report.
    """
    if rubric is None:
        return Step("", "", (), language)
    at = min(rubric.anchors) if anchor is None else anchor
    above = sorted(level for level in rubric.anchors if level > at)
    ahead = [level for level in above[1:] if level <= (required or 0)]
    clauses = [
        (level, clause)
        for level in (*above[:1], *ahead)
        for clause in _pieces(_text(rubric, level, language), language)
    ]
    matched = "" if anchor is None else _text(rubric, anchor, language)
    following = _text(rubric, above[0], language) if above else ""
    return Step(matched, following, tuple(clauses), language)


def _text(rubric: Rubric, level: int, language: str) -> str:
    words = rubric.anchors[level]
    return words.get(language) or next(iter(words.values()))


def _pieces(text: str, language: str) -> tuple[str, ...]:
    """Return the clauses of an anchor that can be quoted by themselves."""
    base = "zh" if language.startswith("zh") else "en"
    joining = feedback_words(language).pattern("joining")
    found = []
    for piece in _BREAK.split(text.strip(" .。")):
        match = joining.match(folded(piece))
        bare = (piece[match.end() :] if match else piece).strip()
        if word_count(bare, base) >= _SHORTEST[base]:
            found.append(bare)
    return tuple(found)
