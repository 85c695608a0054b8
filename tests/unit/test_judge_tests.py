"""The judge tests of "Beyond the Resume", where their folder is there; the data is not ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.judge_tests import AIMS, seen_in
from tests.conftest import ROOT

NAME = "INTERVIEWER_JUDGE_TESTS"
BESIDE = ROOT.parent / "shared" / "data" / "beyond-the-resume" / "judge-tests"
# Not a setting of the program: where a tester keeps data that is not ours.
FOLDER = Path(os.environ.get(NAME) or BESIDE)  # noqa: TID251  # see above


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no judge tests at {NAME} or beside the project")
def test_the_built_in_assessor_reaches_all_aims_at_once() -> None:
    """Unmoved by praise and repetition, moved by evidence, and back by what is taken back."""
    seen = list(seen_in(FOLDER))
    reached = {
        test: sum(right := [s.right for s in seen if s.test == test]) / len(right) for test in AIMS
    }
    assert all(reached[test] >= aim for test, aim in AIMS.items()), reached
