"""Whether an examiner asks what must not be asked. Guidance, not legal advice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, cast

from interviewer.content.library import Library
from interviewer.evaluation.given import Given
from interviewer.evaluation.metric import Finding, Score, Severity
from interviewer.evaluation.prohibited.detector import Detector, Improper
from interviewer.evaluation.prohibited.likeness import Likeness
from interviewer.evaluation.prohibited.packs import IDS, NOTICE, strictest
from interviewer.evaluation.speech import Sentence, Speech

_TOLD = {"rule": "its words", "likeness": "its likeness to"}


class ProhibitedQuestions:
    """Share of questions that must not be asked where the interview takes place.

    A statement that draws an answer out ("I suppose you have children.") counts as a question.
    """

    name = "prohibited_questions"
    version = "3"
    better: Literal["lower"] = "lower"

    def __init__(
        self,
        library: Library,
        jurisdictions: tuple[str, ...] = IDS,
        detector: Detector | None = None,
    ) -> None:
        """Take the rules of these jurisdictions; the content has no part in it."""
        self._library = library
        self._jurisdictions = jurisdictions
        self._detector = detector or Detector()

    def informed(self, given: Given) -> ProhibitedQuestions:
        """Return the metric for the jurisdictions that are given, all of them for none.

        It computes no vector again that another metric computed.
        """
        chosen, detector = given.jurisdictions or IDS, self._detector
        if given.meaning:
            detector = Detector(partial(Likeness, opened=given.meaning.opened))
        return ProhibitedQuestions(self._library, chosen, detector)

    def look_ahead(self, speeches: Sequence[Speech]) -> None:
        """Have the sentences that are compared with examples embedded together."""
        self._detector.look_ahead((s.bare, s.asks) for speech in speeches for s in speech.said)

    def score(self, speech: Speech) -> Score:
        """Return the share of questions that must not be asked."""
        asked, findings = 0, []
        for sentence in speech.said:
            found = self._detector.improper(sentence.bare, sentence.asks)
            asked += bool(sentence.asks or found)
            finding = self._finding(sentence, found) if found else None
            if finding:
                findings.append(finding)
        if not asked:
            return Score(None, "No examiner asks anything.")
        return Score(len(findings) / asked, findings=tuple(findings))

    def _finding(self, sentence: Sentence, found: Improper) -> Finding | None:
        rules = strictest(found.category, self._jurisdictions)
        if not rules:
            return None
        worst = rules[0]
        others = ", ".join(f"{rule.pack} ({rule.severity})" for rule in rules[1:])
        reason = (
            f"It asks about {found.category}, told by {_TOLD[found.by]} “{found.words}”: "
            f"{worst.severity} in {worst.pack}" + (f"; also {others}" if others else "")
            + f". {NOTICE}"
        )  # fmt: skip
        return Finding(
            sentence.seq, self.name, found.category, cast(Severity, worst.severity), reason,
            sentence.text, f"{worst.pack}: {worst.source} ({worst.publisher}). {worst.note}",
        )  # fmt: skip
