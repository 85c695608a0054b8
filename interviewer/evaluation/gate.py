"""What fails a build: `grounding<0.90,prohibited_questions>0.005,unscored>0.01`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewer.errors import UsageError
from interviewer.evaluation.report import Evaluation

_PART = re.compile(r"(?P<name>[a-z_0-9]+)\s*(?P<sign><=|>=|<|>)\s*(?P<limit>-?\d+(?:\.\d+)?)")
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
SHARES = ("unscored", "unreadable")


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that fails.

    Attributes:
        name: A metric, `unscored` or `unreadable`.
        sign: How it is compared.
        limit: With what.
    """

    name: str
    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        """Whether a value fails."""
        return _SIGNS[self.sign](value, self.limit)

    def __str__(self) -> str:
        """Return it as it was written."""
        return f"{self.name}{self.sign}{self.limit:g}"


def conditions(text: str, names: Sequence[str]) -> tuple[Condition, ...]:
    """Read what fails.

    Args:
        text: Conditions with commas between them.
        names: Of the metrics that are measured.

    Raises:
        UsageError: A part is no condition, or its metric is not measured.
    """
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = _PART.fullmatch(part)
        if match is None:
            raise UsageError(f"`{part}` is no condition. Write for example grounding<0.90.")
        if match["name"] not in (*names, *SHARES):
            known = ", ".join((*names, *SHARES))
            raise UsageError(f"`{match['name']}` is not measured here. Measured are {known}.")
        found.append(Condition(match["name"], match["sign"], float(match["limit"])))
    return tuple(found)


def failures(evaluation: Evaluation, wanted: Sequence[Condition]) -> tuple[str, ...]:
    """Return why the gate fails, one sentence each; a figure that cannot be told fails too."""
    seen = {summary.name: summary.mean for summary in evaluation.summaries}
    seen |= {"unscored": evaluation.unscored_share, "unreadable": evaluation.unreadable_share}
    found = []
    for condition in wanted:
        value = seen[condition.name]
        if value is None:
            found.append(f"{condition.name} could not be told for any transcript.")
        elif condition.holds(value):
            found.append(f"{condition.name} is {value:.4f}: {condition}.")
    return tuple(found)
