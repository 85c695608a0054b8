"""What a candidate left on the table, for the report; the limit itself is not told."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.content.company import LeverId, Pay
from interviewer.interview.bid import MOST_POINTS, POINTS
from interviewer.interview.negotiation import Table, open_levers
from interviewer.interview.offers import cost_of, planned_offer


@dataclass(frozen=True, slots=True)
class Left:
    """What a candidate left on the table.

    Attributes:
        standing: The figure at the end.
        earned: What the same steps give with all four grounds; None where that is no more, or is
            the limit.
        levers: Levers nobody asked for.
        missing: Grounds that were not given, kinds of `bid.POINTS`.
    """

    standing: float
    earned: float | None
    levers: tuple[LeverId, ...]
    missing: tuple[str, ...]


def what_was_left(pay: Pay, table: Table) -> Left | None:
    """Return what was left on the table, None when no figure ever lay there."""
    if table.standing is None:
        return None
    granted = sum(cost_of(pay, lever) for lever in table.levers)
    earned = planned_offer(pay, max(table.steps, 1), MOST_POINTS, granted)
    # All steps with all grounds come to the limit, or to what levers leave of it.
    limit = planned_offer(pay, pay.offers, MOST_POINTS, granted)
    return Left(
        standing=table.standing,
        earned=earned if table.standing < earned < limit else None,
        levers=open_levers(pay, table),
        missing=tuple(point for point in POINTS if point not in table.points),
    )
