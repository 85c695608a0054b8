"""Whether each examiner can be told by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from interviewer.content.library import Library
from interviewer.content.phrasebook import SLOT
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.speech import MARK, Speech
from interviewer.evaluation.telling import NaiveBayes, Sample
from interviewer.transcript import Turn

# Fewer words than these are anybody's.
_LEAST = 40


class PersonaFidelity:
    """Share of turns that sound like the examiner who says them; chance is one over their number.

    Learned from phrasebooks and the questions of each examiner's competencies, never from the
    transcripts that are measured.
    """

    name = "persona_fidelity"
    version = "1"
    better: Literal["higher"] = "higher"

    def __init__(self, library: Library) -> None:
        """Keep whose words there are to learn from."""
        self._library = library
        self._taught = cache(self._teach)

    def score(self, speech: Speech) -> Score:
        """Return the share of turns told apart rightly."""
        told = [turn for turn in speech.transcript.turns if turn.by_examiner and turn.name]
        present = tuple(sorted({turn.name or "" for turn in told}))
        known = tuple(name for name in present if name in self._library.personas)
        if len(known) < 2:
            return Score(None, "Fewer than two examiners that are known here speak.")
        teller = self._taught(known, speech.language)
        findings, heard = [], 0
        for turn in told:
            text = _own_words(turn)
            if turn.name not in known or len(text) < _LEAST // (1 + 2 * (speech.language == "zh")):
                continue
            heard += 1
            guessed = teller.guess(text)
            if guessed != turn.name:
                reason = f"It sounds like {guessed}, and {turn.name} says it."
                findings.append(
                    Finding(turn.seq, self.name, "other", "minor", reason, turn.content)
                )
        if not heard:
            return Score(None, "No turn is long enough to tell who says it.")
        return Score(1 - len(findings) / heard, findings=tuple(findings))

    def _teach(self, names: tuple[str, ...], language: str) -> NaiveBayes:
        return NaiveBayes(sample for name in names for sample in self._samples(name, language))

    def _samples(self, name: str, language: str) -> Iterator[Sample]:
        persona = self._library.personas[name]
        book = persona.phrasebooks.get(language)
        for variants in book.phrases.values() if book else ():
            for variant in variants:
                yield name, SLOT.sub(" ", variant)
        for competency in persona.about.competencies:
            rubric = self._library.rubrics.get(competency)
            for question in rubric.questions if rubric else ():
                yield name, question.text.get(language, "")


def _own_words(turn: Turn) -> str:
    return MARK.sub(" ", turn.content)
