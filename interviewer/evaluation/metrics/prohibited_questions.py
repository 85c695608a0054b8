"""Whether an examiner asks what must not be asked. Guidance, not legal advice."""

from __future__ import annotations

from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.speech import Speech
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.research.lexical import terms

# A question this near to a lawful one of the list is that one, whatever word it shares.
_LAWFUL = 0.8


class ProhibitedQuestions:
    """Share of questions that touch what is never asked, in strict conduct."""

    name = "prohibited_questions"
    version = "1"
    better: Literal["lower"] = "lower"

    def __init__(self, library: Library) -> None:
        """Keep the lawful questions that stand beside the improper ones."""
        topics = library.lawful.about.topics.values() if library.lawful.about else ()
        self._lawful = tuple(
            terms(text) for topic in topics for text in topic.lawful.values() if terms(text)
        )

    def score(self, speech: Speech) -> Score:
        """Return the share of questions that must not be asked."""
        questions = speech.questions
        if not questions:
            return Score(None, "No examiner asks anything.")
        improper = signs_for(speech.language).patterns["improper"]
        findings = []
        for question in questions:
            found = improper.search(plain(question.bare))
            if found and not self._is_lawful(question.bare):
                reason = f"It touches what is never asked about (“{found[0]}”)."
                findings.append(
                    Finding(question.seq, self.name, "improper", "critical", reason, question.text)
                )
        return Score(len(findings) / len(questions), findings=tuple(findings))

    def _is_lawful(self, text: str) -> bool:
        own = terms(text)
        return any(len(own & known) / len(own | known) >= _LAWFUL for known in self._lawful)
