"""The boss's side of pay, as arithmetic (SCIENCE 2.4): what is offered next, and why.

Nobody's name, sex or age is known here. Every figure comes from the pack; the reservation value
bounds each offer and is never among them by itself unless full justification has earned it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from interviewer.content.company import LeverId, Pay
from interviewer.interview.bid import MOST_POINTS, POINTS, Bid

Kind = Literal[
    "range", "step", "last", "above", "take_back", "agreed", "granted", "not_ours", "noted"
]
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
_MOST_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Table:
    """What lies on the table.

    Attributes:
        figures: Figures the boss has put there, oldest first; they never fall.
        steps: How many of them were steps of the concession curve.
        points: Grounds the candidate has given, kinds of `bid.POINTS`.
        levers: Levers that were granted.
        above: Times the candidate asked for more than the post pays.
        ended: Whether it was agreed, broken off, or the last word said.
        agreed: The figure both settled on, None without one.
    """

    figures: tuple[float, ...] = ()
    steps: int = 0
    points: frozenset[str] = frozenset()
    levers: tuple[LeverId, ...] = ()
    above: int = 0
    ended: bool = False
    agreed: float | None = None

    @property
    def standing(self) -> float | None:
        """The figure on the table, None before the first."""
        return self.figures[-1] if self.figures else None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the boss answers to a bid.

    Attributes:
        kind: What it does.
        figure: The figure it states, None for none.
        levers: What is granted, or what might be spoken of.
        table: The table after it.
    """

    kind: Kind
    figure: float | None
    levers: tuple[LeverId, ...]
    table: Table


def factor(points: int) -> float:
    """Return how far the boss moves for so many points: half the way for none, all for four."""
    return _LEAST_FACTOR + _POINT_FACTOR * min(points, MOST_POINTS)


def step_of(pay: Pay) -> float:
    """Return what figures are rounded down to: the pack's, else what is usual for the period."""
    if pay.step is not None:
        return pay.step
    return {"year": 500.0, "month": 100.0, "hour": 0.1}[pay.period]


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


def reply_to(pay: Pay, table: Table, bid: Bid) -> Reply:
    """Return the boss's answer to what the candidate has just said of pay."""
    table = _with_points(table, bid)
    if table.ended:
        return _noted(table, None)
    if bid.withdraws:
        return _noted(table, None)
    if bid.accepts and table.standing is not None:
        return _agreed(table, table.standing)
    granted, refused = _levers(pay, table, bid)
    if bid.ask is not None:
        return _to_ask(pay, table, bid.ask, granted)
    if granted:
        return _granting(pay, table, granted)
    if refused and table.standing is not None:
        return Reply("not_ours", table.standing, (), table)
    if table.standing is None:
        return _put(table, "range", pay.opening, _open_levers(pay, table), step=False)
    return _next_step(pay, table, ())


def _with_points(table: Table, bid: Bid) -> Table:
    return _changed(table, points=table.points | bid.points)


def _to_ask(pay: Pay, table: Table, ask: float, granted: tuple[LeverId, ...]) -> Reply:
    if ask > pay.band[1]:
        return _above(pay, _changed(table, above=table.above + 1))
    following = _following(pay, table)
    if ask <= following:
        return _agreed(table, max(ask, pay.band[0], table.standing or 0.0))
    return _next_step(pay, table, granted)


def _above(pay: Pay, table: Table) -> Reply:
    """More than the post pays: said so, then taken back to others, then the last word."""
    if table.above >= _MOST_ABOVE:
        return _put(_changed(table, steps=pay.offers - 1), "last", _last(pay, table), ())
    kind: Kind = "above" if table.above == 1 else "take_back"
    figure = table.standing if table.standing is not None else pay.opening
    # What else there is has been said with the first figure.
    levers = () if table.figures else _open_levers(pay, table)
    return _put(table, kind, figure, levers, step=False)


def _next_step(pay: Pay, table: Table, granted: tuple[LeverId, ...]) -> Reply:
    if table.steps >= pay.offers:
        return _noted(table, table.standing)
    figure = _following(pay, table)
    kind: Kind = "last" if table.steps + 1 >= pay.offers else "step"
    return _put(table, kind, figure, granted)


def _following(pay: Pay, table: Table) -> float:
    """Return the next offer of the curve, never below what lies on the table."""
    granted = sum(cost_of(pay, lever) for lever in table.levers)
    planned = planned_offer(pay, table.steps + 1, len(table.points), granted)
    return max(planned, table.standing or 0.0)


def _last(pay: Pay, table: Table) -> float:
    granted = sum(cost_of(pay, lever) for lever in table.levers)
    planned = planned_offer(pay, pay.offers, len(table.points), granted)
    return max(planned, table.standing or 0.0)


def _levers(pay: Pay, table: Table, bid: Bid) -> tuple[tuple[LeverId, ...], bool]:
    """Return which of the levers asked for can be granted, and whether one cannot."""
    left = pay.reservation - (table.standing if table.standing is not None else pay.opening)
    left -= sum(cost_of(pay, lever) for lever in table.levers)
    granted: list[LeverId] = []
    refused = False
    for lever in sorted(bid.levers - set(table.levers)):
        cost = cost_of(pay, lever)
        if cost <= left:
            granted.append(lever)
            left -= cost
        else:
            refused = True
    return tuple(granted), refused


def _granting(pay: Pay, table: Table, granted: tuple[LeverId, ...]) -> Reply:
    figure = table.standing if table.standing is not None else pay.opening
    return _put(table, "granted", figure, granted, step=False)


def _open_levers(pay: Pay, table: Table) -> tuple[LeverId, ...]:
    """Return levers that might be spoken of and were not granted yet."""
    return tuple(entry.id for entry in pay.levers if entry.id not in table.levers)


def _put(
    table: Table, kind: Kind, figure: float, levers: tuple[LeverId, ...], *, step: bool = True
) -> Reply:
    """Return the reply that puts a figure on the table."""
    gives = kind in ("granted", "step", "last")
    after = _changed(
        table,
        figures=(*table.figures, figure),
        steps=table.steps + step,
        levers=(*table.levers, *levers) if gives else table.levers,
    )
    return Reply(kind, figure, levers, after)


def _agreed(table: Table, figure: float) -> Reply:
    after = _changed(table, figures=(*table.figures, figure), ended=True, agreed=figure)
    return Reply("agreed", figure, (), after)


def _noted(table: Table, figure: float | None) -> Reply:
    return Reply("noted", figure, (), _changed(table, ended=True))


def _changed(table: Table, **fields: object) -> Table:
    return replace(table, **fields)  # type: ignore[arg-type]  # fields of the table by name


@dataclass(frozen=True, slots=True)
class Left:
    """What a candidate left on the table, for the report.

    Attributes:
        standing: The figure at the end.
        earned: What the same steps give with all four grounds.
        reached: What all steps with all four grounds would have come to.
        levers: Levers nobody asked for.
        missing: Grounds that were not given, kinds of `bid.POINTS`.
    """

    standing: float
    earned: float
    reached: float
    levers: tuple[LeverId, ...]
    missing: tuple[str, ...]


def what_was_left(pay: Pay, table: Table) -> Left | None:
    """Return what was left on the table, None when no figure ever lay there."""
    if table.standing is None:
        return None
    granted = sum(cost_of(pay, lever) for lever in table.levers)
    earned = planned_offer(pay, max(table.steps, 1), MOST_POINTS, granted)
    reached = planned_offer(pay, pay.offers, MOST_POINTS, granted)
    return Left(
        standing=table.standing,
        earned=max(earned, table.standing),
        reached=max(reached, table.standing),
        levers=_open_levers(pay, table),
        missing=tuple(point for point in POINTS if point not in table.points),
    )
