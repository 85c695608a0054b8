"""Whether a question comes again that was asked before."""

from __future__ import annotations

import re
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.reading.answer import read
from interviewer.research.lexical import terms

SAME = 0.8
_FEW = 3
_WORDS = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]", re.IGNORECASE)


class Repetition:
    """Share of questions that were asked before, those put again on request left out."""

    name = "repetition"
    version = "1"
    better: Literal["lower"] = "lower"

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return the share of questions that came before."""
        questions = speech.questions
        if not questions:
            return Score(None, "No examiner asks anything.")
        findings: list[Finding] = []
        earlier: list[Sentence] = []
        for question in questions:
            before = next((other for other in earlier if alike(other.bare, question.bare)), None)
            earlier.append(question)
            if before is None or _asked_for(question, speech):
                continue
            reason = f"It was asked before, in turn {before.seq}."
            findings.append(
                Finding(
                    question.seq,
                    self.name,
                    "again",
                    "serious",
                    reason,
                    question.text,
                    str(before.seq),
                )
            )
        return Score(len(findings) / len(questions), findings=tuple(findings))


def alike(one: str, other: str) -> bool:
    """Whether two questions are the same but for small words; short ones by all their words."""
    mine, theirs = terms(one), terms(other)
    if min(len(mine), len(theirs)) < _FEW:
        mine = frozenset(word.lower() for word in _WORDS.findall(one))
        theirs = frozenset(word.lower() for word in _WORDS.findall(other))
    return bool(mine) and len(mine & theirs) / len(mine | theirs) >= SAME


def _asked_for(question: Sentence, speech: Speech) -> bool:
    """Whether the candidate said nothing to it, did not follow, or asked for it again.

    What the director puts again on purpose is not planned anew: its move says so.
    """
    move = question.turn.move
    if move is not None and (move.kind in ("probe", "deflect", "answer") or not move.planned):
        return True
    answer = speech.answer_before(question.place)
    if answer is None:
        return False
    reading = read(answer.content, speech.language)
    return reading.silent or reading.unclear or bool(reading.questions) or reading.asks_repeat
