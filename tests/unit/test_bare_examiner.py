"""What a model that interviews alone is told."""

from __future__ import annotations

from interviewer.models.bare_examiner import MOST_RESEARCH, fitting
from interviewer.transcript import Passage


def test_passages_are_given_whole_up_to_a_limit() -> None:
    """None is cut: the first that does not fit, and those after it, are left out."""
    text = "x" * (MOST_RESEARCH // 3)
    passages = [Passage(f"c/d#{n}", text, "Report", "scope") for n in range(5)]
    assert fitting(passages) == tuple(passages[:3])
    assert fitting(passages[:2]) == tuple(passages[:2])
