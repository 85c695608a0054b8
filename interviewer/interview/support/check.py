"""The check of a brief that a model has written: a sentence stays only where passages say it.

A sentence is cut at its joints, and each piece must be said by one sentence of the passages it
cites: with all its figures and names, nearly all its words, and the same way round. That is
stricter than a reader would be; what is dropped is replaced by a sentence of the research itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from interviewer.interview.guard.signs import plain
from interviewer.interview.support.of_piece import OF_PIECE, Put
from interviewer.interview.support.of_text import OF_TEXT
from interviewer.interview.support.reading import Reading
from interviewer.interview.support.stated import Stated, stated
from interviewer.interview.support.swapping import swapped
from interviewer.interview.support.words import SupportWords, support_words
from interviewer.transcript import Passage

FAULTS = (*OF_TEXT, "citation", *OF_PIECE)


@dataclass(frozen=True)
class Support:
    """Decides over the sentences written on one employer.

    Attributes:
        passages: What was given to write from, by id.
        language: Of passages and sentences.
        names: What the employer is called.
    """

    passages: Mapping[str, Passage]
    language: str
    names: tuple[str, ...] = ()
    _stated: dict[str, tuple[Stated, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def words(self) -> SupportWords:
        """Words of the language."""
        return support_words(self.language)

    def fault(self, sentence: str, cites: Sequence[str]) -> str | None:
        """Return why a sentence must go, a word of `FAULTS`; None where the passages say it."""
        text = plain(sentence).strip()
        for name, holds in OF_TEXT.items():
            if holds(text, self.words):
                return name
        if not cites or any(cite not in self.passages for cite in cites):
            return "citation"
        said = tuple(one for cite in dict.fromkeys(cites) for one in self._of(cite))
        you = self.words.patterns["second_person"]
        if you.search(text) and not any(you.search(one.whole.text) for one in said):
            return "order"
        if any(text == one.whole.text for one in said):
            return None
        return Claim(Reading(text, self.words, self.names), said).fault()

    def _of(self, cite: str) -> tuple[Stated, ...]:
        if cite not in self._stated:
            self._stated[cite] = stated(self.passages[cite], self.words, self.names)
        return self._stated[cite]


@dataclass(frozen=True)
class Claim:
    """A sentence with everything the passages it cites say.

    Attributes:
        whole: The sentence.
        said: The sentences of the passages.
    """

    whole: Reading
    said: tuple[Stated, ...]

    @cached_property
    def known(self) -> frozenset[str]:
        """Every term of the passages."""
        return frozenset(term for one in self.said for term in one.whole.all_terms)

    @cached_property
    def text(self) -> str:
        """All the passages say."""
        return "\n".join(one.whole.text for one in self.said)

    def fault(self) -> str | None:
        """Return what no sentence of the passages says of this one."""
        if not self.whole.terms and not self.whole.figures:
            return "empty"
        for piece in self.whole.pieces:
            fault = self._fault_of(piece)
            if fault is not None and not self._said_in_parts(piece):
                return fault
        return "swapped" if any(swapped(self.whole, one.whole) for one in self.said) else None

    def _fault_of(self, piece: Reading) -> str | None:
        """Return what the sentence that comes nearest to a piece does not say."""
        faults = [self._against(piece, one) for one in self.said]
        if None in faults:
            # Said in one sentence, and the contrary in just these words in another.
            things = len(piece.terms) + len(piece.figures)
            pairs = zip(faults, self.said, strict=True)
            denied = any(f == "denied" and one.shared(piece) == things for f, one in pairs)
            return "denied" if denied else None
        return max((f for f in faults if f), key=list(OF_PIECE).index, default="words")

    def _against(self, piece: Reading, one: Stated) -> str | None:
        """Return what a sentence does not say of a piece."""
        put = Put(piece, self.whole, one, self.known, self.text)
        return next((name for name, holds in OF_PIECE.items() if holds(put)), None)

    def _said_in_parts(self, piece: Reading) -> bool:
        """Whether the short parts of a piece are each said, by sentences that belong together."""
        if len(piece.parts) < 2 or not all(p.terms or p.figures for p in piece.parts):
            return False
        alone = 0
        for part in piece.parts:
            saying = [one for one in self.said if self._against(part, one) is None]
            if not saying:
                return False
            alone += not any(self._belongs(part, one) for one in saying)
        # One part begins; every other has something of the rest in the sentence that says it.
        return alone <= 1

    def _belongs(self, part: Reading, one: Stated) -> bool:
        """Whether a sentence speaks of what the rest of the claim speaks of."""
        own = {term.text for term in part.terms}
        rest = {term.text for term in self.whole.terms} - own
        others = [f for f in self.whole.figures if not any(f.agrees(o) for o in part.figures)]
        figures = one.whole.figures
        return bool(rest & one.whole.all_terms) or any(
            other.agrees(figure) for other in others for figure in figures
        )
