"""How much of a claim evidence says: by its words, its figures, and whether it denies.

The words are weighed by how rare they are, so that a name everybody uses supports nothing by
itself; figures and a "not" are asked about apart, for words alone are blind to both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from interviewer.interview.guard.cases import SMALL_FIGURES
from interviewer.interview.guard.given import figures_in
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.research.lexical import Vocabulary, terms
from interviewer.research.sentences import sentences

# Fewer terms in common are a chance meeting.
_NEAR = 2
# What a new figure or a turned sense takes off the share where claims are ranked by one number.
_FIGURE, _TURNED = 0.3, 0.2


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
        """Its figures."""
        return figures_in(self.text, self.language)

    @cached_property
    def said(self) -> tuple[tuple[frozenset[str], bool], ...]:
        """Terms of each of its sentences, and whether it denies."""
        negation = signs_for(self.language).patterns["negation"]
        return tuple(
            (terms(sentence), bool(negation.search(plain(sentence))))
            for sentence in sentences(self.text, self.language)
        )


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
    own = terms(claim) - frozenset(ignore)
    said = frozenset[str]().union(*(entry.terms for entry in evidence))
    weights = {term: vocabulary.weight(term) for term in own}
    total = sum(weights.values())
    share = sum(w for term, w in weights.items() if term in said) / total if total else 1.0
    known = SMALL_FIGURES.union(*(entry.figures for entry in evidence))
    new = bool(figures_in(claim, language) - known)
    return Supported(share, new, _turned(claim, own, evidence, language))


def _turned(claim: str, own: frozenset[str], evidence: Sequence[Evidence], language: str) -> bool:
    """Whether the sentence of the evidence that comes nearest has a "not" more or less."""
    said = [sentence for entry in evidence for sentence in entry.said]
    nearest, denies = max(said, key=lambda found: len(own & found[0]), default=(own, False))
    if len(own & nearest) < _NEAR:
        return False
    return bool(signs_for(language).patterns["negation"].search(plain(claim))) != denies


def worth(claim: str, evidence: Evidence) -> float:
    """Return how much of a claim evidence says, as one number to rank claims by.

    Args:
        claim: What was said, in the evidence's language.
        evidence: What it is held against.
    """
    held = supported_by(claim, [evidence], evidence.language)
    return held.share - _FIGURE * held.new_figures - _TURNED * held.turned
