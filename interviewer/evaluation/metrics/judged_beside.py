"""What a model says of the same beside a metric's mean; the mean stays what rules tell."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Self

from interviewer.evaluation.judged.part_figures import JudgedParts, part_figures

if TYPE_CHECKING:
    from interviewer.evaluation.given import Given


class JudgedBeside:
    """A metric of its own with a judge's figure beside it, where one was asked."""

    name: str
    _judged: JudgedParts | None = None

    def informed(self, given: Given) -> Self:
        """Return the metric with what a model said."""
        told = copy(self)
        told._judged = given.judged_parts.get(self.name)
        return told

    def beside(self) -> Mapping[str, object]:
        """Return what it said, with its controls and its agreement with itself."""
        return {"judge": part_figures(self._judged)} if self._judged else {}
