"""Whether a question comes again that was asked before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.reading.answer import read
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

SAME = 0.8
_FEW = 3
_WORDS = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]", re.IGNORECASE)


class Repetition:
    """Share of questions that were asked before, those put again on request left out."""

    name = "repetition"
    version = "1"
    better: Literal["lower"] = "lower"
    thresholds = MappingProxyType({"same": SAME})

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return the share of questions that came before."""
        questions = speech.questions
        if not questions:
            return Score(None, "No examiner asks anything.")
        findings: list[Finding] = []
        earlier: list[tuple[Sentence, Wording]] = []
        for question in questions:
            own = wording_of(question, speech.language)
            before = next((other for other, told in earlier if told.alike(own)), None)
            if before is not None and not _asked_for(question, before, speech):
                reason = f"It was asked before, in turn {before.seq}."
                finding = Finding(
                    question.seq, self.name, "again", "serious", reason, question.text,
                    str(before.seq),
                )  # fmt: skip
                findings.append(finding)
            earlier.append((question, own))
        return Score(len(findings) / len(questions), findings=tuple(findings))


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's words, as two are compared.

    Attributes:
        terms: What it is about.
        words: All its words.
    """

    terms: frozenset[str]
    words: frozenset[str]

    def alike(self, other: Wording) -> bool:
        """Whether two questions are the same but for small words; short ones by all of them."""
        few = min(len(self.terms), len(other.terms)) < _FEW
        mine, theirs = (self.words, other.words) if few else (self.terms, other.terms)
        return bool(mine) and len(mine & theirs) / len(mine | theirs) >= SAME


def wording_of(question: Sentence, language: str) -> Wording:
    """Return a question's words; of one that says nothing alone, with the sentence before it."""
    own = terms(question.bare)
    text = question.bare
    if len(own) < _FEW:
        said = sentences(question.turn.content, language)
        place = said.index(question.text) if question.text in said else 0
        text = " ".join([*said[max(0, place - 1) : place], question.bare])
        own = terms(text)
    return Wording(own, frozenset(word.lower() for word in _WORDS.findall(text)))


def _asked_for(question: Sentence, before: Sentence, speech: Speech) -> bool:
    """Whether the answer before was none, was off the question, or asked to hear it again."""
    answer = speech.answer_before(question.place)
    if answer is None:
        return False
    reading = read(answer.content, speech.language, question=before.bare)
    return (
        reading.off_question
        or reading.silent
        or reading.unclear
        or bool(reading.questions)
        or reading.asks_repeat
    )
