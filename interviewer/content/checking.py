"""Checking any piece of content by where it lies and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from interviewer.content.company import Company
from interviewer.content.deflection import DeflectionFile
from interviewer.content.faults import FaultCollector, read_named
from interviewer.content.form import Document, read_document, read_text
from interviewer.content.format import Format
from interviewer.content.ladder import LadderFile
from interviewer.content.lawful import CountryFile, TopicsFile, read_lawful
from interviewer.content.library import (
    Library,
    load_library,
    read_company,
    read_persona,
    read_rubrics,
)
from interviewer.content.manner import Manners
from interviewer.content.matters import Matters
from interviewer.content.persona import PersonaFile
from interviewer.content.phrasebook import read_phrasebook
from interviewer.content.rubric import Rubric
from interviewer.content.templates import read_template
from interviewer.content.words import Vocabulary
from interviewer.content.written import WrittenBank
from interviewer.errors import InputError


def check_path(
    path: Path | None, personas: Path, knowledge: Sequence[Path], own_formats: Path | None = None
) -> str:
    """Check a file or folder, or everything when the path is None.

    Returns:
        One sentence that says what was found sound.

    Raises:
        ContentError: There are faults; names every one.
        InputError: The path is not there, or nothing there is content.
    """
    if path is None:
        return _summary(load_library(personas, knowledge, own_formats))
    if not path.exists():
        raise InputError(f"There is no {path}. Name a file or folder of content.")
    path = path.resolve()
    if path.is_file():
        return _check_file(path, personas)
    return _check_folder(path, personas, knowledge)


def _summary(library: Library) -> str:
    questions = sum(len(rubric.questions) for rubric in library.rubrics.values())
    return (
        f"All sound: {len(library.personas)} personas in {', '.join(library.languages)}, "
        f"{len(library.rubrics)} competencies with {questions} questions, "
        f"{len(library.formats)} formats, ladders for {len(library.ladders)} kinds of post, "
        f"written tests for {len(library.written)}, {len(library.packs)} employers."
    )


def _check_folder(path: Path, personas: Path, knowledge: Sequence[Path]) -> str:
    if (path / "_formats").is_dir() or (path / "_shared").is_dir():
        return _summary(load_library(path, knowledge))
    if (path / "personas").is_dir() or (path / "knowledge").is_dir():
        own = path / "personas"
        return _summary(load_library(own if own.is_dir() else personas, [path / "knowledge"]))
    collector = FaultCollector()
    checked = _check_known_folder(path, collector)
    if not checked:
        raise InputError(
            f"{path} holds no content: no persona.toml, company.toml, rubric or format."
        )
    collector.settle()
    return f"All sound: {checked} checked in {path.name}."


def _check_known_folder(path: Path, collector: FaultCollector) -> str:
    """Check a persona's, an employer's, or a collection's folder; return what it was."""
    if path.name in ("_formats", "_shared"):
        return _check_common_folder(path, collector)
    if (path / "persona.toml").exists():
        read_persona(path, collector)
        return "1 persona"
    if (path / "company.toml").exists():
        read_company(path, collector)
        return "1 employer"
    homes = [home for home in sorted(path.iterdir()) if home.is_dir()]
    employers = [home for home in homes if (home / "company.toml").exists()]
    if employers:
        for home in employers:
            read_company(home, collector)
        return f"{len(employers)} employers"
    people = [home for home in homes if (home / "persona.toml").exists()]
    if people:
        for home in people:
            read_persona(home, collector)
        return f"{len(people)} personas"
    if path.name in ("ladders", "written", "conduct"):
        return _check_of_posts(path, collector)
    if any(path.glob("*.toml")):
        return f"{len(read_rubrics(path, collector))} rubrics"
    return ""


def _check_of_posts(path: Path, collector: FaultCollector) -> str:
    """Check the files of a folder that has one for each kind of post; return what they were."""
    if path.name == "ladders":
        return f"{len(read_named(path, LadderFile, collector))} files of ladders"
    if path.name == "conduct":
        return f"{len(read_named(path, CountryFile, collector))} countries"
    return f"{len(read_named(path, WrittenBank, collector))} written tests"


def _check_common_folder(path: Path, collector: FaultCollector) -> str:
    """Check what all personas share: formats, or words and rubrics; return what it was."""
    found = sorted(path.glob("*.toml"))
    for file in found:
        collector.attempt(partial(read_document, file, _form_of(file)))
    checked = f"{len(found)} {'formats' if path.name == '_formats' else 'word files'}"
    if path.name == "_formats":
        return checked
    ladders = read_named(path / "ladders", LadderFile, collector)
    written = read_named(path / "written", WrittenBank, collector)
    countries = read_lawful(path, collector).countries
    checked += f", {len(ladders)} files of ladders, {len(written)} written tests"
    checked += f", rules of {len(countries)} countries"
    return f"{checked} and {len(read_rubrics(path / 'rubrics', collector))} rubrics"


def _check_file(path: Path, personas: Path) -> str:
    read = _reader_of(path, personas)
    if read is None:
        raise InputError(
            f"{path} is no content file: expected a .toml file or a prompt.<lang>.md.j2."
        )
    read()
    return f"All sound: {path.name}."


def _reader_of(path: Path, personas: Path) -> Callable[[], object] | None:
    """Return what reads a file, told by its name and its keys."""
    if path.name.endswith(".md.j2"):
        return partial(read_template, path)
    if path.suffix != ".toml":
        return None
    if path.name.startswith("phrases."):
        return partial(read_phrasebook, path, path.name.split(".")[1])
    form = _form_of(path)
    return partial(_held, path, personas) if form is Format else partial(read_document, path, form)


def _held(path: Path, personas: Path) -> None:
    """Read a format and tell whether the personas there are can hold it."""
    load_library(personas, ()).with_format(path)


def _form_of(path: Path) -> type[Document]:
    named: dict[str, type[Document]] = {
        "persona": PersonaFile, "company": Company, "manners": Manners,
        "conduct_topics": TopicsFile,
    }  # fmt: skip
    if path.stem in named and path.parent.name != "_formats":
        return named[path.stem]
    by_language: dict[str, type[Document]] = {
        "words": Vocabulary, "matters": Matters, "deflection": DeflectionFile
    }  # fmt: skip
    if path.name.split(".")[0] in by_language and path.parent.name == "_shared":
        return by_language[path.name.split(".")[0]]
    text = read_text(path)
    if "[[rules]]" in text:
        return CountryFile
    if "[[ladders]]" in text:
        return LadderFile
    if "[[single]]" in text:
        return WrittenBank
    return Format if "[[rounds]]" in text or "[written]" in text else Rubric
