"""Formats: those the personas can hold, one examiner's round alone, a format of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.checking import check_path
from interviewer.content.library import Library, load_library
from interviewer.content.staffing import misfits
from interviewer.errors import ContentError, InputError
from interviewer.interview.planning import build_plan
from interviewer.interview.wishing import format_named, make_wish
from tests.conftest import ROOT, TODAY

OWN = """schema = 1
id = "{id}"
name = {{en = "My own", zh = "我的"}}
[[rounds]]
id = "chat"
persona = "{persona}"
minutes = {minutes}
scored_questions = {questions}
steps = {steps}
"""


def _own(folder: Path, name: str = "mine", **changes: object) -> Path:
    told: dict[str, object] = {
        "id": name, "persona": "hr", "minutes": 20, "questions": 3,
        "steps": '["open", "motivation", "behaviour", "close"]',
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(OWN.format(**(told | changes)), encoding="utf-8")
    return path


def test_the_formats_that_come_along_can_be_held(library: Library) -> None:
    """No shipped format asks of a persona what its competencies do not hold."""
    for entry in library.formats.values():
        assert misfits(entry, library.personas, library.rubrics) == ()


@pytest.mark.parametrize(
    ("changes", "what", "fix"),
    [
        ({"persona": "pope"}, "names the persona `pope`", "Known are: boss"),
        (
            {"steps": '["open", "motivation", "pay", "close"]'},
            "`hr` may not talk about pay",
            "Remove the step",
        ),
        (
            {"steps": '["open", "knowledge", "close"]'},
            "the step `knowledge`, for which no competency of `hr` has a question (knowledge)",
            "Remove the step",
        ),
        ({"minutes": 6}, "3 scored questions in 6 minutes", "Give it 8.5 minutes or more"),
        ({"steps": '["behaviour", "open"]'}, "`open` must come first", ""),
        ({"steps": '["close", "behaviour"]'}, "`close` must come last", ""),
        ({"steps": '["behaviour", "behaviour"]'}, "stand there twice: behaviour", ""),
    ],
)
def test_what_is_wrong_with_a_format_of_ones_own_is_told(
    tmp_path: Path, library: Library, changes: dict[str, object], what: str, fix: str
) -> None:
    """Checking a coach's file and using it name the same fault, and what to do about it."""
    path = _own(tmp_path, **changes)
    with pytest.raises(ContentError) as checked:
        check_path(path, ROOT / "personas", [ROOT / "knowledge"])
    with pytest.raises(ContentError) as used:
        library.with_format(path)
    for caught in (checked, used):
        assert what in str(caught.value)
        assert fix in str(caught.value)


def test_a_format_of_ones_own_is_used_by_its_file(tmp_path: Path, library: Library) -> None:
    """An interview is planned by a coach's file; the library it was added to is unchanged."""
    more, name = library.with_format(_own(tmp_path))
    assert name == "mine"
    assert "mine" not in library.formats
    assert check_path(_own(tmp_path), ROOT / "personas", []) == "All sound: mine.toml."
    assert format_named(more, "mine").rounds[0].id == "chat"


def test_formats_of_the_data_folder_are_known_by_id(tmp_path: Path) -> None:
    """A file in the data folder's formats is offered like those that come along."""
    _own(tmp_path / "formats")
    library = load_library(ROOT / "personas", [], tmp_path / "formats")
    assert {"mine", "company"} <= set(library.formats)
    assert "mine" not in load_library(ROOT / "personas", [], tmp_path / "gone").formats


def test_an_own_format_does_not_replace_one_that_comes_along(tmp_path: Path) -> None:
    """Two formats of one id are a fault, so that nobody's interview changes in silence."""
    _own(tmp_path / "formats", "company")
    with pytest.raises(ContentError, match="There is a format `company` already"):
        load_library(ROOT / "personas", [], tmp_path / "formats")


def test_a_format_of_which_one_is_taken_has_the_first_unless_told(library: Library) -> None:
    """`single` is ten minutes with the first examiner, `single:boss` with the boss."""
    assert [part.persona for part in format_named(library, "single").rounds] == ["hr"]
    assert [part.persona for part in format_named(library, "single:boss").rounds] == ["boss"]
    assert {part.minutes for part in library.formats["single"].rounds} == {10}


def test_any_format_gives_one_round_alone(library: Library) -> None:
    """`company:technical` is that round as the format has it."""
    whole = library.formats["company"]
    assert format_named(library, "company").rounds == whole.rounds
    assert format_named(library, "company:technical").rounds == (whole.rounds[1],)


def test_an_examiner_without_a_round_is_refused(library: Library) -> None:
    """The refusal names what can be chosen."""
    with pytest.raises(InputError, match="no round with `pope`"):
        format_named(library, "company:pope")
    with pytest.raises(InputError, match="There is no interview format `solo`"):
        format_named(library, "solo")


@pytest.mark.parametrize("persona", ["hr", "technical", "boss", "peer", "panel"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_quick_drill_is_planned_for_everybody(
    library: Library, persona: str, language: str
) -> None:
    """Each examiner has three scored questions in ten minutes, in both languages."""
    wish = make_wish(
        library, company="brightwell", role="data-engineer", seed=4, today=TODAY,
        passages=lambda _: (), language=language, format_id=f"single:{persona}",
    )  # fmt: skip
    (part,) = build_plan(library, wish).rounds
    scored = [item for item in part.items if item.kind in ("question", "expectation")]
    assert part.persona == persona
    assert len(scored) == 3
