"""Whether each citation leads to a passage that says what it is cited for."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.grounding import LEAST
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.evaluation.support import supported_by
from interviewer.research.lexical import terms

# Another passage must say clearly more before a citation counts as the wrong one.
_CLEARLY = 0.25
# Share of a sentence that a passage must have, and terms in common, before it is taken from there.
_TAKEN = 0.8
_TERMS = 4


class CitationValidity:
    """Share of what is to be cited whose citation exists, supports it and is not another's.

    To be cited is what has a citation, and what a passage says nearly word for word.
    """

    name = "citation_validity"
    version = "2"
    better: Literal["higher"] = "higher"
    thresholds = MappingProxyType({"support": LEAST, "clearly": _CLEARLY, "taken": _TAKEN})

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return the share of citations that are valid."""
        cited = sum(len(turn.cites) for turn in speech.transcript.turns if turn.by_examiner)
        marks = sum(len(sentence.marks) for sentence in speech.said)
        if not cited and not marks:
            return Score(None, "No examiner cites anything.")
        if not speech.research:
            return Score(None, "The transcript holds no research to compare with.")
        findings = tuple(self._findings(speech))
        uncited = sum(1 for finding in findings if finding.tag == "uncited")
        due = max(cited, marks) + uncited
        return Score(max(0.0, 1 - len(findings) / due), findings=findings)

    def _findings(self, speech: Speech) -> Iterator[Finding]:
        numbers = speech.transcript.citation_numbers()
        by_number = {number: key for key, number in numbers.items()}
        for place, turn in enumerate(speech.transcript.turns, start=1):
            seq = place if turn.seq is None else turn.seq
            for key in turn.cites:
                if key not in speech.research:
                    reason = f"The passage {key} is not among the research."
                    yield Finding(seq, self.name, "absent", "serious", reason, evidence=key)
                elif turn.by_examiner and f"[{numbers[key]}]" not in turn.content:
                    reason = "No mark leads to a passage that this turn is said to cite."
                    yield Finding(seq, self.name, "unmarked", "serious", reason, evidence=key)
        ignored = speech.employer_terms
        yield from self._uncited(speech, ignored)
        for sentence in speech.said:
            for mark in sentence.marks:
                key = by_number.get(mark, "")
                if key not in sentence.turn.cites:
                    reason = f"The mark [{mark}] leads to no passage this turn cites."
                    yield Finding(
                        sentence.seq, self.name, "mark", "serious", reason, sentence.text
                    )
                elif key in speech.research:
                    yield from self._of(sentence, key, speech, ignored)

    def _uncited(self, speech: Speech, ignored: frozenset[str]) -> Iterator[Finding]:
        known = speech.planned_terms
        for sentence in speech.said:
            own = terms(sentence.bare) - ignored
            turn = sentence.turn
            if sentence.marks or sentence.asks or turn.cites or len(own) < _TERMS:
                continue
            if len(own & known) >= _TAKEN * len(own):
                continue
            for key, evidence in speech.evidence.items():
                if len(own & evidence.terms) >= max(_TERMS, _TAKEN * len(own)):
                    reason = "A passage says it nearly word for word, and nothing is cited."
                    yield Finding(
                        sentence.seq, self.name, "uncited", "serious", reason, sentence.text, key
                    )
                    break

    def _of(
        self, sentence: Sentence, key: str, speech: Speech, ignored: frozenset[str]
    ) -> Iterator[Finding]:
        told = _told(sentence)
        own = supported_by(told, [speech.evidence[key]], speech.language, ignore=ignored)
        said = terms(told) - ignored
        # Another passage is asked only where it has more of the words; most have hardly one.
        held = len(said & speech.evidence[key].terms)
        others = [e for other, e in speech.evidence.items() if other != key]
        best = max(
            (
                supported_by(told, [other], speech.language, ignore=ignored).share
                for other in others
                if len(said & other.terms) > held
            ),
            default=0.0,
        )
        if own.share + _CLEARLY < best:
            tag, reason = "misattributed", "Another passage says it, this one does not."
        elif own.holds(LEAST):
            return
        else:
            tag, reason = "unsupported", "The passage cited does not say it."
        yield Finding(sentence.seq, self.name, tag, "serious", reason, sentence.text, key)


def _told(sentence: Sentence) -> str:
    """Return what stands before the first mark: what is told, not what is asked about it."""
    return sentence.text.split("[", 1)[0] if sentence.marks else sentence.bare
