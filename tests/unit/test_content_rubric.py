"""What a competency file promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.form import read_document
from interviewer.content.rubric import REQUIRED, Rubric
from interviewer.errors import ContentError

_HEAD = """schema = 1
id = "teamwork"
name = {en = "Teamwork", zh = "合作"}
definition = {en = "Works with others.", zh = "与人合作。"}
"""
_ANCHORS = """[anchors]
1 = {en = "Alone."}
3 = {en = "With help."}
5 = {en = "Leads."}
"""
_QUESTION = """[[questions]]
id = "team.1"
type = "past_behaviour"
text = {en = "When did you last disagree?", zh = "最近一次分歧是什么时候？"}
"""


def _read(folder: Path, text: str) -> Rubric:
    path = folder / "teamwork.toml"
    path.write_text(text, encoding="utf-8")
    return read_document(path, Rubric)


def _fault(folder: Path, text: str) -> str:
    with pytest.raises(ContentError) as caught:
        _read(folder, text)
    (fault,) = caught.value.faults
    assert fault.fix
    return f"{fault.line}: {fault.what}"


def test_a_rubric_is_read_with_its_questions(tmp_path: Path) -> None:
    """Anchors are known by level, questions in the order of the file, with what is the rule."""
    rubric = _read(tmp_path, _HEAD + _ANCHORS + _QUESTION)
    assert sorted(rubric.anchors) == [1, 3, 5]
    (question,) = rubric.questions
    assert (question.id, question.grounding, question.minutes) == ("team.1", "none", 5)


def test_low_medium_high_are_read_as_1_3_5(tmp_path: Path) -> None:
    """A rubric written with three named levels is the same as one with numbers."""
    named = (
        "[anchors]\nlow = {en = 'Alone.'}\nmedium = {en = 'With help.'}\nhigh = {en = 'Leads.'}\n"
    )
    assert _read(tmp_path, _HEAD + named) == _read(tmp_path, _HEAD + _ANCHORS)


def test_a_level_said_in_no_known_way_is_a_fault(tmp_path: Path) -> None:
    """A level is a number or one of three names."""
    assert "anchors.great" in _fault(tmp_path, f"{_HEAD}{_ANCHORS}great = {{en = 'x'}}\n")


def test_anchors_that_are_no_table_are_a_fault(tmp_path: Path) -> None:
    """Anchors are a table by level."""
    assert _fault(tmp_path, f'{_HEAD}anchors = "good"\n').startswith("5: `anchors`: ")


def test_missing_anchors_are_named(tmp_path: Path) -> None:
    """Levels 1, 3 and 5 are described, or the file is refused."""
    said = _fault(tmp_path, f"{_HEAD}[anchors]\n3 = {{en = 'x'}}\n")
    assert "anchors missing for level 1, 5" in said


def test_anchors_outside_the_scale_are_named(tmp_path: Path) -> None:
    """A level that nobody can reach is a fault."""
    assert "outside the scale: [6]" in _fault(tmp_path, f"{_HEAD}{_ANCHORS}6 = {{en = 'x'}}\n")


def test_another_scale_needs_its_ends_only(tmp_path: Path) -> None:
    """On a scale of points the lowest and the highest are described."""
    scale = 'scale = {id = "points", min = 0, max = 10}\n'
    rubric = _read(tmp_path, f"{_HEAD}{scale}[anchors]\n0 = {{en = 'x'}}\n10 = {{en = 'y'}}\n")
    assert sorted(rubric.anchors) == [0, 10]
    said = _fault(tmp_path, f"{_HEAD}{scale}[anchors]\n0 = {{en = 'x'}}\n")
    assert "anchors missing for level 10" in said


def test_a_scale_goes_upwards(tmp_path: Path) -> None:
    """A scale whose end is not above its beginning is a fault on its line."""
    said = _fault(tmp_path, f"{_HEAD}scale = {{min = 5, max = 5}}\n{_ANCHORS}")
    assert said == "5: `scale`: min must be below max."


@pytest.mark.parametrize(
    ("text", "marks"), [("Who? And why?", 2), ("谁？为什么？还有呢？", 3), ("谁？Why?", 2)]
)
def test_a_question_asks_one_thing(tmp_path: Path, text: str, marks: int) -> None:
    """Two question marks in one text are refused, in the signs of both languages."""
    asked = _QUESTION.replace("When did you last disagree?", text)
    said = _fault(tmp_path, _HEAD + _ANCHORS + asked)
    assert (
        said == f"12: `questions.0.text`: the en text has {marks} question marks, ask one thing."
    )


def test_a_question_needs_topics_when_it_needs_a_fact(tmp_path: Path) -> None:
    """A question that is asked with a fact only says on which topics."""
    text = f'{_HEAD}{_ANCHORS}{_QUESTION}grounding = "required"\n'
    assert "grounding is required but topics is empty" in _fault(tmp_path, text)
    assert _read(tmp_path, f'{text}topics = ["nature"]\n').questions[0].topics == ("nature",)


@pytest.mark.parametrize(
    "line",
    ['topics = ["weather"]', 'type2 = "x"', "minutes = 0", 'probes = {mood = [{en = "x"}]}'],
)
def test_words_nobody_knows_are_refused(tmp_path: Path, line: str) -> None:
    """Topics, keys, minutes and parts outside the form are faults on their own line."""
    assert _fault(tmp_path, f"{_HEAD}{_ANCHORS}{_QUESTION}{line}\n").startswith("13: ")


def test_the_level_required_falls_back_to_the_house_scheme(tmp_path: Path) -> None:
    """A rubric may set the level for a seniority; for others the scheme holds."""
    rubric = _read(tmp_path, f"{_HEAD}required = {{senior = 5}}\n{_ANCHORS}")
    assert rubric.level_required("senior") == 5
    assert rubric.level_required("intern") == REQUIRED["intern"] == 2
