"""Whether a question comes again that was asked before."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from interviewer.content.library import Library
from interviewer.evaluation.meaning import MODELS, Meaning
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.other_words import Asked, OtherWords
from interviewer.evaluation.metrics.putting_again import Cause
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.research.lexical import Vocabulary, terms
from interviewer.research.sentences import sentences

if TYPE_CHECKING:
    from interviewer.evaluation.given import Given

# Weighed share of words that two questions share; 3 in 100,000 pairs of the banks reach it.
SAME = 0.5
# The same for short questions, by all their words.
SAME_WORDS = 0.8
_FEW = 3
# So many words say alone what is asked, even where they point at something ("in that").
_WHOLE = 7
# Terms whose weights are kept.
_KEPT = 16_384
# What exact sums may differ by where they are rounded.
_ROUNDED = 1e-9
_WORDS = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]", re.IGNORECASE)


class Repetition:
    """Share of questions that were asked before, those put again for a reason left out.

    Two questions are the same when the words they share outweigh those they do not: a word weighs
    the more, the fewer questions of the banks have it (Jaccard, weighed by idf). Where meanings
    are compared, the same question in other words is seen too.
    """

    name = "repetition"
    version = "3"
    better: Literal["lower"] = "lower"
    thresholds = MappingProxyType({"same": SAME, "same_words": SAME_WORDS})

    def __init__(self, library: Library, meaning: Meaning | None = None) -> None:
        """Weigh words by how many questions of the banks have them.

        Args:
            library: The content.
            meaning: What meanings are compared with, None for words alone.
        """
        self._library = library
        self._cause = Cause(library)
        self._other_words = (
            {name: OtherWords(library, name, meaning) for name in MODELS} if meaning else {}
        )
        vocabulary = Vocabulary.of(
            terms(text)
            for rubric in library.rubrics.values()
            for question in rubric.questions
            for text in question.text.values()
        )
        self._weight = lru_cache(maxsize=_KEPT)(vocabulary.weight)

    def score(self, speech: Speech) -> Score:
        """Return the share of questions that came before."""
        speech = speech.counted
        questions = speech.questions
        if not questions:
            return Score(None, "No examiner asks anything.")
        wordings = [wording_of(question, speech.language, self._weight) for question in questions]
        meant = self._meant(questions, wordings, speech.language)
        findings: list[Finding] = []
        for at, question in enumerate(questions):
            alike = (
                n for n in reversed(range(at))
                if self._same(questions[n], wordings[n], question, wordings[at])
            )  # fmt: skip
            found = next(alike, None)
            worded = found is not None
            found = found if worded else meant.get(at)
            if found is None or self._cause.given(question, questions[found], speech):
                continue
            seq = questions[found].seq
            tag, why = "again", f"It was asked before, in turn {seq}."
            if not worded:
                tag, why = "other_words", f"It was asked before in other words, in turn {seq}."
            finding = Finding(
                question.seq, self.name, tag, "serious", why, question.text, str(seq)
            )
            findings.append(finding)
        return Score(len(findings) / len(questions), findings=tuple(findings))

    def look_ahead(self, speeches: Sequence[Speech]) -> None:
        """Have the vectors of all questions computed together, where meanings are compared."""
        asked: dict[str, list[Asked]] = {}
        for speech in speeches if self._other_words else ():
            counted = speech.counted
            wordings = [
                wording_of(question, counted.language, self._weight)
                for question in counted.questions
            ]
            asked.setdefault(counted.language, []).extend(
                told for _, told in _asked(counted.questions, wordings)
            )
        for language, questions in asked.items():
            if language in self._other_words:
                self._other_words[language].look_ahead(questions)

    def informed(self, given: Given) -> Repetition:
        """Return the metric that compares meanings too where that is asked for."""
        return Repetition(self._library, given.meaning) if given.meaning else self

    def _meant(
        self, questions: Sequence[Sentence], wordings: Sequence[Wording], language: str
    ) -> Mapping[int, int]:
        """Return which earlier question each repeats in other words; short ones say too little."""
        if language not in self._other_words:
            return {}
        asked = _asked(questions, wordings)
        found = self._other_words[language].before([told for _, told in asked])
        return {asked[at][0]: asked[before][0] for at, before in found.items()}

    def _same(self, before: Sentence, told: Wording, question: Sentence, own: Wording) -> bool:
        """Whether two are the same; within a turn a question says nothing without the rest."""
        if before.place == question.place:
            return before.text == question.text
        whole = own.alone and len(own.words) >= _WHOLE
        return (whole and own.words == told.own_words) or told.alike(own, self._weight)


def _asked(questions: Sequence[Sentence], wordings: Sequence[Wording]) -> list[tuple[int, Asked]]:
    """Return the questions whose meanings are compared, with their places among all."""
    return [
        (n, Asked(question.place, question.bare, wording.text))
        for n, (question, wording) in enumerate(zip(questions, wordings, strict=True))
        if len(wording.terms) >= _FEW
    ]


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's words, as two are compared.

    Attributes:
        text: The question; of one that says nothing alone, with the sentence before it.
        terms: What it is about.
        words: All its words.
        own_words: Those of the question by itself.
        alone: Whether its turn holds nothing else.
        weight: Of its terms together.
    """

    text: str
    terms: frozenset[str]
    words: frozenset[str]
    own_words: frozenset[str]
    alone: bool
    weight: float

    def alike(self, other: Wording, weight: Callable[[str], float]) -> bool:
        """Whether two questions are the same but for small words; short ones by all of them."""
        if min(len(self.terms), len(other.terms)) < _FEW:
            every = self.words | other.words
            return bool(every) and len(self.words & other.words) / len(every) >= SAME_WORDS
        if self.terms.isdisjoint(other.terms):
            return False
        shared = self.terms & other.terms
        # Exact sums: a set has no order, and pairs at the very limit would change with it.
        held = math.fsum(map(weight, shared))
        if held < SAME * max(self.weight, other.weight) - _ROUNDED:  # all of both weigh no less
            return False
        return held >= SAME * math.fsum(map(weight, self.terms | other.terms))


def wording_of(question: Sentence, language: str, weight: Callable[[str], float]) -> Wording:
    """Return a question's words; of one that says nothing alone, with the sentence before it."""
    own = terms(question.bare)
    text = question.bare
    if len(own) < _FEW:
        said = sentences(question.turn.content, language)
        place = said.index(question.text) if question.text in said else 0
        text = " ".join([*said[max(0, place - 1) : place], question.bare])
        own = terms(text)
    words = words_of(question.bare)
    alone = question.turn.content.strip() == question.text
    every = words if text == question.bare else words_of(text)
    return Wording(text, own, every, words, alone, math.fsum(map(weight, own)))


def words_of(text: str) -> frozenset[str]:
    """Return all words of a text, in Chinese all characters."""
    return frozenset(map(str.lower, _WORDS.findall(text)))
