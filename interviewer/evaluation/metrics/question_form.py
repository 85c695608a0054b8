"""Whether questions are put well: one at a time, short, open where they should be, not leading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.signs import signs
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.reading.tongue import word_count

# Longer than this a question is hard to hold in mind when it is heard.
LONGEST = {"en": 45, "zh": 90}


class QuestionForm:
    """Share of turns with a question that ask one thing, short and without leading."""

    name = "question_form"
    version = "1"
    better: Literal["higher"] = "higher"

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return the share of asking turns without a fault of form."""
        turns: dict[int, list[Sentence]] = {}
        for question in speech.questions:
            turns.setdefault(question.place, []).append(question)
        if not turns:
            return Score(None, "No examiner asks anything.")
        findings = [finding for asked in turns.values() for finding in self._of(asked, speech)]
        faulty = {finding.seq for finding in findings}
        return Score(1 - len(faulty) / len(turns), findings=tuple(findings))

    def _of(self, asked: list[Sentence], speech: Speech) -> Iterator[Finding]:
        last = asked[-1]
        marked = [question for question in asked if re.search(r"[?？]", question.text)]
        if len(marked) > 1:
            yield self._finding(last, "several", "It puts more than one question at once.")
        joined = signs_for(speech.language).patterns["joined"]
        if marked and len(joined.findall(plain(last.bare))) > 1:
            yield self._finding(last, "double", "Two questions are joined in one.")
        if signs("question_form", speech.language)["leading"].search(plain(last.text)):
            yield self._finding(last, "leading", "It says which answer is wanted.")
        if word_count(last.bare, speech.language) > LONGEST[speech.language]:
            yield self._finding(last, "long", "It is too long to hold in mind.")

    def _finding(self, question: Sentence, tag: str, reason: str) -> Finding:
        return Finding(question.seq, self.name, tag, "minor", reason, question.text)
