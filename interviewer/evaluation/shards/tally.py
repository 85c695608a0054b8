"""Values of one metric added up exactly, so that parts put together are what the whole is.

Sums are fractions, so no order of adding rounds them; each group of transcripts has a sum of its
own, for intervals draw groups. Up to `GROUPS` transcripts a group is one transcript, and the
interval is that of the ordinary bootstrap; beyond, transcripts are dealt out to groups in turn
(the method of random groups, Wolter 2007, chapter 2).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from interviewer.evaluation.intervals import GROUPS, groups_interval
from interviewer.evaluation.metric import Score

_MOST_REASONS = 100
_OTHERS = "For other reasons."


@dataclass
class Tally:
    """Values and reasons for none.

    Attributes:
        groups: By its number, how many values a group has and their sum.
        reasons: Why there is no value, counted.
    """

    groups: dict[int, tuple[int, Fraction]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, place: int, score: Score) -> None:
        """Add what is said of the transcript at a place."""
        if score.value is None:
            self._reason(score.reason, 1)
        else:
            self.value(place, score.value)

    def value(self, place: int, value: float) -> None:
        """Add a value."""
        self._sum(place % GROUPS, 1, Fraction(value))

    def absorb(self, other: Tally, before: int) -> None:
        """Add what was found in transcripts that so many come before."""
        for group, (n, total) in other.groups.items():
            self._sum((group + before) % GROUPS, n, total)
        for reason, n in other.reasons.items():
            self._reason(reason, n)

    def _sum(self, group: int, n: int, total: Fraction) -> None:
        held, so_far = self.groups.get(group, (0, None))
        self.groups[group] = (held + n, total if so_far is None else so_far + total)

    def _reason(self, reason: str, n: int) -> None:
        known = reason in self.reasons or len(self.reasons) < _MOST_REASONS
        self.reasons[reason if known else _OTHERS] += n

    @property
    def n(self) -> int:
        """How many values there are."""
        return sum(n for n, _ in self.groups.values())

    @property
    def mean(self) -> float | None:
        """Their mean, None without any."""
        n = self.n
        return float(sum(total for _, total in self.groups.values())) / n if n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the mean, None for fewer than two values."""
        if self.n < 2:
            return None
        in_order = [self.groups[group] for group in sorted(self.groups)]
        return groups_interval([float(total) for _, total in in_order], [n for n, _ in in_order])

    def to_json(self) -> dict[str, object]:
        """Return the form that a part is kept in."""
        groups = [[g, n, t.numerator, t.denominator] for g, (n, t) in self.groups.items()]
        return {"groups": groups, "reasons": dict(self.reasons)}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Tally:
        """Return what `to_json` gave."""
        groups = {g: (n, Fraction(above, below)) for g, n, above, below in told["groups"]}
        return cls(groups, Counter(told["reasons"]))
