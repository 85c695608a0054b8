"""Whether each examiner can be told by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Literal

from interviewer.content.library import Library
from interviewer.content.phrasebook import SLOT
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.judged_beside import JudgedBeside
from interviewer.evaluation.speech import MARK, Speech
from interviewer.evaluation.telling import NaiveBayes, Sample, runs_of_words
from interviewer.transcript import Turn

# Fewer characters than these are anybody's.
_LEAST = 40
# Added to every count; chosen on simulated interviews, like what a text is told by.
_ADDED = 0.1
# Whoever asks this asks a post's ladders and samples too.
_OF_THE_POST = "job_knowledge"


class PersonaFidelity(JudgedBeside):
    """Share of turns that sound like the examiner who says them; chance is one over their number.

    Learned from phrasebooks and the questions of each examiner's competencies, with their probes
    and the post's own ladders, never from the transcripts that are measured. Facts that are cited
    are the research's words and tell of nobody.
    """

    name = "persona_fidelity"
    version = "2"
    better: Literal["higher"] = "higher"

    def __init__(self, library: Library) -> None:
        """Keep whose words there are to learn from."""
        self._library = library
        self._taught = cache(self._teach)

    def score(self, speech: Speech) -> Score:
        """Return the share of turns told apart rightly."""
        turns = enumerate(speech.transcript.turns, start=1)
        told = [(place, turn) for place, turn in turns if turn.by_examiner and turn.name]
        present = tuple(sorted({turn.name or "" for _, turn in told}))
        known = tuple(name for name in present if name in self._library.personas)
        if len(known) < 2:
            return Score(None, "Fewer than two examiners that are known here speak.")
        teller = self._taught(known, speech.language)
        cited = [(s.place, s.text) for s in speech.said if s.marks and not s.asks]
        findings, heard = [], 0
        for place, turn in told:
            text = _own_words(turn, [said for at, said in cited if at == place])
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
        samples = (sample for name in names for sample in self._samples(name, language))
        return NaiveBayes(samples, runs_of_words, _ADDED)

    def _samples(self, name: str, language: str) -> Iterator[Sample]:
        persona = self._library.personas[name]
        book = persona.phrasebooks.get(language)
        for variants in book.phrases.values() if book else ():
            for variant in variants:
                yield name, SLOT.sub(" ", variant)
        for competency in persona.about.competencies:
            rubric = self._library.rubrics.get(competency)
            for question in rubric.questions if rubric else ():
                for words in (question.text, *chain.from_iterable(question.probes.values())):
                    yield name, words.get(language, "")
        if _OF_THE_POST in persona.about.competencies:
            for asked in self._of_posts():
                yield name, asked.get(language, "")

    def _of_posts(self) -> Iterator[Mapping[str, str]]:
        for file in self._library.ladders.values():
            for ladder in file.ladders:
                for rung in ladder.rungs:
                    yield from rung.questions
            for sample in file.samples:
                yield from (sample.text, *sample.own_action, *sample.result)
            for explanation in file.explains:
                yield from (explanation.lay, explanation.expert)


def _own_words(turn: Turn, cited: Sequence[str]) -> str:
    said = turn.content
    for fact in cited:
        said = said.replace(fact, " ")
    return MARK.sub(" ", said)
