"""Whether the research contradicts what was said: the same subject with another figure or name.

Only what leaves no doubt is wrong: the sentence of the research has nearly all that the remark
speaks of, tells a figure of the kind, and no sentence on the subject has the figure told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.assessment.employer.remarks import employer_signs
from interviewer.interview.support.figures import CALENDAR, Figure
from interviewer.interview.support.reading import Reading
from interviewer.interview.support.stated import Stated

# How much of what a remark speaks of a sentence must have to be on the same subject.
SAME, LEAST = 0.6, 2
LEAST_CHINESE = 3
# How far a rounded figure may be off, and one told as rough.
ROUNDED, ROUGH = 0.02, 0.25
# Figures of the kind that the part of a sentence may have: this year's and last year's.
MOST = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A sentence of the research with the passage it stands in."""

    passage: str
    stated: Stated

    @property
    def whole(self) -> Reading:
        """The sentence."""
        return self.stated.whole


def contradicting(claim: Reading, known: Sequence[Known]) -> Known | None:
    """Return the sentence that tells another figure or name of the same subject."""
    for case in (_other_figure, _other_year, _other_name):
        found = case(claim, known)
        if found is not None:
            return found
    return None


def on_subject(claim: Reading, one: Known) -> bool:
    """Whether a sentence speaks of what a remark speaks of."""
    names = {name.text for name in claim.names}
    own = {term.text for term in claim.terms if term.text not in claim.words.sided} - names
    shared = own & one.whole.all_terms
    # Of a few terms all must be there, in a sentence on the same time.
    if own and shared == own and _years(claim) & _years(one.whole):
        return names <= one.whole.all_terms
    enough = LEAST_CHINESE if claim.words.language == "zh" else LEAST
    most = len(shared) >= enough and len(shared) >= SAME * len(own)
    return most and names <= one.stated.nameable


def _years(text: Reading) -> frozenset[float]:
    return frozenset(figure.value for figure in text.figures if figure.unit == "year")


def _other_figure(claim: Reading, known: Sequence[Known]) -> Known | None:
    own = [figure for figure in claim.figures if figure.unit not in CALENDAR]
    if len(own) != 1:
        return None
    near = [one for one in known if on_subject(claim, one) and _comparable(claim, one)]
    rough = bool(employer_signs(claim.words.language)["hedged"].search(claim.text))
    every = [f for one in near for f in _of_kind(own[0], claim, one.whole)]
    if any(_agrees(own[0], figure, rough=rough) for figure in every):
        return None
    return next((one for one in near if 0 < len(_nearest(own[0], claim, one)) <= MOST), None)


def _nearest(own: Figure, claim: Reading, one: Known) -> list[Figure]:
    """Return the figures of the kind in the parts of a sentence that are nearest to a remark."""
    parts = one.stated.nearest(claim)
    return [figure for part in parts for figure in _of_kind(own, claim, part)]


def _of_kind(own: Figure, claim: Reading, text: Reading) -> Iterator[Figure]:
    """Yield the figures of a text that measure the same; of bare numbers, the same things."""
    for figure in text.figures:
        same = figure.unit == own.unit
        if same and (own.unit or _thing(own, claim) & _thing(figure, text)):
            yield figure


def _thing(figure: Figure, text: Reading) -> frozenset[str]:
    """Return what a bare number counts: what is told right after it."""
    after = sorted((t.start, t.text) for t in text.terms if t.start >= figure.end)
    width = 4 if text.words.language == "zh" else 24
    return frozenset(term for start, term in after[:2] if start - figure.end <= width)


def _agrees(own: Figure, other: Figure, *, rough: bool) -> bool:
    allowed = ROUGH if rough else ROUNDED if abs(other.value) >= 100 else 0.0
    return abs(own.value - other.value) <= allowed * max(abs(other.value), 1e-9) + 1e-9


def _comparable(claim: Reading, one: Known) -> bool:
    """Whether two sentences tell of the same time, both as done, and neither as not so."""
    if claim.planned != one.whole.planned or claim.negations or one.whole.negations:
        return False
    for unit in CALENDAR:
        own = {f.value for f in claim.figures if f.unit == unit}
        other = {f.value for f in one.stated.figures if f.unit == unit}
        if own and (not other or not own & other):
            return False
    return not any(
        (pair, 1 - side) in one.whole.sides and (pair, side) not in one.whole.sides
        for pair, side in claim.sides
    )


def _other_year(claim: Reading, known: Sequence[Known]) -> Known | None:
    """Return the sentence with another year for what happens once: founding, opening, moving."""
    signs = employer_signs(claim.words.language)
    years = _years(claim)
    others = [figure for figure in claim.figures if figure.unit != "year"]
    event = signs["event"].search(claim.text)
    if len(years) != 1 or event is None or claim.negations or claim.planned:
        return None
    near = [
        one for one in known
        if on_subject(claim, one) and event[0].lower() in one.whole.text.lower()
        and not one.whole.negations
        and all(any(own.agrees(f) for f in one.whole.figures) for own in others)
    ]  # fmt: skip
    if any(years & _years(one.whole) for one in near):
        return None
    return next((one for one in near if len(_years(one.whole)) == 1), None)


def _other_name(claim: Reading, known: Sequence[Known]) -> Known | None:
    """Return the sentence with another place or person for the same office."""
    heads = _heads(claim.text, claim)
    if not heads or claim.negations or claim.planned:
        return None
    near = [one for one in known if heads & _heads(one.whole.text, one.whole)]
    texts = [one.whole.text.lower() for one in near]
    new = [
        (is_place, name) for is_place, name in _told_names(claim)
        if not any(name.lower() in text for text in texts)
    ]  # fmt: skip
    if len(new) != 1 or sum(is_place == new[0][0] for is_place, _ in _told_names(claim)) > 1:
        return None
    return next((one for one in near if _names_another(claim, new[0], one, heads)), None)


def _names_another(
    claim: Reading, new: tuple[bool, str], one: Known, heads: frozenset[str]
) -> bool:
    """Whether a sentence tells one other name of the kind, of the same office and place."""
    told = _told_names(one.whole)
    same = [name for is_place, name in told if is_place == new[0]]
    if len(same) != 1 or not heads & _heads(one.whole.text.split(same[0])[0], claim):
        return False
    if new[0]:
        return True
    places = {name for is_place, name in told if is_place}
    return all(place in claim.text for place in places)


def _told_names(text: Reading) -> list[tuple[bool, str]]:
    """Return names that are told of something: whether it is a place, and the name."""
    signs = employer_signs(text.words.language)
    bare = signs["not_names"].sub(lambda match: " " * len(match[0]), text.bare)
    return [(bool(m["place"]), m["name"]) for m in signs["told_name"].finditer(bare)]


def _heads(part: str, text: Reading) -> frozenset[str]:
    """Return the offices a part of a text speaks of."""
    found = employer_signs(text.words.language)["subject"].findall(part)
    return frozenset(word.lower().replace(" ", "").rstrip("s") for word in found)
