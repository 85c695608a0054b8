"""How much of a claim evidence says: by its words, its figures, and whether it denies.

The words are weighed by how rare they are, so that a name everybody uses supports nothing by
itself; figures and a "not" are asked about apart, for words alone are blind to both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from interviewer.interview.guard.given import figures_in
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.interview.support.chinese_figures import chinese_figures
from interviewer.interview.support.english_figures import english_figures
from interviewer.interview.support.figures import Figure
from interviewer.research.lexical import Vocabulary, terms
from interviewer.research.sentences import sentences

# Fewer terms in common are a chance meeting.
_NEAR = 2
_MUCH = 0.5
# Bare numbers that count nothing: "one of the", "half".
_NOTHING = frozenset({0.0, 0.5, 1.0})
_KEPT = 4096
# Words of small talk state little of anything.
_SMALL = 0.25


@dataclass(frozen=True, slots=True)
class Supported:
    """How a claim stands to evidence.

    Attributes:
        share: Weighed share of its terms that the evidence has, 0 to 1.
        new_figures: Whether it has a figure that the evidence has not.
        turned: Whether it denies what the evidence says, or the other way round.
    """

    share: float
    new_figures: bool
    turned: bool

    def holds(self, least: float) -> bool:
        """Whether it counts as supported.

        Args:
            least: The share it needs.
        """
        return self.share >= least and not self.new_figures and not self.turned


@dataclass(frozen=True)
class Said:
    """A sentence of a text that may say something, read as far as somebody asks.

    Attributes:
        text: The sentence.
        language: Its language.
    """

    text: str
    language: str

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its terms."""
        return terms(self.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, with what they measure."""
        told = chinese_figures if self.language.startswith("zh") else english_figures
        return told(self.text)

    @cached_property
    def denies(self) -> bool:
        """Whether it says no."""
        return bool(signs_for(self.language).patterns["negation"].search(plain(self.text)))


@dataclass(frozen=True)
class Evidence:
    """A text that may say something, read once.

    Attributes:
        text: The text.
        language: Its language.
    """

    text: str
    language: str

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its terms."""
        return terms(self.text)

    @cached_property
    def figures(self) -> frozenset[float | str]:
        """Its figures by value, as the ledger reads them."""
        return figures_in(self.text, self.language)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Its sentences."""
        return tuple(Said(s, self.language) for s in sentences(self.text, self.language))


@lru_cache(maxsize=_KEPT)
def evidence_of(text: str, language: str) -> Evidence:
    """Return a text as evidence, the same while it is asked for often: many mutants share it."""
    return Evidence(text, language)


def supported_by(
    claim: str, evidence: Sequence[Evidence], language: str, *, ignore: Iterable[str] = ()
) -> Supported:
    """Return how a claim stands to evidence.

    Args:
        claim: A sentence.
        evidence: Texts that may say it.
        language: Of both.
        ignore: Terms that need no support: the employer's name.
    """
    vocabulary = Vocabulary.of(entry.terms for entry in evidence)
    read = Said(claim, language)
    own = read.terms - frozenset(ignore)
    said = frozenset[str]().union(*(entry.terms for entry in evidence))
    small = signs_for(language).small_talk
    weights = {t: vocabulary.weight(t) * (_SMALL if t in small else 1.0) for t in own}
    # Exact sums: a set has no order, and a claim at the very limit would change with it.
    total = math.fsum(weights.values())
    share = math.fsum(weights[term] for term in own & said) / total if total else 1.0
    said_in = [sentence for entry in evidence for sentence in entry.said]
    shared = [len(own & sentence.terms) for sentence in said_in]
    return Supported(share, _new(read, said_in, shared), _turned(read, said_in, shared))


def _new(claim: Said, said: Sequence[Said], shared: Sequence[int]) -> bool:
    """Whether a figure stands in no sentence of the evidence that speaks of much the same.

    Much the same is half of what the sentence that comes nearest has in common with the claim.
    """
    asked = [f for f in claim.figures if f.unit or f.value not in _NOTHING]
    if not asked:
        return False
    least = max(shared, default=0) * _MUCH
    near = [s for s, common in zip(said, shared, strict=True) if common >= least]
    known = [figure for sentence in near for figure in sentence.figures]
    return any(_told(figure, known) < _told(figure, asked) for figure in asked)


def _told(figure: Figure, figures: Sequence[Figure]) -> int:
    """Return how often a figure is among others."""
    return sum(figure.agrees(other) for other in figures)


def _turned(claim: Said, said: Sequence[Said], shared: Sequence[int]) -> bool:
    """Whether the sentence of the evidence that comes nearest has a "not" more or less."""
    most = max(shared, default=0)
    return most >= _NEAR and claim.denies != said[shared.index(most)].denies
