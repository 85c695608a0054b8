"""The guard: what is kept back of a reply, and what a reply still owes at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview.guard.cases import CASES, OF_GIVEN, supports
from interviewer.interview.guard.given import MARK, Given
from interviewer.interview.guard.said import Said, SameQuestion
from interviewer.interview.guard.signs import plain
from interviewer.research.lexical import terms

# A reply without such a sentence still says what it is to say.
PASSING = frozenset({"praise", "stray", "rubric", "repeat", "after"})
_END = re.compile(r"\s*([.!。！]?[\"'”’]?)\s*$")


@dataclass(frozen=True)
class Guard:
    """Decides over the sentences of one reply.

    Attributes:
        given: What the reply may speak of.
        same: Whether two questions ask the same, asked when their words leave it open.
    """

    given: Given
    same: SameQuestion | None = None

    def fault(self, sentence: str, before: Sequence[str]) -> str | None:
        """Return what is wrong with a sentence, a word of `CASES`; None when it may be said."""
        said = Said(sentence, tuple(before), self.given, self.same)
        kinds = OF_GIVEN if said.given_so else tuple(CASES)
        return next((kind for kind in kinds if CASES[kind](said)), None)

    def cited(self, sentence: str) -> str:
        """Return a sentence that tells a fact of the move's with its mark, where that is missing.

        A fact in the model's words is known by its terms; nothing else gets a mark.
        """
        said = Said(sentence, (), self.given)
        if said.marks or said.asks:
            return sentence
        for mark, fact in self.given.facts.items():
            stated = terms(plain(fact))
            told = len(said.terms & stated) >= max(2, 0.4 * len(stated))
            if told and supports(said, [fact]):
                space = "" if self.given.signs.language == "zh" else " "
                return _END.sub(rf"{space}[{mark}]\1", sentence, count=1)
        return sentence

    def asked(self, said: Sequence[str]) -> bool:
        """Whether what was said asks the move's question, or the move asks nothing."""
        if not self.given.question:
            return True
        return any(Said(sentence, (), self.given).asks for sentence in said)

    def owed(self, said: Sequence[str]) -> str | None:
        """Return what is missing from a reply at its end; None when it does its move."""
        text = " ".join(said)
        if not text.strip():
            return "empty"
        if not self.asked(said):
            return "no_question"
        marks = {int(mark) for mark in MARK.findall(text)}
        if not marks >= set(self.given.facts):
            return "no_citation"
        if any(name not in text for name in self.given.required):
            return "incomplete"
        tells = self.given.signs.patterns["says_software"]
        if self.given.about_software and not tells.search(plain(text)):
            return "incomplete"
        return None
