"""Whether examiners keep what the candidate said: say it back as it was, and ask for no more."""

from __future__ import annotations

import re
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.signs import signs
from interviewer.evaluation.metrics.told_parts import Told
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.evaluation.support import Evidence
from interviewer.interview.guard.cases import SMALL_FIGURES
from interviewer.interview.guard.given import figures_in

_QUOTED = re.compile(r"[\"“「]([^\"”“「」]{3,})[\"”」]")
_CLAUSE = re.compile(r"[;；，]|,\s")
_LOOSE = re.compile(r"[\W_]+")


class Retention:
    """Share of what shows whether the candidate was heard that shows it.

    That is whatever is said back, which the candidate did say, and every question for a part of a
    story (what was done, what came of it), which the candidate had not told yet.
    """

    name = "retention"
    version = "2"
    better: Literal["higher"] = "higher"

    def __init__(self, library: Library) -> None:
        """Learn from the banks which part of a story a probe asks for."""
        self._told = Told(library)

    def score(self, speech: Speech) -> Score:
        """Return the share of such sentences that keep to what was said."""
        says_back = signs("retention", speech.language)["says_back"]
        back = [s for s in speech.said if says_back.search(s.text)]
        checked = [s for s in back if _checkable(s, speech.language)]
        asking = self._told.asking(speech.counted)
        if not checked and not asking:
            return Score(
                None, "No examiner says words or figures back, or asks for a part of a story."
            )
        wrong = [
            Finding(
                s.seq, self.name, "not_said", "serious", "The candidate did not say that.", s.text
            )
            for s in checked
            if not _was_said(s, speech)
        ]
        wrong += [
            Finding(
                ask.sentence.seq, self.name, "told_already", "serious",
                f"The candidate has told it: {ask.part.replace('_', ' ')}.", ask.sentence.text,
                str(ask.since),
            )
            for ask in asking
            if ask.told
        ]  # fmt: skip
        findings = tuple(sorted(wrong, key=lambda finding: finding.seq or 0))
        return Score(1 - len(findings) / (len(checked) + len(asking)), findings=findings)


def _checkable(sentence: Sentence, language: str) -> bool:
    return bool(_QUOTED.search(sentence.bare) or _figures(sentence, language))


def _was_said(sentence: Sentence, speech: Speech) -> bool:
    # A CV is the candidate's word too; what the plan has of it was given by them.
    rounds = speech.plan.rounds if speech.plan else ()
    leads = [item.lead.text for part in rounds for item in part.items if item.lead]
    heard = [*speech.heard_before(sentence.place), Evidence("\n".join(leads), speech.language)]
    quotes = _QUOTED.findall(sentence.bare)
    if quotes:
        loose = _LOOSE.sub("", "\n".join(entry.text for entry in heard)).casefold()
        return all(_LOOSE.sub("", quote).casefold() in loose for quote in quotes)
    known = frozenset[float | str]().union(*(entry.figures for entry in heard))
    return _figures(sentence, speech.language) <= known | SMALL_FIGURES


def _figures(sentence: Sentence, language: str) -> frozenset[float | str]:
    """Return the figures of the clauses that say something back; others are the speaker's own."""
    says_back = signs("retention", language)["says_back"]
    clauses = _CLAUSE.split(sentence.bare)
    return figures_in(". ".join(c for c in clauses if says_back.search(c)), language)
