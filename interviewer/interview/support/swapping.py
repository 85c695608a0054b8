"""Whether a claim gives one thing the figure of another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from interviewer.interview.support.reading import Reading

Span = tuple[int, int]
_PHRASE = 25


def swapped(claim: Reading, said: Reading) -> bool:
    """Whether two figures of a sentence have changed places among what stands beside them.

    Everything both sentences have once says which of the two figures it stands nearer to; when
    most of it says otherwise than in the passage, the figures are swapped. Years decide alone
    where there are two.
    """
    here, there = _figures(claim), _figures(said)
    common = _common(claim, said)
    years = {name: places for name, places in common.items() if isinstance(name, tuple)}
    anchors = years if len(years) > 1 else common
    for one, two in combinations([figure for figure in here if figure in there], 2):
        if one[0] != two[0]:
            continue
        pairs = (here[one], here[two]), (there[one], there[two])
        votes = [
            _nearer(place, *pairs[0], claim) != _nearer(other, *pairs[1], said)
            for place, other in anchors.values()
            if not _aside(place, *pairs[0]) or not _aside(other, *pairs[1])
        ]
        if 2 * sum(votes) > len(votes):
            return True
    return False


def crossed(piece: Reading, said: Reading) -> bool:
    """Whether a piece takes its figure from one part of a sentence and its subject from another.

    That is so when the other part has a figure of its own kind, and the piece has nothing more of
    the figure's part, or another name than it.
    """
    for figure in piece.figures:
        home = [part for part in said.parts if any(figure.agrees(f) for f in part.figures)]
        if len(home) != 1:
            continue
        for other in said.parts:
            kin = [f for f in other.figures if f.unit == figure.unit]
            # With both figures there, it is for `swapped` to say whose they are.
            parallel = kin and not any(f.agrees(own) for f in kin for own in piece.figures)
            if other is not home[0] and parallel and _taken(piece, home[0], other):
                return True
    return False


def _taken(piece: Reading, home: Reading, other: Reading) -> bool:
    own = {term.text for term in piece.terms}
    if not own & (other.all_terms - home.all_terms):
        return False
    if not own & (home.all_terms - other.all_terms):
        return True
    names = {name.text for name in piece.names}
    at_home = {name.text for name in home.names}
    return bool(names & other.all_terms - home.all_terms) and bool(at_home) and not names & at_home


def _nearer(place: Span, one: Span, two: Span, text: Reading) -> bool:
    return _gap(place, one, text) <= _gap(place, two, text)


def _aside(place: Span, one: Span, two: Span) -> bool:
    """Whether a thing stands outside both figures: it belongs to both, or to neither."""
    return place[0] < min(one[0], two[0]) or place[0] > max(one[0], two[0])


def _gap(place: Span, figure: Span, text: Reading) -> float:
    """Return how far a thing is from a figure; what separates them counts as much as a phrase."""
    after = place[0] >= figure[1]
    start, end = (figure[1], place[0]) if after else (place[1], figure[0])
    between = text.text[start:end]
    return len(between) + _PHRASE * len(text.words.patterns["separator"].findall(between))


def _figures(text: Reading) -> Mapping[tuple[str, float], Span]:
    found: dict[tuple[str, float], list[Span]] = {}
    for figure in text.figures:
        if figure.unit != "year":
            found.setdefault((figure.unit, figure.value), []).append((figure.start, figure.end))
    return {key: places[0] for key, places in found.items() if len(places) == 1}


def _common(claim: Reading, said: Reading) -> Mapping[object, tuple[Span, Span]]:
    """Return where the things stand that both sentences have exactly once."""
    here, there = _once(claim), _once(said)
    return {name: (place, there[name]) for name, place in here.items() if name in there}


def _once(text: Reading) -> Mapping[object, Span]:
    found: dict[object, list[Span]] = {}
    for term in text.terms:
        found.setdefault(term.text, []).append((term.start, term.start + 2))
    for figure in text.figures:
        if figure.unit == "year":
            key = figure.unit, figure.value
            found.setdefault(key, []).append((figure.start, figure.end))
    return {name: places[0] for name, places in found.items() if len(places) == 1}
