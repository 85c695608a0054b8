"""A form filled in by a model, read from its reply: a checked value, or what is wrong with it.

Code fences, prose around the JSON and thoughts before it are no fault; a reply that was cut, or
holds two answers, is. Nothing is completed or guessed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

Fault = Literal["empty", "cut", "no_json", "not_json", "several", "not_form"]
Form = TypeVar("Form", bound=BaseModel)

_MOST_READ = 200_000  # characters of a reply; no form of ours comes near it
_OPENED = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_CLOSED = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_BRACKET = re.compile(r"[{}\[\]]")
_ASIDE = re.compile(r"\{[^{}\[\]\"'\n]*\}|\[[^{}\[\]\"'\n]*\]")  # {like this} or [1] in prose


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a reply is not the form; the details are for the model that wrote it, nobody else."""

    fault: Fault
    details: str = ""


def read_form(text: str, form: type[Form]) -> Form | Misread:
    """Read a form out of what a model wrote, or say why it cannot be read.

    Thinking, code fences and prose around one complete JSON object are passed over. Nothing is
    completed: where anything that looks like JSON is cut or broken, all of the text is.
    """
    if not text.strip():
        return Misread("empty")
    try:
        return _fit(_objects_in(text), form)
    except (ValueError, RecursionError) as error:
        answer = _without_thought(text)
        if answer == text:
            return Misread("not_json", _where(error))
    return read_form(answer, form) if answer.strip() else Misread("no_json")


def _fit(found: Sequence[str], form: type[Form]) -> Form | Misread:
    """Return the one object that has the form; a repeated one counts once."""
    fitting: list[Form] = []
    details = ""
    for each in found:
        try:
            value = form.model_validate_json(each, strict=True)
        except ValidationError as error:
            details = details or _mistakes(error)
        else:  # one that has no field of the form is no answer, even if all have defaults
            fitting.extend([value] if value.model_fields_set and value not in fitting else [])
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        return Misread("several")
    return Misread("not_form", details) if found else Misread("no_json")


def _without_thought(text: str) -> str:
    """Return a text without the thinking it begins with, whose opening mark may be missing."""
    while closed := _CLOSED.search(text):
        opened = _OPENED.search(text, 0, closed.start())
        if opened and text[: opened.start()].strip():
            break
        text = text[closed.end() :]
    return "" if _OPENED.match(text.strip()) else text


def _objects_in(text: str) -> list[str]:
    """Return the outermost JSON objects; ValueError if anything like JSON is not whole."""
    if len(text) > _MOST_READ:
        raise ValueError("The text is too long.")
    return list(_outermost(text))


def _outermost(text: str) -> Iterator[str]:
    position = 0
    while bracket := _BRACKET.search(text, position):
        _no_thought(text[position : bracket.start()])
        try:
            value, position = _DECODER.raw_decode(text, bracket.start())
        except ValueError:
            if (aside := _ASIDE.match(text, bracket.start())) is None:
                raise
            value, position = None, aside.end()
        if isinstance(value, dict):
            yield _dumped(value)
        elif isinstance(value, list) and any(isinstance(each, (dict, list)) for each in value):
            raise ValueError("The answer is a list; it must be one object.")
    _no_thought(text[position:])


def _no_thought(between: str) -> None:
    # Thinking holds drafts, and a draft is not the answer.
    if _OPENED.search(between) or _CLOSED.search(between):
        raise ValueError("There is thinking beside the answer.")


def _dumped(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    text.encode("utf-8")  # half a character cannot be stored; UnicodeEncodeError is a ValueError
    return text


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("A key is given twice in one object.")
    return value


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number of JSON.")


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number("A number that large")


# Line breaks inside a text are let through: they leave no doubt about what is meant.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_constant=_no_number, parse_float=_finite, strict=False
)


def _where(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, line {error.lineno}, column {error.colno}."
    return "" if isinstance(error, (RecursionError, UnicodeError)) else str(error)


def _mistakes(error: ValidationError) -> str:
    """Say what is wrong with a form, for the model that filled it in."""
    mistakes = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [f"- {'.'.join(map(str, each['loc'])) or 'all'}: {each['msg']}" for each in mistakes]
    return "\n".join(["", *lines[:20], ""])
