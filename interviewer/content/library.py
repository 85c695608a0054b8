"""Everything read from `personas/` and `knowledge/`, as one frozen value, checked both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from interviewer.content.company import Company
from interviewer.content.deflection import DeflectionFile
from interviewer.content.faults import FaultCollector, read_by_language, read_named
from interviewer.content.form import read_document, read_text
from interviewer.content.format import Format
from interviewer.content.formats import read_format, read_formats
from interviewer.content.ladder import LadderFile
from interviewer.content.lawful import Lawful, read_lawful
from interviewer.content.manner import PLAIN, Manners
from interviewer.content.matters import Matters
from interviewer.content.persona import Persona, PersonaFile
from interviewer.content.phrasebook import read_phrasebook
from interviewer.content.rubric import Rubric
from interviewer.content.templates import read_template
from interviewer.content.words import Vocabulary
from interviewer.content.written import WrittenBank, unfit

# What runs, loads, or hides from these very signs: a backslash can spell `url(` in CSS, an entity
# or an animation can bring in an address, a prefix can rename an element.
_ACTIVE_DRAWING = re.compile(
    r"<(?:[\w.-]+:)?(?:script|foreignObject|iframe|object|embed)\b|[\s/\"']on\w+\s*="
    r"|(?:href|src)\s*=\s*(?![\"']#)|attributeName\s*=\s*[\"']?\s*(?:[\w.-]+:)?href"
    r"|javascript:|<!(?!--)|@import|url\((?!#)|\\",
    re.IGNORECASE,
)
_COMPANY_ID = re.compile(r"^[a-z0-9][a-z0-9-]{1,40}$")


@dataclass(frozen=True)
class Pack:
    """An employer and the folders that hold research on it."""

    company: Company
    folders: tuple[Path, ...]


@dataclass(frozen=True)
class Library:
    """All content, by id.

    Attributes:
        copies: SHA-256 of every edited copy that stands in for a file, by that file's name; empty
            where all is as the files have it.
    """

    personas: Mapping[str, Persona] = field(default_factory=dict)
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    formats: Mapping[str, Format] = field(default_factory=dict)
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)
    packs: Mapping[str, Pack] = field(default_factory=dict)
    ladders: Mapping[str, LadderFile] = field(default_factory=dict)
    written: Mapping[str, WrittenBank] = field(default_factory=dict)
    matters: Mapping[str, Matters] = field(default_factory=dict)
    manners: Manners = PLAIN
    lawful: Lawful = field(default_factory=Lawful)
    deflection: Mapping[str, DeflectionFile] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which every persona can hold an interview."""
        spoken = [set(persona.languages) for persona in self.personas.values()]
        common = set.intersection(*spoken) if spoken else set()
        return tuple(sorted(common & set(self.vocabularies)))

    def with_format(self, path: Path) -> tuple[Library, str]:
        """Return the library with the format of one more file, and that format's id.

        Raises:
            ContentError: The file is no format, or the personas cannot hold it; names all faults.
        """
        entry = read_format(path, self.personas, self.rubrics)
        formats = MappingProxyType({**self.formats, entry.id: entry})
        return replace(self, formats=formats), entry.id


def load_library(
    personas: Path, knowledge: Sequence[Path], own_formats: Path | None = None
) -> Library:
    """Read all content.

    Args:
        personas: The folder with personas, rubrics and formats.
        knowledge: Folders with employers; a later one may add research to an earlier one's
            employer, or be silent about the employer itself.
        own_formats: Folder with interview formats of somebody's own; it may not be there.

    Raises:
        ContentError: Anything is wrong anywhere; names every fault.
    """
    collector = FaultCollector()
    rubrics = read_rubrics(personas / "_shared" / "rubrics", collector)
    vocabularies = read_by_language(personas / "_shared", "words", Vocabulary, collector)
    matters = read_by_language(personas / "_shared", "matters", Matters, collector)
    manners = _read_manners(personas / "_shared" / "manners.toml", collector)
    found = _read_personas(personas, rubrics, collector)
    formats = read_formats(personas / "_formats", found, rubrics, collector)
    if own_formats is not None:
        formats |= read_formats(own_formats, found, rubrics, collector, taken=formats)
    ladders = read_named(personas / "_shared" / "ladders", LadderFile, collector)
    written = read_named(personas / "_shared" / "written", WrittenBank, collector)
    if not collector.faults:
        for bank, what, fix in unfit(written, frozenset(rubrics), ladders):
            collector.add(personas / "_shared" / "written" / f"{bank}.toml", what, fix)
    lawful = read_lawful(personas / "_shared", collector)
    deflection = read_by_language(personas / "_shared", "deflection", DeflectionFile, collector)
    packs = read_packs(knowledge, collector)
    collector.settle()
    return Library(
        personas=MappingProxyType(found),
        rubrics=MappingProxyType(rubrics),
        formats=MappingProxyType(formats),
        vocabularies=MappingProxyType(vocabularies),
        packs=MappingProxyType(packs),
        ladders=MappingProxyType(ladders),
        written=MappingProxyType(written),
        matters=MappingProxyType(matters),
        manners=manners,
        lawful=lawful,
        deflection=MappingProxyType(deflection),
    )


def read_rubrics(folder: Path, collector: FaultCollector) -> dict[str, Rubric]:
    """Read every rubric of a folder; ids of questions must differ over all of them."""
    rubrics = read_named(folder, Rubric, collector)
    if not rubrics and not collector.faults:
        collector.add(folder, "There is no rubric here.", "Add a competency file.")
    check_question_ids(folder, rubrics.values(), collector)
    return rubrics


def check_question_ids(folder: Path, rubrics: Iterable[Rubric], collector: FaultCollector) -> None:
    """Keep a fault for every question whose id another one has."""
    seen: dict[str, str] = {}
    for rubric in rubrics:
        for question in rubric.questions:
            if question.id in seen:
                path = folder / f"{rubric.id}.toml"
                what = f"The question id `{question.id}` is also in `{seen[question.id]}`."
                collector.add(path, what, "Give it another id.")
            seen[question.id] = rubric.id


def _read_manners(path: Path, collector: FaultCollector) -> Manners:
    if not path.exists():
        return PLAIN
    return collector.attempt(partial(read_document, path, Manners)) or PLAIN


def _read_personas(
    folder: Path, rubrics: Mapping[str, Rubric], collector: FaultCollector
) -> dict[str, Persona]:
    if not folder.is_dir():
        collector.add(folder, "There is no such folder.", "Set INTERVIEWER_PERSONAS to one.")
        return {}
    personas: dict[str, Persona] = {}
    for home in sorted(folder.iterdir()):
        if not home.is_dir() or home.name.startswith(("_", ".")):
            continue
        persona = read_persona(home, collector)
        if persona is None:
            continue
        check_competencies(home, persona, rubrics, collector)
        personas[persona.id] = persona
    if not personas and not collector.faults:
        collector.add(folder, "There is no persona here.", "Add a folder with a persona.toml.")
    return personas


def check_competencies(
    home: Path, persona: Persona, rubrics: Mapping[str, Rubric], collector: FaultCollector
) -> None:
    """Keep a fault for every competency of a persona that has no rubric."""
    for competency in persona.about.competencies:
        if competency not in rubrics and rubrics:
            what = f"The competency `{competency}` has no rubric that can be read."
            fix = f"Add _shared/rubrics/{competency}.toml or remove the name."
            collector.add(home / "persona.toml", what, fix)


def read_persona(home: Path, collector: FaultCollector) -> Persona | None:
    """Read one persona's folder; None when a fault was kept."""
    before = len(collector.faults)
    about = collector.attempt(partial(read_document, home / "persona.toml", PersonaFile))
    phrasebooks = {}
    for path in sorted(home.glob("phrases.*.toml")):
        language = path.name.split(".")[1]
        book = collector.attempt(partial(read_phrasebook, path, language))
        if book is not None:
            phrasebooks[language] = book
    prompts = {}
    for path in sorted(home.glob("prompt.*.md.j2")):
        template = collector.attempt(partial(read_template, path))
        if template is not None:
            prompts[path.name.split(".")[1]] = template
    if len(collector.faults) > before or about is None:
        return None
    check_persona(home, about, set(phrasebooks), set(prompts), collector)
    if len(collector.faults) > before:
        return None
    drawing = read_text(home / about.avatar) if about.avatar else ""
    return Persona(about=about, phrasebooks=phrasebooks, prompts=prompts, avatar_svg=drawing)


def check_persona(
    home: Path,
    about: PersonaFile,
    phrasebooks: set[str],
    prompts: set[str],
    collector: FaultCollector,
) -> None:
    """Keep a fault for everything in a persona's folder that does not fit together."""
    path = home / "persona.toml"
    if about.id != home.name:
        collector.add(
            path, f"The id is `{about.id}`, the folder `{home.name}`.", "Make them equal."
        )
    for language in sorted(phrasebooks ^ prompts):
        have, lack = ("phrases", "prompt") if language in phrasebooks else ("prompt", "phrases")
        ending = "md.j2" if lack == "prompt" else "toml"
        what = f"There is a {have} file for `{language}` but no {lack} file."
        collector.add(path, what, f"Add {lack}.{language}.{ending}.")
    if not phrasebooks:
        collector.add(path, "The persona speaks no language.", "Add phrases.en.toml.")
    for language in sorted(phrasebooks):
        texts = {"name": about.name, "title": about.title, "mandate": about.mandate}
        for key, words in texts.items():
            if language not in words:
                what = f"`{key}` has no text for `{language}`, which the phrasebook offers."
                collector.add(path, what, "Add it.")
    if about.avatar:
        _check_drawing(home / about.avatar, collector)


def _check_drawing(path: Path, collector: FaultCollector) -> None:
    drawing = collector.attempt(partial(read_text, path))
    if drawing is None:
        return
    if _ACTIVE_DRAWING.search(drawing):
        collector.add(path, "The drawing holds a script or a link.", "Keep to plain shapes.")


def read_packs(folders: Iterable[Path], collector: FaultCollector) -> dict[str, Pack]:
    """Read the employers of every folder; a folder without `company.toml` adds research only."""
    companies: dict[str, Company] = {}
    homes: dict[str, list[Path]] = {}
    for folder in folders:
        for home in sorted(folder.iterdir()) if folder.is_dir() else ():
            if not home.is_dir() or home.name.startswith(("_", ".")):
                continue
            homes.setdefault(home.name, []).append(home)
            if (home / "company.toml").exists():
                company = read_company(home, collector)
                if company is not None:
                    companies.setdefault(home.name, company)
    return {name: Pack(company=companies[name], folders=tuple(homes[name])) for name in companies}


def read_company(home: Path, collector: FaultCollector) -> Company | None:
    """Read one employer's file; None when a fault was kept."""
    path = home / "company.toml"
    company = collector.attempt(partial(read_document, path, Company))
    if company is None:
        return None
    if company.id != home.name:
        collector.add(path, f"The id is `{company.id}`, the folder `{home.name}`.",
                      "Make them equal.")  # fmt: skip
        return None
    if not _COMPANY_ID.match(company.id):
        collector.add(path, f"The id `{company.id}` is not usable.",
                      "Use small letters, digits and hyphens.")  # fmt: skip
        return None
    return company
