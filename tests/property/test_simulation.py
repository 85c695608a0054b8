"""What holds for every simulated candidate, whatever their seed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.progress import follow
from interviewer.interview.session import plan_of
from interviewer.simulation.candidate import LEVELS, MANNERS, Candidate
from interviewer.transcript_file import dump, load
from tests.conftest import PlanMaker
from tests.simulating import simulated

CANDIDATES = st.builds(
    Candidate,
    manner=st.sampled_from(MANNERS),
    level=st.sampled_from(LEVELS),
    language=st.sampled_from(["en", "zh"]),
    seed=st.integers(0, 2**31 - 1),
    mixed=st.booleans(),
)


@pytest.mark.parametrize("company", ["brightwell", "chengyuan"])
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(candidate=CANDIDATES)
def test_the_same_candidate_says_the_same(
    candidate: Candidate, company: str,
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library,
) -> None:  # fmt: skip
    """The same candidate in the same interview gives the same file, which folds to its end."""
    plan = make_plan(company, seed=candidate.seed, language=candidate.language)
    once = dump(simulated(plan, candidate, voice, library))
    assert dump(simulated(plan, candidate, voice, library)) == once
    back = load(once)
    assert follow(plan_of(back), back).waiting == "nobody"
