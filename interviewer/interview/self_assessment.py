"""What a candidate says of themselves: eight texts, all optional, in nobody's words but theirs."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path

from interviewer.errors import InputError
from interviewer.research.characters import clean

SCHEMA = 1
LONGEST = 2_000
"""Characters of one text."""
MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """A candidate's view of themselves (DESIGN section 1), each field free text or empty.

    It is never searched, never indexed and never shown to an examiner: it serves the candidate's
    own preparation.

    Attributes:
        abilities: What they can do.
        specialities: What they know better than most.
        personality: How they are at work.
        interests: What they like to spend time on.
        strengths: What they are good at.
        weaknesses: What they find hard, and what they do about it.
        life_goals: What they want of life.
        career_choices: Which ways of working they look for, and which not.
    """

    abilities: str = ""
    specialities: str = ""
    personality: str = ""
    interests: str = ""
    strengths: str = ""
    weaknesses: str = ""
    life_goals: str = ""
    career_choices: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not any(getattr(self, name) for name in FIELDS)


FIELDS = tuple(entry.name for entry in fields(SelfAssessment))
"""Names of the fields in the order they are asked."""


def assessed(values: Mapping[str, object], where: str = "The self-assessment") -> SelfAssessment:
    """Return what was filled in, cleaned of characters nobody sees.

    Args:
        values: Text by field; fields that are not there stay empty.
        where: What an error calls it.

    Raises:
        InputError: A field is unknown, no text or too long; names every one.
    """
    faults = [
        f"`{name}` is no field; use {', '.join(FIELDS)}." for name in values if name not in FIELDS
    ]
    texts: dict[str, str] = {}
    for name in FIELDS:
        value = values.get(name, "")
        text = clean(value).strip() if isinstance(value, str) else ""
        if not isinstance(value, str):
            faults.append(f"`{name}` is no text; write it in quotation marks.")
        elif len(text) > LONGEST:
            faults.append(f"`{name}` has {len(text):,} characters; {LONGEST:,} at most.")
        texts[name] = text
    if faults:
        raise InputError("\n".join(f"{where}: {fault}" for fault in faults))
    return SelfAssessment(**texts)


def read_self_assessment(path: Path) -> SelfAssessment:
    """Read a self-assessment from a TOML or JSON file.

    Raises:
        InputError: The file is missing, too large, or not of the form; names every fault.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"The self-assessment {path} cannot be read ({error.strerror}). Check the name and "
            "its rights."
        ) from None
    return self_assessment_from(data, path.name)


def self_assessment_from(data: bytes, name: str) -> SelfAssessment:
    """Return the self-assessment of a file's bytes; JSON where the name ends so, else TOML.

    Raises:
        InputError: It is too large, no text, or not of the form; names every fault.
    """
    where = f"The self-assessment {name}"
    if len(data) > MOST_BYTES:
        raise InputError(f"{where} is larger than {MOST_BYTES // 1000} KB. Shorten it.")
    try:
        text = data.decode("utf-8-sig")
        values = json.loads(text) if name.lower().endswith(".json") else tomllib.loads(text)
    except UnicodeDecodeError:
        raise InputError(f"{where} is no UTF-8 text. Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} cannot be read: {error}. Correct it there.") from None
    return self_assessment_of(values, where)


def self_assessment_of(values: object, where: str = "The self-assessment") -> SelfAssessment:
    """Return the self-assessment of a file's content.

    Raises:
        InputError: It is not of the form; names every fault.
    """
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        raise InputError(
            f"{where} does not say `schema = {SCHEMA}`. Write that on its first line."
        )
    return assessed({key: value for key, value in values.items() if key != "schema"}, where)


def self_assessment_record(own: SelfAssessment) -> dict[str, object]:
    """Return the form of a file: schema, then every field."""
    return {"schema": SCHEMA, **asdict(own)}


@dataclass(frozen=True, slots=True)
class FormWords:
    """What the form says in one language.

    Attributes:
        title: Its heading.
        hint: What it is for, and who sees it.
        names: Name by field.
        questions: Guiding question by field.
    """

    title: str
    hint: str
    names: Mapping[str, str]
    questions: Mapping[str, str]


@cache
def form_words(language: str) -> FormWords:
    """Return the words of the form; a language that has none takes English ones."""
    folder = resources.files(__package__)
    own = language.isalpha() and (folder / f"self_assessment.{language}.toml").is_file()
    file = folder / f"self_assessment.{language if own else 'en'}.toml"
    return FormWords(**tomllib.loads(file.read_text(encoding="utf-8")))
