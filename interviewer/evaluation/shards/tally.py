"""Values of one metric added up exactly, so that parts put together are what the whole is.

Sums are fractions, so no order of adding rounds them. Up to `GROUPS` values are kept one by one,
and the interval is that of the ordinary bootstrap; beyond, it draws groups of transcripts, each
with a sum of its own (the method of random groups, Wolter 2007, chapter 2). Which group is a hash
of the transcript's id and of where it lies: neither the order nor a period of a file shows in it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from interviewer.evaluation.intervals import GROUPS, groups_interval, mean_interval
from interviewer.evaluation.metric import Score

_MOST_REASONS = 100
_OTHERS = "For other reasons."


def group_of(name: str, where: str) -> int:
    """Return the group of a transcript, from 0 to `GROUPS` less one.

    Args:
        name: Its id, which files from elsewhere may not have or have twice.
        where: Where it lies.
    """
    data = f"{name}\0{where}".encode(errors="backslashreplace")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") % GROUPS


@dataclass
class Tally:
    """Values and reasons for none.

    Attributes:
        groups: By its number, how many values a group has and their sum.
        values: All of them in order, while there are no more than `GROUPS`; none beyond.
        reasons: Why there is no value, counted.
        n: How many values there are.
    """

    groups: dict[int, tuple[int, Fraction]] = field(default_factory=dict)
    values: list[float] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    n: int = 0

    def add(self, group: int, score: Score) -> None:
        """Add what is said of a transcript of a group."""
        if score.value is None:
            self._reason(score.reason, 1)
        else:
            self.value(group, score.value)

    def value(self, group: int, value: float) -> None:
        """Add a value of a transcript of a group."""
        self._sum(group, 1, Fraction(value))
        self._values([value])

    def absorb(self, other: Tally) -> None:
        """Add what was found in the transcripts that follow."""
        for group, (n, total) in other.groups.items():
            self._sum(group, n, total)
        self._values(other.values)
        for reason, n in other.reasons.items():
            self._reason(reason, n)

    def _sum(self, group: int, n: int, total: Fraction) -> None:
        held, so_far = self.groups.get(group, (0, None))
        self.groups[group] = (held + n, total if so_far is None else so_far + total)
        self.n += n

    def _values(self, more: list[float]) -> None:
        if self.n > GROUPS:
            self.values.clear()
        else:
            self.values += more

    def _reason(self, reason: str, n: int) -> None:
        known = reason in self.reasons or len(self.reasons) < _MOST_REASONS
        self.reasons[reason if known else _OTHERS] += n

    @property
    def mean(self) -> float | None:
        """Their mean, None without any."""
        if not self.n:
            return None
        return float(sum(total for _, total in self.groups.values())) / self.n

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the mean, None for fewer than two values."""
        if self.n <= GROUPS:
            return mean_interval(self.values)
        in_order = [self.groups[group] for group in sorted(self.groups)]
        return groups_interval([float(total) for _, total in in_order], [n for n, _ in in_order])

    def to_json(self) -> dict[str, object]:
        """Return the form that a part is kept in."""
        groups = [[g, n, t.numerator, t.denominator] for g, (n, t) in self.groups.items()]
        return {"groups": groups, "values": self.values, "reasons": dict(self.reasons)}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Tally:
        """Return what `to_json` gave."""
        groups = {g: (n, Fraction(above, below)) for g, n, above, below in told["groups"]}
        n = sum(n for n, _ in groups.values())
        return cls(groups, told["values"], Counter(told["reasons"]), n)
