"""Errors of this program go from one process to another."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from interviewer.errors import ContentError, Fault, InterviewerError, ModelError, SetupError


@pytest.mark.parametrize(
    "error",
    [
        SetupError("There is no folder."),
        ModelError("openai:fake", "no_key"),
        ModelError("openai:fake", "no_key", "It has no key."),
        ContentError(Fault(Path("a.toml"), 3, "It is wrong.", "Mend it.")),
    ],
)
def test_an_error_of_another_process_is_the_one_that_was_raised(error: InterviewerError) -> None:
    """Its kind, its words, its exit code and all that it keeps."""
    come = pickle.loads(pickle.dumps(error))
    assert type(come) is type(error)
    assert (str(come), come.exit_code, vars(come)) == (str(error), error.exit_code, vars(error))
