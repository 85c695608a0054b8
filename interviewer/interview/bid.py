"""What a candidate says of pay, as a bid: a figure, a lever, grounds, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.content.company import LeverId, Pay
from interviewer.interview.bid_figures import Amount, Figures, figures_in
from interviewer.interview.bid_signs import Signs, signs_for
from interviewer.reading.answer import Reading
from interviewer.research.sentences import sentences

# Grounds that move an offer (SCIENCE 2.4), one point each.
Point = Literal["market", "evidence", "specific", "reason"]
POINTS: tuple[Point, ...] = ("market", "evidence", "specific", "reason")
MOST_POINTS = len(POINTS)
# A wider range than this says no more than that there is one.
_WIDEST_RANGE = 1.25
# What an own action needs beside it to be evidence of value: "I'll think about it" is an action.
_SHOWN = frozenset({"result", "specific"})


@dataclass(frozen=True, slots=True)
class Bid:
    """One answer about pay.

    Attributes:
        ask: The figure asked for, in the currency and period of the post; of a range its lower
            end. None when none was named.
        top: The upper end of a range, None without one.
        accepts: Says yes to what lies on the table.
        withdraws: Breaks it off.
        haggles: Asks for more without a figure, or finds it too little.
        asks_range: Asks what the post pays.
        levers: Levers asked for.
        points: Grounds given in this answer, of `POINTS`.
    """

    ask: float | None = None
    top: float | None = None
    accepts: bool = False
    withdraws: bool = False
    haggles: bool = False
    asks_range: bool = False
    levers: frozenset[LeverId] = frozenset()
    points: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing in the answer is about the terms."""
        says = self.accepts or self.withdraws or self.haggles or self.asks_range
        return self.ask is None and not self.levers and not says


def bid_of(text: str, reading: Reading, pay: Pay, language: str) -> Bid:
    """Read an answer about pay.

    Args:
        text: What the candidate said.
        reading: The same as read.
        pay: What the post pays: tells which figures can be meant.
        language: Language of the interview.
    """
    signs = signs_for(language)
    text = text.replace("’", "'")
    # A figure in a question is asked for as well: "Could you go to 50,000?"
    said = sentences(text, signs.language)
    figures = figures_in(said, pay, signs)
    wish = figures.wish
    # "I can't accept" has an acceptance in it; what refuses is taken out before a yes is sought.
    rest = signs.roles["too_low"].sub(" ", text)
    withdraws, haggles = signs.says("withdraws", text), signs.says("haggles", rest)
    open_yet = wish is not None or withdraws or signs.says("condition", text)
    asks_range = wish is None and signs.says("asks_range", text)
    return Bid(
        ask=wish.low if wish else None,
        top=wish.high if wish else None,
        accepts=not (open_yet or asks_range) and _accepts(said, signs),
        withdraws=withdraws,
        haggles=haggles or rest != text,
        asks_range=asks_range,
        levers=_levers(said, signs),
        points=_points(text, reading, figures, signs),
    )


def _accepts(said: Sequence[str], signs: Signs) -> bool:
    """Whether the last word on the offer is a yes: "A bit low, but I accept"."""
    yes = False
    for sentence in said:
        for clause in signs.clauses(sentence):
            rest = signs.roles["too_low"].sub(" ", clause)
            if rest != clause or signs.says("haggles", clause) or signs.says("thinks", clause):
                yes = False
            elif signs.says("accepts", clause):
                yes = True
    return yes


def _levers(said: Sequence[str], signs: Signs) -> frozenset[LeverId]:
    """Return the levers asked for; one in a clause that tells of the past is not."""
    found: set[LeverId] = set()
    for sentence in said:
        for clause in signs.clauses(sentence):
            if signs.says("deed", clause) and not signs.says("request", clause):
                continue
            found |= {name for name, sign in signs.levers.items() if sign.search(clause)}
    return frozenset(found)


def _points(text: str, reading: Reading, figures: Figures, signs: Signs) -> frozenset[str]:
    shown = "own_action" in reading.parts and bool(_SHOWN & reading.parts)
    given: dict[Point, bool] = {
        "market": figures.market and signs.says("source", text),
        "evidence": shown or signs.says("evidence", text),
        "specific": figures.wish is not None and _is_specific(figures.wish),
        "reason": signs.says("reason", text),
    }
    return frozenset(point for point, there in given.items() if there)


def _is_specific(wish: Amount) -> bool:
    return wish.high is None or wish.high <= _WIDEST_RANGE * wish.low
