"""What a sentence of a passage does not say of a piece of a claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from interviewer.interview.support.figures import CALENDAR
from interviewer.interview.support.reading import Reading
from interviewer.interview.support.stated import Stated
from interviewer.interview.support.swapping import crossed

# How much of what a part speaks of may be in words that no passage has, how much of it must stand
# in the sentence itself and not before it, and how much of what it denies must be denied there.
NEW = 0.25
MOST_NEW = 2
OWN = 0.5
DENIED = 0.5
# The first pairs of opposites in `words.<lang>.toml`: of these a sentence must have the side
# itself, but that change and comparison may follow from figures.
CHANGE, COMPARISON, STRICT = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Put:
    """A piece of a claim, put against a sentence of a passage.

    Attributes:
        piece: The piece.
        claim: The claim it is part of.
        one: The sentence.
        known: Every term of the cited passages.
        text: All their sentences.
    """

    piece: Reading
    claim: Reading
    one: Stated
    known: frozenset[str]
    text: str


def _adds_words(put: Put) -> bool:
    """Whether too much is in other words, or anything in words of another sentence."""
    # Which way something went is looked at by itself.
    terms = [term for term in put.piece.terms if term.text not in put.piece.words.sided]
    missing = [term for term in terms if term.text not in put.one.terms]
    own = sum(term.text in put.one.whole.all_terms for term in terms)
    if own < OWN * len(terms) or any(term.text in put.known for term in missing):
        return True
    # A run of unknown characters of which nothing is there is a word, perhaps a name.
    found = {term.run for term in terms if term not in missing}
    if any(term.run >= 0 and term.run not in found for term in missing):
        return True
    return len(missing) > min(MOST_NEW, NEW * len(terms))


def _adds_figure(put: Put) -> bool:
    """Whether it has a figure the sentence has not, or one more often."""
    left = list(put.one.figures)
    for figure in put.piece.figures:
        same = next((other for other in left if figure.agrees(other)), None)
        if same is None:
            return True
        left.remove(same)
    return False


def _adds_name(put: Put) -> bool:
    """Whether it names somebody or something the sentence does not."""
    return not {name.text for name in put.piece.names} <= put.one.nameable or _half_name(put)


def _half_name(put: Put) -> bool:
    """Whether a Chinese name begins as one of the passages and goes on in another way."""
    pattern = put.piece.words.patterns.get("half_name")
    text = put.piece.text
    return any(
        match[2] in put.text
        and match[1] not in put.text
        and not any(put.piece.known_at(match.start() + n, len(text)) for n in (1, 2))
        for match in (pattern.finditer(text) if pattern else ())
    )


def _adds_strength(put: Put) -> bool:
    """Whether it claims more: "only", "all", "the largest"."""
    return not put.piece.strong <= put.one.whole.strong


def _turns(put: Put) -> bool:
    """Whether what rose falls, or more becomes less."""
    for part in put.piece.parts:
        there = put.one.nearest(part) or (put.one.whole,)
        for pair, side in part.sides:
            same = any((pair, side) in own.sides for own in there)
            opposite = any((pair, 1 - side) in own.sides for own in there)
            if same or ((pair, side) in put.one.whole.sides and not opposite):
                continue
            if opposite or (pair < STRICT and not _derived(put.claim, pair, side)):
                return True
    return False


def _derived(claim: Reading, pair: int, side: int) -> bool:
    """Whether a claim's own two figures say which way it went, or which is more."""
    before = {figure: claim.text[: figure.start] for figure in claim.figures
              if figure.unit not in CALENDAR}  # fmt: skip
    if pair == CHANGE:
        signs = claim.words.patterns
        first = next((f for f, text in before.items() if signs["from"].search(text)), None)
        last = next((f for f, text in before.items() if signs["to"].search(text)), None)
        if first is None or last is None or first.unit != last.unit:
            return False
        return (last.value > first.value) == (side == 0)
    if pair != COMPARISON or len(before) != 2:
        return False
    one, two = before
    return one.unit == two.unit and (one.value > two.value) == (side == 0)


def _denies(put: Put) -> bool:
    """Whether what is so is said not to be, or the other way round."""
    for part in put.piece.parts:
        if part.denied and len(part.denied & put.one.whole.denied) < DENIED * len(part.denied):
            return True
        if part.affirmed & put.one.only_denied:
            return True
        odd = len(part.negations) % 2
        near = put.one.nearest(part)
        if near and all(len(own.negations) % 2 != odd for own in near):
            return True
        if odd and not near and not put.one.whole.negations:
            return True
    return False


def _foretells(put: Put) -> bool:
    """Whether a plan is told as done."""
    for part in put.piece.parts:
        near = put.one.nearest(part)
        if not part.planned and any(own.planned for own in near):
            return True
    return False


def _crosses(put: Put) -> bool:
    return crossed(put.piece, put.one.whole)


PieceCase = Callable[[Put], bool]
# In the order they are put; the later one stops a sentence, the nearer it was.
OF_PIECE: Mapping[str, PieceCase] = {
    "words": _adds_words,
    "figure": _adds_figure,
    "name": _adds_name,
    "strong": _adds_strength,
    "turned": _turns,
    "denied": _denies,
    "plan": _foretells,
    "swapped": _crosses,
}
