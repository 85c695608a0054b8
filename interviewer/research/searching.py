"""How a question finds passages in the index of an employer, and the sentence that answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from interviewer.research.answers import Candidates, best_sentence
from interviewer.research.embedding import Vectors
from interviewer.research.index import Contents, Index
from interviewer.research.lexical import names, terms
from interviewer.research.pack import embedded_text
from interviewer.research.relevance import CALIBRATIONS, Judged, Near, judge
from interviewer.research.reranking import Reordering
from interviewer.research.units import units_of
from interviewer.transcript import Found

# Words in common may lift a passage that is further down by meaning, so more are looked at than
# asked for; exact names and numbers bring in passages of their own.
_NEAR = 60
_BY_WORDS = 20
_WORDS_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        text: As asked.
        vector: Its embedding.
        topic: The only topic to look at, None for all.
    """

    text: str
    vector: Vectors
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """The search in one build of an employer's index.

    Attributes:
        index: The indexes of all employers.
        contents: What this one holds.
        company: Id of the employer.
        employer: Its name.
        model: Name of the embedding model, whose scale is known.
        rerank: Puts the first of what answers into an order of its own; none unless set.
    """

    index: Index
    contents: Contents
    company: str
    employer: str
    model: str
    rerank: Reordering | None = None

    def answers(self, question: Question, k: int) -> tuple[Found, ...]:
        """Return at most `k` passages that answer, best first.

        Raises:
            IndexBrokenError: The build is not there any more.
        """
        near, units = self._near(question)
        calibration = CALIBRATIONS.get(self.model, CALIBRATIONS["minilm"])
        missing = self.contents.lexicon.missing(terms(question.text), names(question.text))
        judged = judge(question.text, near, missing, calibration)
        if self.rerank is not None:
            judged = self.rerank.reordered(question.text, judged, lambda e: e.passage.text)
        return tuple(self._found(question, entry, units[entry.passage.id]) for entry in judged[:k])

    def near(self, question: Question) -> list[Near]:
        """Return the passages that are looked at, whether or not they answer.

        Raises:
            IndexBrokenError: The build is not there any more.
        """
        return self._near(question)[0]

    def _near(self, question: Question) -> tuple[list[Near], dict[str, Vectors]]:
        contents = self.contents
        covered = contents.lexicon.coverage(terms(question.text))
        whole = dict(
            self.index.query(contents, self.company, question.vector, _NEAR, question.topic)
        )
        more = [number for number in self._named(covered, question) if number not in whole]
        if more := more[:_BY_WORDS]:
            texts = [(n, embedded_text(contents.passages[n], self.employer)) for n in more]
            whole |= self.index.cosines(self.company, question.vector, texts)
        numbers = list(whole)
        units = self.index.unit_cosines(contents, self.company, question.vector, numbers)
        passages = [contents.passages[number] for number in numbers]
        near = [
            Near(passage, whole[number], float(cosines.max()), float(covered[number]))
            for number, passage, cosines in zip(numbers, passages, units, strict=True)
        ]
        return near, {p.id: cosines for p, cosines in zip(passages, units, strict=True)}

    def _named(self, covered: Vectors, question: Question) -> list[int]:
        """Return numbers of passages that hold most words of a question, most words first."""
        named = np.flatnonzero(covered > _WORDS_FROM)
        order = named[np.argsort(-covered[named], kind="stable")][: _BY_WORDS + _NEAR]
        return [
            int(number)
            for number in order
            if question.topic is None
            or self.contents.passages[int(number)].topic == question.topic
        ]

    def _found(self, question: Question, entry: Judged, cosines: Vectors) -> Found:
        passage = entry.passage
        units = list(zip(units_of(passage), cosines, strict=True))
        said = [(unit, cosine) for unit, cosine in units if not unit.is_row] or units
        sentence = best_sentence(
            question.text,
            passage,
            Candidates(tuple(unit.text for unit, _ in said)),
            [float(cosine) for _, cosine in said],
            self.contents.lexicon.vocabulary,
        )
        return Found(passage, entry.score, sentence)
