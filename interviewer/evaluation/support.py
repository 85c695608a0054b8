"""How much of a claim evidence says: by its words, its figures, and whether it denies.

The words are weighed by how rare they are, so that a name everybody uses supports nothing by
itself; figures and a "not" are asked about apart, for words alone are blind to both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.interview.guard.given import figures_in
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.research.lexical import Vocabulary, terms
from interviewer.research.sentences import sentences

# Everyday numbers that claim nothing.
_SMALL = frozenset({0.0, 0.5, 1.0, 2.0})


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


def supported_by(
    claim: str, evidence: Sequence[str], language: str, *, ignore: Iterable[str] = ()
) -> Supported:
    """Return how a claim stands to evidence.

    Args:
        claim: A sentence.
        evidence: Texts that may say it.
        language: Of both.
        ignore: Terms that need no support: the employer's name.
    """
    vocabulary = Vocabulary.of(terms(text) for text in evidence)
    own = terms(claim) - frozenset(ignore)
    said = terms("\n".join(evidence))
    weights = {term: vocabulary.weight(term) for term in own}
    total = sum(weights.values())
    share = (
        sum(weight for term, weight in weights.items() if term in said) / total if total else 1.0
    )
    known = figures_in("\n".join(evidence), language) | _SMALL
    new = bool(figures_in(claim, language) - known)
    return Supported(share, new, _turned(claim, own, evidence, language))


def _turned(claim: str, own: frozenset[str], evidence: Sequence[str], language: str) -> bool:
    """Whether the sentence of the evidence that comes nearest has a "not" more or less."""
    negation = signs_for(language).patterns["negation"]
    said = [text for entry in evidence for text in sentences(entry, language)]
    nearest = max(said, key=lambda text: len(own & terms(text)), default="")
    if len(own & terms(nearest)) < 2:
        return False
    return bool(negation.search(plain(claim))) != bool(negation.search(plain(nearest)))
