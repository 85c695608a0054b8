"""The figures of an answer where they stand, and the least and the most each can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from interviewer.interview.ledger.signs import Signs
from interviewer.reading.claims import Claim

DAYS = {"year": 365.0, "month": 30.4, "week": 7.0, "day": 1.0, "hour": 1 / 24, "minute": 1 / 1440}
# How far a figure reaches: said as rough, as a length of time, as a large number, as more than it.
_ROUGH, _TIME, _LARGE, _OVER, _UNDER = 0.15, 0.12, 0.05, 1.35, 0.75
# Of pay less is rounded away.
_PAY = 0.05
_SHORT = 1000.0
# How much of the words beside a figure tells how exact it is.
_NEAR = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """A claim where it stands.

    Attributes:
        claim: The claim.
        at: Its place in the sentence.
        clause: The part of the sentence it stands in.
        before: What stands before it in that part.
        after: What stands after it.
        low: The least it can mean, in units; time in days.
        high: The most.
    """

    claim: Claim
    at: int
    clause: str
    before: str
    after: str
    low: float
    high: float

    @property
    def is_time(self) -> bool:
        """Whether it is a length of time."""
        return self.claim.unit in DAYS


def figures_in(claims: Sequence[Claim], signs: Signs) -> Iterator[Figure]:
    """Yield the figures with their places; two that make a range are one."""
    sentence, place = "", 0
    held: Figure | None = None
    for claim in claims:
        place = place if claim.sentence == sentence else 0
        sentence = claim.sentence
        at = sentence.find(claim.text, place)
        place = at + len(claim.text)
        if claim.value is None:
            continue
        here = _placed(claim, at, signs)
        joined = _joined(held, here, signs) if held else None
        if held is not None and joined is None:
            yield held
        held = joined or here
    if held is not None:
        yield held


def _placed(claim: Claim, at: int, signs: Signs) -> Figure:
    text, end = claim.sentence, at + len(claim.text)
    joints = list(signs.patterns["joint"].finditer(text))
    begin = max((joint.end() for joint in joints if joint.end() <= at), default=0)
    close = min((joint.start() for joint in joints if joint.start() >= end), default=len(text))
    before, after = text[begin:at], text[end:close]
    low, high = _bounds(claim, before, after, signs)
    scale = DAYS.get(claim.unit, 1.0)
    return Figure(claim, at, text[begin:close], before, after, low * scale, high * scale)


def _joined(first: Figure, then: Figure, signs: Signs) -> Figure | None:
    """Return "three to four weeks" or "half a million" as one figure, None for two."""
    one, two = first.claim, then.claim
    if one.sentence != two.sentence:
        return None
    between = one.sentence[first.at + len(one.text) : then.at]
    text = one.sentence[first.at : then.at + len(two.text)]
    if signs.says("half", one.text) and not between.strip() and not two.unit:
        halved = replace(two, text=text, value=(two.value or 0) / 2)
        return _placed(halved, first.at, signs)
    if not signs.patterns["range_between"].match(between):
        return None
    if signs.says("from_to", first.before):
        return then  # "from 90 to 150" ends at 150
    scale = DAYS[two.unit] if then.is_time and not first.is_time else 1.0
    if not then.is_time and two.kind != "date":
        scale = _thousands(one.value or 0.0, two.value or 0.0, signs)
    if not first.low * scale < then.high:
        return None
    claim = replace(two, text=text)
    clause = first.before + text + then.after
    return Figure(claim, first.at, clause, first.before, then.after, first.low * scale, then.high)


def _thousands(one: float, two: float, signs: Signs) -> float:
    """Return what "60" is to be multiplied by in "60 to 65 thousand"."""
    unit = 10_000.0 if signs.language == "zh" else 1000.0
    return unit if one < 1000 and two >= unit else 1.0


def _bounds(claim: Claim, before: str, after: str, signs: Signs) -> tuple[float, float]:
    """Return the least and the most a figure can mean, as it is said."""
    value = claim.value or 0.0
    near, behind = before[-_NEAR:], after[:8]
    rough = signs.says("rough", near[-16:]) or signs.says("rough_after", claim.text + behind)
    if claim.kind == "date":
        return value - rough, value + rough
    if signs.says("over", near) or signs.says("over_after", behind):
        return value, value * _OVER
    if signs.says("under", near) or signs.says("under_after", behind):
        return value * _UNDER, value
    spread = 0.0
    if rough:
        spread = max(value * _ROUGH, 1.0 if value >= 4 else 0.0)
    elif claim.unit in DAYS:
        spread = value * _TIME
    elif value >= 20:
        spread = value * _LARGE
    return value - spread, value + spread


def as_pay(figure: Figure) -> tuple[float, float]:
    """Return the least and the most of a figure as pay: "at least 40,000" asks for 40,000.

    "48" is 48 thousand where pay is spoken of.
    """
    value = figure.claim.value or 0.0
    scale = 1000.0 if value < _SHORT else 1.0
    exact = figure.low <= value <= figure.high and not _is_range(figure)
    low, high = (value * (1 - _PAY), value * (1 + _PAY)) if exact else (figure.low, figure.high)
    return low * scale, high * scale


def _is_range(figure: Figure) -> bool:
    return re.search(r"\b(?:to|and|or)\b|[到至~～–-]", figure.claim.text) is not None
