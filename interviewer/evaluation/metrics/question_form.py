"""Whether questions are put well: one at a time, short, open where they should be, not leading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
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
    version = "2"
    better: Literal["higher"] = "higher"

    def __init__(self, library: Library) -> None:
        """Keep the questions of the banks: whether they ask one thing is settled when written."""
        self._written = frozenset(
            text
            for rubric in library.rubrics.values()
            for question in rubric.questions
            for words in (question.text, *chain.from_iterable(question.probes.values()))
            for text in words.values()
        )

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
        twice = len(joined.findall(plain(last.bare))) > 1 or self._twice(last, speech)
        if marked and twice:
            yield self._finding(last, "double", "Two questions are joined in one.")
        if signs("question_form", speech.language)["leading"].search(plain(last.text)):
            yield self._finding(last, "leading", "It says which answer is wanted.")
        if word_count(last.bare, speech.language) > LONGEST[speech.language]:
            yield self._finding(last, "long", "It is too long to hold in mind.")

    def _twice(self, question: Sentence, speech: Speech) -> bool:
        """Whether two clauses ask, of a question that is not in the plan or the banks so."""
        rounds = speech.plan.conversations if speech.plan else ()
        planned = (item.text for part in rounds for item in part.items if item.text)
        asked = " ".join(question.text.split())
        if asked in self._written or any(asked in text for text in planned):
            return False
        signs_of = signs("question_form", speech.language)
        clauses = signs_of["clause"].split(plain(question.bare).rstrip("?？ "))
        return sum(bool(signs_of["asks"].search(clause.strip())) for clause in clauses) > 1

    def _finding(self, question: Sentence, tag: str, reason: str) -> Finding:
        return Finding(question.seq, self.name, tag, "minor", reason, question.text)
