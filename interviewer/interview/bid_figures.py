"""The figures of an answer about pay: which are wished for, in the terms of the post.

A figure is a wish by what its clause says of it. What the candidate earns now, what was offered
and found too low, what others pay and what counts something else is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.content.company import Pay
from interviewer.interview.bid_signs import Signs
from interviewer.reading.claims import Claim, claims_in
from interviewer.reading.cues import cues_for

# A figure further from the band than this is no wish for pay.
_LEAST, _MOST = 0.4, 2.5
_WEEKS_A_YEAR = 52.0
_PERIODS = {"yearly": "year", "monthly": "month", "weekly": "week", "hourly": "hour",
            "daily": "day"}  # fmt: skip
_NOT_PAY = frozenset({"year", "month", "week", "day", "hour", "minute", "percent"})
_CURRENCIES = frozenset({"GBP", "USD", "EUR", "CNY"})
# "48" is said for 48,000, and in Chinese "1.8" for 18,000 where the 万 follows the second figure.
_SCALES = {"en": (1.0, 1e3), "zh": (1.0, 1e3, 1e4)}
# How much of a clause beside a figure tells its period.
_BEFORE, _AFTER = 10, 16
_NO_WISH = frozenset({"too_low", "theirs", "current", "market"})
_DASH = re.compile(r"(\d\s?[kKwW万千]?)\s*[-–—~～]+\s*((?:[£$€¥￥]\s?)?\d)")


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure, or a range with its upper end, in the currency and period of the post."""

    low: float
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of an answer.

    Attributes:
        wish: What is asked for: the last figure plainly wished for, else the first that is not
            of something else. None without one.
        market: Whether a figure of what others pay was named.
    """

    wish: Amount | None = None
    market: bool = False


def figures_in(stated: Sequence[str], pay: Pay, signs: Signs) -> Figures:
    """Return the figures of these sentences; those far from the band are left out."""
    wished: list[Amount] = []
    bare: list[Amount] = []
    market = False
    for sentence in stated:
        role: str | None = None
        for clause in signs.clauses(_with_ranges(sentence, signs)):
            roles = signs.roles.items()
            role = next((name for name, sign in roles if sign.search(clause)), role)
            amounts = _amounts(clause, pay, signs)
            market = market or (role == "market" and bool(amounts))
            if role not in _NO_WISH:
                (wished if role == "ask" else bare).extend(amounts)
    wish = wished[-1] if wished else bare[0] if bare else None
    return Figures(wish, market)


def _with_ranges(sentence: str, signs: Signs) -> str:
    """Return a sentence with every form of range written as "48 ~ 52"."""
    return signs.words["between"].sub(r"\1 ~ ", _DASH.sub(r"\1 ~ \2", sentence))


def _amounts(clause: str, pay: Pay, signs: Signs) -> list[Amount]:
    found: list[Amount] = []
    at, end_before = 0, -1
    for claim in claims_in([clause], cues_for(signs.language)):
        start = clause.index(claim.text, at)
        at = start + len(claim.text)
        value = _in_terms(claim, clause[max(0, start - _BEFORE) : start], clause[at:], pay, signs)
        if value is None:
            end_before = -1
            continue
        joins = end_before >= 0 and signs.says("range", clause[end_before:start])
        if joins and found[-1].high is None and found[-1].low < value:
            found[-1] = Amount(found[-1].low, value)
        else:
            found.append(Amount(value))
        end_before = at
    return found


def _in_terms(claim: Claim, before: str, after: str, pay: Pay, signs: Signs) -> float | None:
    """Return a figure in the currency and period of the post, None when it cannot be pay."""
    if claim.value is None or claim.kind not in ("money", "number") or claim.unit in _NOT_PAY:
        return None
    if claim.unit in _CURRENCIES and claim.unit != pay.currency:
        return None
    period = _period(before, after[:_AFTER], signs)
    counts = claim.kind == "number" and claim.noun and not signs.says("about", claim.noun)
    for scale in (1.0,) if counts else _SCALES[signs.language]:
        value = _per_period(claim.value * scale, period, pay)
        if value is not None and _LEAST * pay.band[0] <= value <= _MOST * pay.band[1]:
            return round(value, 2)
    return None


def _period(before: str, after: str, signs: Signs) -> str | None:
    for name, period in _PERIODS.items():
        if signs.says(name, after) or signs.says(name, before):
            return period
    return None


def _per_period(value: float, period: str | None, pay: Pay) -> float | None:
    if period == pay.period:
        return value
    if period is None:
        # Far above a month's pay it is a year's, as "30万" is.
        far = pay.period == "month" and value > _MOST * pay.band[1]
        return value / pay.months_per_year if far else value
    a_year = {"year": 1.0, "month": float(pay.months_per_year), "week": _WEEKS_A_YEAR}
    if period not in a_year or pay.period not in a_year:
        return None
    return value * a_year[period] / a_year[pay.period]
