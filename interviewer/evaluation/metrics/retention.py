"""Whether examiners keep to what the candidate said when they say it back."""

from __future__ import annotations

import re
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.signs import signs
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.evaluation.support import Evidence
from interviewer.interview.guard.cases import SMALL_FIGURES
from interviewer.interview.guard.given import figures_in

_QUOTED = re.compile(r"[\"“「]([^\"”“「」]{3,})[\"”」]")
_CLAUSE = re.compile(r"[;；，]|,\s")
_LOOSE = re.compile(r"[\W_]+")


class Retention:
    """Share of what is said back to the candidate that the candidate did say."""

    name = "retention"
    version = "1"
    better: Literal["higher"] = "higher"

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return the share of such sentences whose quotes and figures were said."""
        says_back = signs("retention", speech.language)["says_back"]
        back = [s for s in speech.said if says_back.search(s.text)]
        checked = [s for s in back if _checkable(s, speech.language)]
        if not checked:
            return Score(None, "No examiner says words or figures of the candidate back.")
        findings = tuple(
            Finding(
                s.seq, self.name, "not_said", "serious", "The candidate did not say that.", s.text
            )
            for s in checked
            if not _was_said(s, speech)
        )
        return Score(1 - len(findings) / len(checked), findings=findings)


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
