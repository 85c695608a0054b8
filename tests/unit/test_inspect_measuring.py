"""What a metric says inside Inspect and Scout, without either: the same as in `evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.evaluation.metric import ORDER
from interviewer.inspect.measuring import carried, measured, named, names

ASKED = [
    {"id": "m1", "role": "assistant", "content": "Are you married?"},
    {"id": "m2", "role": "user", "content": "I would rather not say. Why do you ask?"},
]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))


def test_a_metric_gives_value_findings_and_words_to_read() -> None:
    """The value, and what was found with its turn."""
    told = measured("prohibited_questions", transcript="one", messages=ASKED, metadata={},
                    interviewer_role="")  # fmt: skip
    assert (told.value, told.seqs) == (1.0, (1,))
    assert told.explanation.startswith("Turn 1: ")
    assert told.metadata["version"] == told.version
    (found,) = told.metadata["findings"]  # type: ignore[misc]  # a list of JSON objects
    assert (found["seq"], found["span"]) == (1, "Are you married?")


def test_the_other_side_is_measured_where_it_is_said_to_ask() -> None:
    """With the role, nobody asks what must not be asked; who says nothing has no value."""
    told = measured("prohibited_questions", transcript="one", messages=ASKED, metadata={},
                    interviewer_role="user")  # fmt: skip
    assert (told.value, told.explanation) == (0.0, "Nothing was found.")
    none = measured("grounding", transcript=3, messages=ASKED, metadata={}, interviewer_role="")
    assert none.value is None
    assert none.explanation == "The transcript holds no research to compare with."
    silent = measured("grounding", transcript=3, messages=[], metadata={}, interviewer_role="")
    assert "nothing said by an examiner" in silent.explanation


def test_what_was_carried_is_found_as_a_value_and_as_json_in_a_column() -> None:
    """Inspect keeps it in the sample's metadata, Scout as text, or under the sample's."""
    beside = {"schema": "interviewer.transcript/1", "interview": {"company": "acme"}}
    for metadata in (
        {"interviewer": beside}, {"interviewer": json.dumps(beside)},
        {"sample_metadata": {"interviewer": beside}},
    ):  # fmt: skip
        assert carried(metadata) == {"interviewer": beside}
    assert carried({"post": "engineer"}) == {"post": "engineer"}


@pytest.mark.parametrize("theirs", ["Ann", '{"name": "Ann"}', {"name": "Ann"}, "[1", 3, True])
def test_metadata_that_others_call_interviewer_are_theirs(theirs: object) -> None:
    """Ours says its schema; a person's name under the same word is kept and read as no JSON."""
    assert carried({"interviewer": theirs}) == {"interviewer": theirs}


def test_every_metric_is_registered_under_the_distributions_name() -> None:
    """Inspect asks for the version of what stands before the stroke."""
    assert set(ORDER) <= set(names())
    title, make = named("grounding", lambda: 1)
    assert (title, make.__module__, make()) == ("three_rounds/grounding", "three_rounds", 1)
