"""The same evidence on other scales: by the rubric's own lowest and highest level."""

from __future__ import annotations

from interviewer.assessment.scoring.strength import HIGHEST, LOWEST
from interviewer.content.rubric import Rubric, Scale


def onto(scale: Scale, level: float) -> float:
    """Return a level of 1 to 5 on a scale, in its proportion."""
    share = (level - LOWEST) / (HIGHEST - LOWEST)
    return scale.min + share * (scale.max - scale.min)


def anchor_for(rubric: Rubric, level: float) -> int:
    """Return the anchor that a level is nearest to, of two the lower one."""
    return min(sorted(rubric.anchors), key=lambda anchor: abs(anchor - level))
