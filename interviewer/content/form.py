"""Reading one TOML file into a frozen value, with faults that name file, line and fix."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from interviewer.errors import ContentError, Fault

LANGUAGES = ("en", "zh")
TOPICS = (
    "nature", "address", "scope", "performance", "prospects", "post", "requirements",
    "examiners", "process",
)  # fmt: skip
Topic = Literal[
    "nature", "address", "scope", "performance", "prospects", "post", "requirements",
    "examiners", "process",
]  # fmt: skip
Seniority = Literal["intern", "junior", "mid", "senior", "lead"]
Part = Literal["situation", "own_action", "result", "reflection", "specific", "more"]


def _spoken(text: str) -> str:
    if not text.strip():
        raise ValueError("an empty text")
    return text.strip()


def _some(words: dict[str, str]) -> dict[str, str]:
    if not words:
        raise ValueError("a text in no language")
    return words


Text = Annotated[str, AfterValidator(_spoken)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,60}$")]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)?$")]
Words = Annotated[dict[LanguageTag, Text], AfterValidator(_some)]
"""A text by language."""


class Value(BaseModel):
    """A frozen value read from a file; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, populate_by_name=True)


class Document(Value):
    """A whole TOML file; it says which version of its form it has."""

    schema_version: Literal[1] = Field(alias="schema")


AnyDocument = TypeVar("AnyDocument", bound=Document)


def read_document(path: Path, form: type[AnyDocument]) -> AnyDocument:
    """Read a TOML file into its frozen value.

    Raises:
        ContentError: The file is missing, no UTF-8, no TOML, or not of the form; every fault of
            the file is named at once.
    """
    return document_in(read_text(path), path, form)


def document_in(text: str, path: Path, form: type[AnyDocument]) -> AnyDocument:
    """Return what the text of a TOML file stands for, wherever the text comes from.

    Args:
        text: The text.
        path: Where the file lies or would lie; faults name it.
        form: What it is to be.

    Raises:
        ContentError: It is no TOML or not of the form; every fault is named at once.
    """
    try:
        return form.model_validate(toml_in(text, path))
    except ValidationError as error:
        lines = text.splitlines()
        raise ContentError(
            *(_fault(path, lines, form, entry["loc"], entry["type"], entry["msg"])
              for entry in error.errors())
        ) from None  # fmt: skip


def toml_in(text: str, path: Path) -> dict[str, object]:
    """Return a TOML text as a table.

    Raises:
        ContentError: It is no TOML; names the line.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        fault = Fault(path, None, "Its tables or lists are nested too deep.", "Make it flatter.")
        raise ContentError(fault) from None
    except ValueError as error:  # also a number of more digits than Python reads
        line = re.search(r"at line (\d+)", str(error))
        at = int(line.group(1)) if line else text.count("\n") + 1
        what = f"This is no TOML: {error}."
        raise ContentError(Fault(path, at, what, "Correct the line.")) from None


def read_text(path: Path) -> str:
    """Read a content file.

    Raises:
        ContentError: It is missing, unreadable or no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(Fault(path, None, "The file is missing.", "Add it.")) from None
    except UnicodeDecodeError as error:
        fault = Fault(path, None, f"Byte {error.start} is no UTF-8.", "Save the file as UTF-8.")
        raise ContentError(fault) from None
    except OSError as error:
        fault = Fault(
            path, None, f"The file cannot be read: {error.strerror}.", "Check its rights."
        )
        raise ContentError(fault) from None


Location = Sequence[int | str]


def _fault(
    path: Path, lines: list[str], form: type[BaseModel], loc: Location, kind: str, message: str
) -> Fault:
    keys = [str(part) for part in loc if part != "[key]"]
    name = ".".join(keys) or "the file"
    if kind == "extra_forbidden":
        known = ", ".join(_known_keys(form, loc))
        what, fix = f"Unknown key `{name}`.", f"Remove it, or use one of: {known}."
    elif kind == "missing":
        what, fix = f"`{name}` is missing.", "Add it."
        loc = loc[:-1]
    else:
        said = message.removeprefix("Value error, ")
        what, fix = f"`{name}`: {said[:1].lower()}{said[1:]}.", "Correct the value."
    return Fault(path, line_of(lines, loc), what, fix)


def _known_keys(form: type[BaseModel], loc: Location) -> list[str]:
    """Return the keys allowed where an unknown one stands."""
    current: type[BaseModel] | None = form
    for part in loc[:-1]:
        if isinstance(part, int) or current is None:
            continue
        current = _form_under(current, str(part))
    fields = current.model_fields if current else {}
    return [info.alias or name for name, info in fields.items()]


def _form_under(form: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, info in form.model_fields.items():
        if key in (name, info.alias):
            return _first_form(info.annotation)
    return None


def _first_form(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _first_form(argument)
        if found:
            return found
    return None


def line_of(lines: Sequence[str], loc: Location) -> int | None:
    """Return the line, from 1, on which a key of a TOML file stands; None when not found.

    It follows the tables of the path as far as it can, so for a key that is missing it names the
    table it belongs to.
    """
    at = 0
    found: int | None = None
    path: list[str] = []
    for index, part in enumerate(loc):
        if isinstance(part, int):
            continue
        path.append(str(part))
        count = loc[index + 1] if index + 1 < len(loc) else 0
        nth = count if isinstance(count, int) else 0
        line = _header(lines, at, ".".join(path), nth) or _assignment(lines, at, str(part))
        if line is None:
            continue
        found, at = line, line - 1
    return found


def _header(lines: Sequence[str], start: int, name: str, nth: int) -> int | None:
    pattern = re.compile(r"^\s*\[{1,2}\s*" + re.escape(name) + r"\s*\]{1,2}")
    hits = [n for n, line in enumerate(lines[start:], start=start + 1) if pattern.match(line)]
    return hits[nth] if nth < len(hits) else None


def _assignment(lines: Sequence[str], start: int, key: str) -> int | None:
    pattern = re.compile(r"(^|[{,\s])[\"']?" + re.escape(key) + r"[\"']?\s*=")
    for number, line in enumerate(lines[start:], start=start + 1):
        if pattern.search(line):
            return number
    return None
