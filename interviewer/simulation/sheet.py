"""The private sheet of a simulated candidate: the pay they must have, the pay they hope for."""

from __future__ import annotations

import math
from dataclasses import dataclass

from interviewer.content.company import Pay
from interviewer.interview import seeds
from interviewer.simulation.candidate import Candidate

# The lowest figure lies up to 10 % outside the post's range, hopes lie this much above it.
_AROUND = 0.10
_HOPES = (1.04, 1.16)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Figures nobody is told; without a figure the candidate goes by what is offered.

    Attributes:
        reservation: The lowest pay they accept, None for none.
        target: What they hope for.
        currency: Code of the currency.
        period: `year`, `month`, `day` or `hour`.
        step: What figures are rounded to.
    """

    reservation: float | None = None
    target: float | None = None
    currency: str = ""
    period: str = ""
    step: float = 1.0

    def rounded(self, amount: float) -> float:
        """Return a figure as somebody would name it."""
        return round(amount / self.step) * self.step

    def to_json(self) -> dict[str, object]:
        """Return the form in `interview.simulated.sheet`."""
        return {
            "reservation": self.reservation,
            "target": self.target,
            "currency": self.currency or None,
            "period": self.period or None,
        }


def sheet_for(candidate: Candidate, pay: Pay | None) -> Sheet:
    """Return a candidate's sheet for a post, drawn around the range of its pay."""
    if pay is None:
        return Sheet()
    low, high = pay.band
    step = 10 ** max(0, math.floor(math.log10(low)) - 1) / 2
    share = seeds.number(candidate.seed, "reservation") / 2**64
    hope = _HOPES[0] + (_HOPES[1] - _HOPES[0]) * seeds.number(candidate.seed, "target") / 2**64
    floor = low * (1 - _AROUND)
    reservation = floor + share * (high * (1 + _AROUND) - floor)
    return Sheet(
        reservation=round(reservation / step) * step,
        target=round(reservation * hope / step) * step,
        currency=pay.currency,
        period=pay.period,
        step=step,
    )
