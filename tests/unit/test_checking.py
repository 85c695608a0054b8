"""Checking: any file or folder of content, told by where it lies; every fault at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from interviewer.content.checking import check_path
from interviewer.content.company import Company
from interviewer.content.form import read_document
from interviewer.content.new_company import company_file
from interviewer.errors import ContentError, Fault, InputError
from tests.conftest import ROOT

GOOD = 'schema = 1\nid = "acme"\nname = {en = "Acme"}\nkind = "start-up"\nlanguages = ["en"]\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a copy of the project's content."""
    shutil.copytree(ROOT / "personas", tmp_path / "personas")
    for company in ("brightwell", "chengyuan"):
        kept = tmp_path / "knowledge" / company
        kept.mkdir(parents=True)
        shutil.copy(ROOT / "knowledge" / company / "company.toml", kept)
    return tmp_path


def check(path: Path | None, home: Path) -> str:
    """Check a path against the copy."""
    return check_path(path, home / "personas", [home / "knowledge"])


def faults_of(path: Path | None, home: Path) -> list[Fault]:
    """Return the faults found, each with a file and a fix."""
    with pytest.raises(ContentError) as caught:
        check(path, home)
    assert all(
        fault.path.is_absolute() and fault.what and fault.fix for fault in caught.value.faults
    )
    return list(caught.value.faults)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (".", " personas in en, zh"),
        ("personas", " personas in en, zh"),
        ("knowledge", "2 employers"),
        ("knowledge/brightwell", "1 employer checked in brightwell"),
        ("knowledge/brightwell/company.toml", "company.toml"),
        ("personas/hr", "1 persona checked in hr"),
        ("personas/hr/persona.toml", "persona.toml"),
        ("personas/hr/prompt.zh.md.j2", "prompt.zh.md.j2"),
        ("personas/hr/phrases.zh.toml", "phrases.zh.toml"),
        ("personas/_formats", " formats checked in _formats"),
        ("personas/_formats/company.toml", "company.toml"),
        ("personas/_shared", " rubrics checked in _shared"),
        ("personas/_shared/manners.toml", "manners.toml"),
        ("personas/_shared/ladders", "files of ladders checked in ladders"),
        ("personas/_shared/ladders/general.toml", "general.toml"),
        ("personas/_shared/rubrics", "39 rubrics checked in rubrics"),
        ("personas/_shared/rubrics/learning.toml", "learning.toml"),
        ("personas/_shared/words.zh.toml", "words.zh.toml"),
    ],
)
def test_each_piece_is_checked_by_its_place(home: Path, path: str, says: str) -> None:
    """Whatever piece of content is named, it is known for what it is and found sound."""
    found = check(home / path, home)
    assert found.startswith("All sound: ")
    assert says in found


def test_without_a_path_everything_is_checked(home: Path) -> None:
    """The summary counts what a candidate can be asked about and by whom."""
    found = check(None, home)
    assert " personas in en, zh" in found
    assert "2 employers" in found
    assert check(home, home) == found


def test_a_folder_of_people_or_with_knowledge_only_is_checked(home: Path) -> None:
    """Personas without rubrics beside them and a project of employers only are checked."""
    people = home / "people"
    for name in ("hr", "boss"):
        shutil.copytree(home / "personas" / name, people / name)
    assert "2 personas checked in people" in check(people, home)
    other = home / "other"
    shutil.copytree(home / "knowledge" / "brightwell", other / "knowledge" / "brightwell")
    assert " personas in en, zh" in check(other, home)
    assert "1 employers" in check(other, home)


@pytest.mark.parametrize(
    ("path", "broken"),
    [
        ("personas/hr", "persona.toml"),
        ("personas/hr/persona.toml", "persona.toml"),
        ("personas/hr/phrases.en.toml", "phrases.en.toml"),
        ("personas/_formats", "company.toml"),
        ("personas/_formats/company.toml", "company.toml"),
        ("personas/_shared", "words.en.toml"),
        ("personas/_shared/words.en.toml", "words.en.toml"),
        ("personas/_shared/rubrics", "learning.toml"),
        ("personas/_shared/rubrics/learning.toml", "learning.toml"),
        ("knowledge", "company.toml"),
        ("knowledge/brightwell", "company.toml"),
        ("knowledge/brightwell/company.toml", "company.toml"),
    ],
)
def test_a_fault_is_found_wherever_one_looks_from(home: Path, path: str, broken: str) -> None:
    """A key nobody knows is a fault of the file and of every folder that is checked around it."""
    place = home / path
    file = place if place.is_file() else next(iter(sorted(place.rglob(broken))))
    file.write_text(f"surprise = 1\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    (fault,) = faults_of(place, home)
    assert fault.path.samefile(file)
    assert "surprise" in str(fault)
    assert any("surprise" in str(found) for found in faults_of(None, home))


def test_all_faults_are_named_at_once(home: Path) -> None:
    """Faults in several files of several kinds come in one list, with lines where known."""
    (home / "personas/hr/persona.toml").write_text("schema = 1\nid = 3 3\n", encoding="utf-8")
    (home / "personas/boss/phrases.en.toml").unlink()
    (home / "personas/technical/prompt.en.md.j2").write_text("{{ nobody }}", encoding="utf-8")
    (home / "personas/_shared/rubrics/learning.toml").write_bytes(b"\xff")
    (home / "knowledge/brightwell/company.toml").write_text(GOOD, encoding="utf-8")
    found = faults_of(None, home)
    named = {(fault.path.parent.name, fault.path.name) for fault in found}
    assert named >= {
        ("hr", "persona.toml"), ("boss", "persona.toml"), ("technical", "prompt.en.md.j2"),
        ("rubrics", "learning.toml"), ("brightwell", "company.toml"),
    }  # fmt: skip
    assert any(fault.path.name == "persona.toml" and fault.line == 2 for fault in found)


def test_a_broken_prompt_is_found(home: Path) -> None:
    """A template that reaches for what it may not have is refused by name."""
    prompt = home / "personas/hr/prompt.en.md.j2"
    prompt.write_text("{{ ''.__class__ }}", encoding="utf-8")
    assert {fault.path.name for fault in faults_of(prompt, home)} == {"prompt.en.md.j2"}


@pytest.mark.parametrize("path", ["nowhere", "docs", "notes.md", "personas/hr/hr.svg"])
def test_what_is_no_content_is_said_to_be_none(home: Path, path: str) -> None:
    """A path that is not there, an empty folder and other files are refused with what to name."""
    (home / "docs").mkdir()
    (home / "notes.md").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"There is no .*nowhere|no content"):
        check(home / path, home)


@pytest.mark.parametrize(("company", "language"), [("acme-group", "en"), ("hai-he", "zh")])
def test_a_new_employer_gets_a_sound_file(tmp_path: Path, company: str, language: str) -> None:
    """The file made for an employer known by documents only is sound and claims nothing."""
    place = tmp_path / company / "company.toml"
    place.parent.mkdir()
    place.write_text(company_file(company, language), encoding="utf-8")
    assert "1 employer" in check(place.parent, tmp_path)
    made = read_document(place, Company)
    assert (made.id, made.languages, made.posts, made.examiners) == (company, (language,), (), ())
    assert made.name == {language: company.replace("-", " ").title()}
