"""Whether a question comes again that was asked before."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.putting_again import Cause
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.research.lexical import Vocabulary, terms
from interviewer.research.sentences import sentences

# Weighed share of words that two questions share; 3 in 100,000 pairs of the banks reach it.
SAME = 0.5
# The same for short questions, by all their words.
SAME_WORDS = 0.8
_FEW = 3
# So many words say alone what is asked, even where they point at something ("in that").
_WHOLE = 7
_WORDS = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]", re.IGNORECASE)


class Repetition:
    """Share of questions that were asked before, those put again for a reason left out.

    Two questions are the same when the words they share outweigh those they do not: a word weighs
    the more, the fewer questions of the banks have it (Jaccard, weighed by idf). The same question
    in other words altogether is not seen.
    """

    name = "repetition"
    version = "3"
    better: Literal["lower"] = "lower"
    thresholds = MappingProxyType({"same": SAME, "same_words": SAME_WORDS})

    def __init__(self, library: Library) -> None:
        """Weigh words by how many questions of the banks have them."""
        self._cause = Cause(library)
        self._vocabulary = Vocabulary.of(
            terms(text)
            for rubric in library.rubrics.values()
            for question in rubric.questions
            for text in question.text.values()
        )

    def score(self, speech: Speech) -> Score:
        """Return the share of questions that came before."""
        speech = speech.counted
        questions = speech.questions
        if not questions:
            return Score(None, "No examiner asks anything.")
        findings: list[Finding] = []
        earlier: list[tuple[Sentence, Wording]] = []
        for question in questions:
            own = wording_of(question, speech.language)
            alike = (o for o, told in reversed(earlier) if self._same(o, told, question, own))
            before = next(alike, None)
            if before is not None and not self._cause.given(question, before, speech):
                reason = f"It was asked before, in turn {before.seq}."
                finding = Finding(
                    question.seq, self.name, "again", "serious", reason, question.text,
                    str(before.seq),
                )  # fmt: skip
                findings.append(finding)
            earlier.append((question, own))
        return Score(len(findings) / len(questions), findings=tuple(findings))

    def _same(self, before: Sentence, told: Wording, question: Sentence, own: Wording) -> bool:
        """Whether two are the same; within a turn a question says nothing without the rest."""
        if before.place == question.place:
            return before.text == question.text
        alone = question.turn.content.strip() == question.text
        if alone and len(own.words) >= _WHOLE and own.words == words_of(before.bare):
            return True
        return told.alike(own, self._vocabulary)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's words, as two are compared.

    Attributes:
        terms: What it is about.
        words: All its words.
    """

    terms: frozenset[str]
    words: frozenset[str]

    def alike(self, other: Wording, vocabulary: Vocabulary) -> bool:
        """Whether two questions are the same but for small words; short ones by all of them."""
        if min(len(self.terms), len(other.terms)) < _FEW:
            every = self.words | other.words
            return bool(every) and len(self.words & other.words) / len(every) >= SAME_WORDS
        shared = self.terms & other.terms
        if not shared:
            return False
        # Exact sums: a set has no order, and pairs at the very limit would change with it.
        held = math.fsum(map(vocabulary.weight, shared))
        return held >= SAME * math.fsum(map(vocabulary.weight, self.terms | other.terms))


def wording_of(question: Sentence, language: str) -> Wording:
    """Return a question's words; of one that says nothing alone, with the sentence before it."""
    own = terms(question.bare)
    text = question.bare
    if len(own) < _FEW:
        said = sentences(question.turn.content, language)
        place = said.index(question.text) if question.text in said else 0
        text = " ".join([*said[max(0, place - 1) : place], question.bare])
        own = terms(text)
    return Wording(own, words_of(text))


def words_of(text: str) -> frozenset[str]:
    """Return all words of a text, in Chinese all characters."""
    return frozenset(word.lower() for word in _WORDS.findall(text))
