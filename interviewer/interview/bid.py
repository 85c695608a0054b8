"""What a candidate says of pay, as a bid: a figure, a lever, grounds, yes or no."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast

from interviewer.content.company import LeverId, Pay
from interviewer.reading.answer import Reading
from interviewer.reading.claims import Claim, claims_in
from interviewer.reading.cues import cues_for
from interviewer.research.sentences import sentences

# Grounds that move an offer (SCIENCE 2.4), one point each.
Point = Literal["market", "evidence", "specific", "reason"]
POINTS: tuple[Point, ...] = ("market", "evidence", "specific", "reason")
MOST_POINTS = len(POINTS)
# A figure further from the band than this is no wish for pay.
_PLAUSIBLE = (0.4, 2.5)
_THOUSANDS = 1000.0
_NOT_PAY = frozenset({"year", "month", "week", "day", "hour", "minute", "percent"})


@dataclass(frozen=True, slots=True)
class Bid:
    """One answer about pay.

    Attributes:
        ask: The figure asked for, in the currency and period of the post; of a range its lower
            end. None when none was named.
        top: The upper end of a range, None without one.
        accepts: Says yes to what lies on the table.
        withdraws: Breaks it off.
        haggles: Asks for more without a figure.
        levers: Levers asked for.
        points: Grounds given in this answer, of `POINTS`.
    """

    ask: float | None = None
    top: float | None = None
    accepts: bool = False
    withdraws: bool = False
    haggles: bool = False
    levers: frozenset[LeverId] = frozenset()
    points: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing in the answer is about the terms."""
        says = self.accepts or self.withdraws or self.haggles
        return self.ask is None and not self.levers and not says


@dataclass(frozen=True)
class _Signs:
    words: Mapping[str, re.Pattern[str]]
    levers: Mapping[LeverId, re.Pattern[str]]


@cache
def _signs(language: str) -> _Signs:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"bid.{base}.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    levers = document.pop("levers")
    compiled = {name: re.compile(text, re.IGNORECASE) for name, text in document["words"].items()}
    return _Signs(
        words=compiled,
        levers={
            cast("LeverId", name): re.compile(text, re.IGNORECASE) for name, text in levers.items()
        },
    )


def bid_of(text: str, reading: Reading, pay: Pay, language: str) -> Bid:
    """Read an answer about pay.

    Args:
        text: What the candidate said.
        reading: The same as read, with its figures.
        pay: What the post pays: tells which figures can be meant.
        language: Language of the interview.
    """
    signs = _signs(language)

    def says(name: str) -> bool:
        return signs.words[name].search(text) is not None

    market = _market_sentences(text, signs, language)
    # A figure in a question is asked for as well: "Could you go to 50,000?"
    claims = claims_in(sentences(text, language), cues_for(language))
    wished = [
        value
        for claim in claims
        if claim.sentence not in market and (value := _in_terms(claim, pay, signs)) is not None
    ]
    levers = frozenset(name for name, sign in signs.levers.items() if sign.search(text))
    refuses = says("refuses")
    conditional = says("condition") or bool(wished)
    return Bid(
        ask=min(wished) if wished else None,
        top=max(wished) if len(set(wished)) > 1 else None,
        accepts=says("accepts") and not refuses and not conditional,
        withdraws=says("withdraws"),
        haggles=says("haggles"),
        levers=levers,
        points=_points(text, reading, market, bool(wished), signs),
    )


def _market_sentences(text: str, signs: _Signs, language: str) -> frozenset[str]:
    """Return sentences on what others pay: their figures are no wish of the candidate's."""
    found = [s for s in sentences(text, language) if signs.words["market"].search(s)]
    wishes = [s for s in found if signs.words["wishes"].search(s)]
    return frozenset(found) - frozenset(wishes)


def _in_terms(claim: Claim, pay: Pay, signs: _Signs) -> float | None:
    """Return a figure in the currency and period of the post, None when it cannot be pay."""
    if claim.value is None or claim.kind not in ("money", "number") or claim.unit in _NOT_PAY:
        return None
    value = _per_period(claim, pay, signs)
    low, high = _PLAUSIBLE[0] * pay.band[0], _PLAUSIBLE[1] * pay.band[1]
    # "48" for 48,000, as people say it.
    for scale in (1.0, _THOUSANDS) if claim.value < _THOUSANDS else (1.0,):
        if low <= value * scale <= high:
            return value * scale
    return None


def _per_period(claim: Claim, pay: Pay, signs: _Signs) -> float:
    value = claim.value or 0.0
    yearly = signs.words["yearly"].search(claim.sentence) is not None
    monthly = signs.words["monthly"].search(claim.sentence) is not None
    if pay.period == "month" and yearly and not monthly:
        return value / pay.months_per_year
    if pay.period == "year" and monthly and not yearly:
        return value * pay.months_per_year
    return value


def _points(
    text: str,
    reading: Reading,
    market: frozenset[str],
    figure: bool,
    signs: _Signs,
) -> frozenset[str]:
    found: set[Point] = set()
    of_market = " ".join(market)
    sourced = signs.words["source"].search(of_market) is not None
    if sourced and reading.claims:
        found.add("market")
    if "own_action" in reading.parts or signs.words["evidence"].search(text):
        found.add("evidence")
    if figure:
        found.add("specific")
    if signs.words["reason"].search(text):
        found.add("reason")
    return frozenset(found)
