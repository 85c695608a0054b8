"""A judge whose replies are broken or false gives no level that comes from nowhere."""

from __future__ import annotations

import asyncio

import pytest

from benchmarks.broken_judge import SCRIPTS, cases_of, seen_with
from interviewer.content.library import Library


@pytest.mark.parametrize("kind", sorted(SCRIPTS))
def test_no_level_comes_from_nowhere(library: Library, kind: str) -> None:
    """With a third of all calls gone wrong levels are those of sound verdicts, or left open."""
    cases = cases_of(library, 12)
    seen = asyncio.run(seen_with(library, cases, SCRIPTS[kind](0.3)))
    assert seen.broken > 0
    assert seen.scored + seen.open == len(cases)
    assert seen.scored > len(cases) / 2
    assert seen.invented == 0
