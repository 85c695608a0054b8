"""What a post can give and how soon, as arithmetic (SCIENCE 2.4): the curve, the levers."""

from __future__ import annotations

import math
from collections.abc import Mapping

from interviewer.content.company import LeverId, Pay
from interviewer.interview.bid import MOST_POINTS

# How fast an offer rises towards the reservation value: offer_k goes with (k / K) ^ (1 / beta).
BETA: Mapping[str, float] = {"firm": 0.5, "fair": 1.0, "generous": 2.0}
# Above the target the boss moves only for somebody who has given two reasons or more.
POINTS_ABOVE_TARGET = 2
_LEAST_FACTOR, _POINT_FACTOR = 0.5, 0.125
# What a lever without an amount in money costs, as a share of the opening figure for each unit.
_UNIT_SHARE = 0.005
_COSTS: Mapping[LeverId, float] = {
    "sign_on": 1.0, "review_6m": 0.3, "remote_days": 0.2, "extra_leave_days": 0.4,
    "training_budget": 0.5, "start_date_weeks": 0.1, "title": 0.1,
}  # fmt: skip
_IN_MONEY: frozenset[LeverId] = frozenset({"sign_on", "training_budget"})


def factor(points: int) -> float:
    """Return how far the boss moves for so many points: half the way for none, all for four."""
    return _LEAST_FACTOR + _POINT_FACTOR * min(points, MOST_POINTS)


def step_of(pay: Pay) -> float:
    """Return what figures are rounded down to: the pack's, else what is usual for the period."""
    if pay.step is not None:
        return pay.step
    return {"year": 500.0, "month": 100.0, "hour": 0.5}[pay.period]


def target_of(pay: Pay) -> float:
    """Return where the boss stops volunteering; half-way to the limit where the pack is silent."""
    return pay.target if pay.target is not None else (pay.opening + pay.reservation) / 2


def planned_offer(pay: Pay, k: int, points: int, granted: float = 0.0) -> float:
    """Return the k-th offer for somebody who has given so many grounds.

    `O_0 + (R - O_0) (k / K)^(1 / beta) j`, rounded down, never below the opening and never above
    what granted levers leave of the reservation value (SCIENCE 2.4).
    """
    share = float(min(k / pay.offers, 1.0) ** (1 / BETA[pay.style]))
    raw = pay.opening + (pay.reservation - pay.opening) * share * factor(points)
    if points < POINTS_ABOVE_TARGET:
        raw = min(raw, max(target_of(pay), pay.opening))
    raw = min(raw, pay.reservation - granted)
    step: float = step_of(pay)
    # A hair above, so that 48,500 / 500 is 97 whatever the machine's last digit says.
    return max(float(math.floor(raw / step + 1e-9) * step), pay.opening)


def cost_of(pay: Pay, lever: LeverId) -> float:
    """Return what a lever costs, in the currency and period of the pay."""
    of_pack = next((entry for entry in pay.levers if entry.id == lever), None)
    if of_pack is None:
        return math.inf
    share = of_pack.cost if of_pack.cost is not None else _COSTS[lever]
    amount = of_pack.max or 1.0
    if lever in _IN_MONEY:
        periods = {"year": 1.0, "month": float(pay.months_per_year), "hour": 1800.0}[pay.period]
        return share * amount / periods
    return share * amount * _UNIT_SHARE * pay.opening
