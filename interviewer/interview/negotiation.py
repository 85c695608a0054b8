"""The boss's side of pay, as arithmetic (SCIENCE 2.4): what is offered next, and why.

Nobody's name, sex or age is known here. Every figure comes from the pack; the reservation value
bounds each offer and is never among them by itself unless full justification has earned it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from interviewer.content.company import LeverId, Pay
from interviewer.interview.bid import Bid
from interviewer.interview.offers import cost_of, planned_offer

Kind = Literal[
    "range", "step", "last", "above", "take_back", "agreed", "granted", "not_ours", "noted"
]
_MOST_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Table:
    """What lies on the table.

    Attributes:
        figures: Figures the boss has put there, oldest first; they never fall.
        steps: How many of them were steps of the concession curve.
        points: Grounds the candidate has given, kinds of `bid.POINTS`.
        levers: Levers that were granted.
        added: Levers the boss put to it unasked; they are not reckoned against the figure.
        above: Times the candidate asked for more than the post pays.
        ended: Whether it was agreed, broken off, or the last word said.
        agreed: The figure both settled on, None without one.
    """

    figures: tuple[float, ...] = ()
    steps: int = 0
    points: frozenset[str] = frozenset()
    levers: tuple[LeverId, ...] = ()
    added: tuple[LeverId, ...] = ()
    above: int = 0
    ended: bool = False
    agreed: float | None = None

    @property
    def held(self) -> tuple[LeverId, ...]:
        """The levers that go with the figure."""
        return (*self.levers, *self.added)

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


def reply_to(pay: Pay, table: Table, bid: Bid) -> Reply:
    """Return the boss's answer to what the candidate has just said of pay."""
    table = replace(table, points=table.points | bid.points)
    if table.ended or bid.withdraws:
        return Reply("noted", None, (), replace(table, ended=True))
    return _Boss(pay, table, bid, *_levers(pay, table, bid)).reply()


@dataclass(frozen=True)
class _Boss:
    """One answer in the making.

    Attributes:
        table: With the grounds that were just given.
        granted: Levers asked for that can be granted.
        refused: Whether one asked for cannot.
    """

    pay: Pay
    table: Table
    bid: Bid
    granted: tuple[LeverId, ...]
    refused: bool

    def reply(self) -> Reply:
        """Return the answer: to a figure, to a yes, to a lever, to a wish for more."""
        bid, standing = self.bid, self.table.standing
        if bid.ask is not None:
            return self._to_ask(bid.ask)
        if bid.accepts and standing is not None and not self.refused:
            return self._agreed(standing)
        if self.granted:
            return self._put("granted", self._standing)
        if standing is None or bid.asks_range:
            return self._put("range", self._standing)
        if self.refused and not bid.haggles:
            return self._put("not_ours", standing)
        if bid.haggles or bid.points or bid.levers:
            return self._next_step()
        # Nothing was said that could move anybody: it is taken down and left open.
        return Reply("noted", standing, (), replace(self.table, ended=True))

    @property
    def _standing(self) -> float:
        return self.pay.opening if self.table.standing is None else self.table.standing

    @property
    def _following(self) -> float:
        """The next offer of the curve beside what is granted, never below what lies there."""
        return self._planned(self.table.steps + 1)

    def _planned(self, k: int) -> float:
        given = sum(cost_of(self.pay, lever) for lever in (*self.table.levers, *self.granted))
        planned = planned_offer(self.pay, k, len(self.table.points), given)
        return max(planned, self.table.standing or 0.0)

    def _to_ask(self, ask: float) -> Reply:
        if ask > self.pay.band[1]:
            return self._above()
        if ask <= self._following:
            return self._agreed(max(ask, self.pay.band[0], self.table.standing or 0.0))
        return self._next_step()

    def _above(self) -> Reply:
        """More than the post pays: said so, then taken back to others, then the last word."""
        times = self.table.above + 1
        # Nothing is granted to a figure that is out of reach; the levers are spoken of.
        boss = replace(self, table=replace(self.table, above=times), granted=())
        if times >= _MOST_ABOVE:
            return boss._stepped("last", self._planned(self.pay.offers), self.pay.offers)
        return boss._put("above" if times == 1 else "take_back", self._standing)

    def _next_step(self) -> Reply:
        k = self.table.steps + 1
        if k > self.pay.offers:
            after = replace(self.table, ended=True)
            return Reply("noted", self.table.standing, (), after)
        return self._stepped("last" if k == self.pay.offers else "step", self._following, k)

    def _stepped(self, kind: Kind, figure: float, steps: int) -> Reply:
        """Return a step of the curve, with what is granted or what the boss adds to the first."""
        first = kind == "step" and steps == 1 and not (self.table.held or self.granted)
        added = _gift(self.pay, figure) if first else ()
        after = replace(
            self._after(figure), steps=steps, levers=(*self.table.levers, *self.granted),
            added=(*self.table.added, *added),
        )  # fmt: skip
        return Reply(kind, figure, (*self.granted, *added), after)

    def _put(self, kind: Kind, figure: float) -> Reply:
        """Return the reply that puts a figure on the table without a step of the curve."""
        after = replace(self._after(figure), levers=(*self.table.levers, *self.granted))
        if kind == "granted":
            return Reply(kind, figure, self.granted, after)
        # What else there is has been said with the first figure.
        first = kind in ("range", "above", "take_back") and not self.table.figures
        return Reply(kind, figure, open_levers(self.pay, self.table) if first else (), after)

    def _agreed(self, figure: float) -> Reply:
        after = replace(
            self._after(figure), levers=(*self.table.levers, *self.granted), ended=True,
            agreed=figure,
        )  # fmt: skip
        return Reply("agreed", figure, self.granted, after)

    def _after(self, figure: float) -> Table:
        return replace(self.table, figures=(*self.table.figures, figure))


def _levers(pay: Pay, table: Table, bid: Bid) -> tuple[tuple[LeverId, ...], bool]:
    """Return which of the levers asked for can be granted, and whether one cannot."""
    left = pay.reservation - (table.standing if table.standing is not None else pay.opening)
    left -= sum(cost_of(pay, lever) for lever in table.levers)
    granted: list[LeverId] = []
    refused = False
    for lever in sorted(bid.levers - set(table.held)):
        cost = cost_of(pay, lever)
        if cost <= left:
            granted.append(lever)
            left -= cost
        else:
            refused = True
    return tuple(granted), refused


def _gift(pay: Pay, figure: float) -> tuple[LeverId, ...]:
    """Return what the boss adds unasked: the pack's first lever that needs no amount."""
    for lever in pay.levers:
        if lever.max is None and figure + cost_of(pay, lever.id) <= pay.reservation:
            return (lever.id,)
    return ()


def open_levers(pay: Pay, table: Table) -> tuple[LeverId, ...]:
    """Return levers that might be spoken of and are not on the table yet."""
    return tuple(entry.id for entry in pay.levers if entry.id not in table.held)
