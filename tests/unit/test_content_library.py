"""What reading all content at once promises."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.content.form import read_document
from interviewer.content.format import Format
from interviewer.content.library import Library, load_library
from interviewer.errors import ContentError

_ROOT = Path(__file__).parents[2]
_COMPANY = 'schema = 1\nid = "acme"\nname = {en = "Acme"}\nkind = "start-up"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with a copy of the real personas and one small employer."""
    shutil.copytree(_ROOT / "personas", tmp_path / "personas")
    acme = tmp_path / "knowledge" / "acme"
    acme.mkdir(parents=True)
    (acme / "company.toml").write_text(_COMPANY, encoding="utf-8")
    return tmp_path


def _load(home: Path) -> Library:
    return load_library(home / "personas", [home / "knowledge"])


def _faults(home: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        _load(home)
    assert all(fault.fix for fault in caught.value.faults)
    return [str(fault).removeprefix(f"{home}/") for fault in caught.value.faults]


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_right_content_is_read(home: Path) -> None:
    """Personas, rubrics, formats, words and employers are known by id and cannot be changed."""
    library = _load(home)
    assert set(library.personas) >= {"hr", "technical", "boss"}
    assert library.languages == ("en", "zh")
    assert library.personas["hr"].avatar_svg.lstrip().startswith("<svg")
    assert list(library.packs) == ["acme"]
    with pytest.raises(TypeError):
        library.personas["x"] = library.personas["hr"]  # type: ignore[index]


def test_a_library_without_personas_speaks_no_language() -> None:
    """Nothing offers a language when nobody speaks it."""
    assert Library().languages == ()


def test_all_faults_of_all_files_come_at_once(home: Path) -> None:
    """Faults in a persona, a rubric, a format, a prompt and an employer are named together."""
    personas = home / "personas"
    _edit(personas / "hr" / "persona.toml", 'tone = "warm"', 'tones = "warm"')
    _edit(personas / "_shared" / "rubrics" / "integrity.toml", "schema = 1", "schema = 9")
    _edit(personas / "_formats" / "company.toml", 'combine = "mean"', 'combine = "sum"')
    _edit(personas / "boss" / "prompt.en.md.j2", "move.text", "move.texts")
    _edit(home / "knowledge" / "acme" / "company.toml", "start-up", "club")
    (personas / "_shared" / "words.zh.toml").write_text("schema = 1\n", encoding="utf-8")
    named = {fault.split(":")[0] for fault in _faults(home)}
    assert named == {
        "personas/hr/persona.toml",
        "personas/_shared/rubrics/integrity.toml",
        "personas/_formats/company.toml",
        "personas/boss/prompt.en.md.j2",
        "personas/_shared/words.zh.toml",
        "knowledge/acme/company.toml",
    }


def test_an_id_is_the_name_of_its_file(home: Path) -> None:
    """A rubric, a persona or an employer under another name is a fault."""
    personas = home / "personas"
    rubrics = personas / "_shared" / "rubrics"
    (rubrics / "integrity.toml").rename(rubrics / "honesty.toml")
    (personas / "boss").rename(personas / "chief")
    (home / "knowledge" / "acme").rename(home / "knowledge" / "apex")
    assert _faults(home) == [
        "personas/_shared/rubrics/honesty.toml: The id is `integrity`, the file `honesty`. "
        "Make them equal.",
        "personas/chief/persona.toml: The id is `boss`, the folder `chief`. Make them equal.",
        "knowledge/apex/company.toml: The id is `acme`, the folder `apex`. Make them equal.",
    ]


def test_question_ids_differ_over_all_rubrics(home: Path) -> None:
    """A question id that a second competency uses again is a fault."""
    rubrics = home / "personas" / "_shared" / "rubrics"
    _edit(rubrics / "integrity.toml", 'id = "integrity.1"', 'id = "conflict.1"')
    (fault,) = _faults(home)
    assert "The question id `conflict.1` is also in `integrity`" in fault


def test_a_competency_needs_its_rubric(home: Path) -> None:
    """A persona that looks for something nobody described is a fault."""
    _edit(home / "personas" / "hr" / "persona.toml", '"integrity",', '"integritee",')
    assert _faults(home) == [
        "personas/hr/persona.toml: The competency `integritee` has no rubric that can be read. "
        "Add _shared/rubrics/integritee.toml or remove the name."
    ]


def test_a_round_needs_its_persona(home: Path) -> None:
    """A format that sends the candidate to somebody who is not there is a fault."""
    _edit(home / "personas" / "_formats" / "company.toml", 'persona = "boss"', 'persona = "bos"')
    (fault,) = _faults(home)
    assert "Round `boss` names the persona `bos`, which is not there." in fault


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("phrases.zh.toml", "There is a prompt file for `zh` but no phrases file."),
        ("prompt.zh.md.j2", "There is a phrases file for `zh` but no prompt file."),
        ("hr.svg", "The file is missing."),
        ("persona.toml", "The file is missing."),
    ],
)
def test_a_persona_is_whole(home: Path, missing: str, said: str) -> None:
    """A language has phrases and a prompt, and the drawing is there."""
    (home / "personas" / "hr" / missing).unlink()
    faults = _faults(home)
    assert any(said in fault for fault in faults)


def test_a_persona_speaks_some_language(home: Path) -> None:
    """A persona without a word is a fault."""
    for path in (home / "personas" / "hr").glob("p*.*.*"):
        path.unlink()
    assert any("The persona speaks no language." in fault for fault in _faults(home))


def test_a_persona_is_named_in_every_language_it_speaks(home: Path) -> None:
    """Name, title and mandate exist in each language of the phrasebooks."""
    path = home / "personas" / "hr" / "persona.toml"
    _edit(path, 'name = {en = "Helen Marsh", zh = "陈雅文"}', 'name = {en = "Helen Marsh"}')
    assert _faults(home) == [
        "personas/hr/persona.toml: `name` has no text for `zh`, which the phrasebook offers. "
        "Add it."
    ]


def test_a_persona_may_have_no_drawing(home: Path) -> None:
    """The drawing is optional."""
    _edit(home / "personas" / "hr" / "persona.toml", 'avatar = "hr.svg"', "")
    assert _load(home).personas["hr"].avatar_svg == ""


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src='x'/>",
        "<circle onclick='x()' r='1'/>",
        "<circle\nonload = 'x()' r='1'/>",
        "<circle/onload='x()' r='1'/>",
        '<image href="https://example.org/x.png"/>',
        "<use xlink:href='other.svg#a'/>",
        '<a href="javascript:alert(1)"><circle r="1"/></a>',
        "<a href=javascript:alert(1)><circle r='1'/></a>",
        "<foreignObject><p>x</p></foreignObject>",
        "<style>@import 'x.css';</style>",
        "<rect style='fill:url(https://example.org/x)'/>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<iframe srcdoc='x'/>",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    ],
)
def test_a_hostile_drawing_is_refused(home: Path, inside: str) -> None:
    """A drawing that runs or loads anything is a fault."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    (home / "personas" / "hr" / "hr.svg").write_text(drawing, encoding="utf-8")
    assert _faults(home) == [
        "personas/hr/hr.svg: The drawing holds a script or a link. Keep to plain shapes."
    ]


def test_a_plain_drawing_is_taken(home: Path) -> None:
    """Shapes, and references to parts of the same drawing, are fine."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="a"/></defs>'
        "<rect fill='url(#a)'/><use href=\"#a\"/></svg>"
    )
    (home / "personas" / "hr" / "hr.svg").write_text(drawing, encoding="utf-8")
    assert _load(home).personas["hr"].avatar_svg == drawing


def test_folders_without_content_are_named(tmp_path: Path) -> None:
    """A folder that is not there, or has nobody in it, is a fault with the setting to change."""
    faults = _faults(tmp_path)
    assert any("There is no such folder" in fault for fault in faults)
    (tmp_path / "personas" / "_shared" / "rubrics").mkdir(parents=True)
    assert any("There is no rubric here." in fault for fault in _faults(tmp_path))


def test_a_folder_without_a_persona_is_named(home: Path) -> None:
    """Rubrics alone hold no interview."""
    for path in (home / "personas").glob("[!_]*"):
        shutil.rmtree(path)
    (home / "personas" / ".hidden").mkdir()
    (home / "personas" / "notes.txt").write_text("x", encoding="utf-8")
    shutil.rmtree(home / "personas" / "_formats")
    (fault,) = _faults(home)
    assert "There is no persona here." in fault


@pytest.mark.parametrize("name", ["a", "acme.uk", "acme_uk", "a" * 50])
def test_the_id_of_an_employer_is_short_and_plain(home: Path, name: str) -> None:
    """An employer's id is used in other names, so points and underscores are refused."""
    acme = home / "knowledge" / "acme"
    _edit(acme / "company.toml", 'id = "acme"', f'id = "{name}"')
    acme.rename(acme.with_name(name))
    (fault,) = _faults(home)
    assert f"The id `{name}` is not usable." in fault


def test_a_later_folder_adds_research(home: Path) -> None:
    """A user's own folder adds to an employer and may bring employers of its own."""
    own = home / "own"
    (own / "acme" / "post").mkdir(parents=True)
    (own / "_drafts").mkdir()
    (own / "notes").mkdir()
    (own / "readme.txt").write_text("x", encoding="utf-8")
    library = load_library(home / "personas", [home / "knowledge", own, home / "gone"])
    assert list(library.packs) == ["acme"]
    assert library.packs["acme"].folders == (home / "knowledge" / "acme", own / "acme")


def _format(rounds: str) -> str:
    return f'schema = 1\nid = "f"\nname = {{en = "F"}}\n{rounds}'


_ROUND = (
    '[[rounds]]\nid = "a"\npersona = "hr"\nminutes = 5\nscored_questions = {n}\nsteps = {steps}\n'
)


@pytest.mark.parametrize(
    ("rounds", "said"),
    [
        (lambda: "rounds = []", "there are no rounds and no written test"),
        (
            lambda: (
                "[written]\n" + _ROUND.format(n=1, steps='["goals"]').replace('"a"', '"written"')
            ),
            "the id written is that of the written test",
        ),
        (lambda: _ROUND.format(n=1, steps='["open", "close"]'), "no step of the round asks"),
        (lambda: _ROUND.format(n=1, steps='["goals", "pay"]'), "needs two scored questions"),
        (lambda: _ROUND.format(n=1, steps='["goals"]') * 2, "two rounds have the same id"),
        (lambda: _ROUND.format(n=0, steps='["goals"]'), "`rounds.0.scored_questions`"),
        (lambda: _ROUND.format(n=1, steps='["dance"]'), "`rounds.0.steps.0`"),
    ],
)
def test_a_format_that_cannot_be_held_is_a_fault(
    tmp_path: Path, rounds: Callable[[], str], said: str
) -> None:
    """Rounds differ, ask something, and have steps that exist."""
    path = tmp_path / "f.toml"
    path.write_text(_format(rounds()), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_document(path, Format)
    assert said in str(caught.value)
