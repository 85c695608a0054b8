"""Improper questions for practice only, and what replies to them are read by, in one language."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from interviewer.content.form import Document, Id, Text, Value

LEAST_QUESTIONS = 14
Sign = Literal["job", "boundary", "why", "attack", "warm"]
Wording = Literal[
    "title", "about", "examiner", "protect", "question", "option", "rated", "not_rated",
    "frame", "aside", "back", "report", "line", "joint",
    "own_line", "no_line", "instead", "law", "no_rule", "stop", "when_to_stop", "complain",
    "a", "b", "c", "d", "e", "silent",
    "composure", "protects", "returns", "door",
    "composure_calm", "composure_attack", "composure_long", "composure_silent",
    "protects_kept", "protects_told", "protects_free", "protects_nothing",
    "returns_job", "returns_asked", "returns_not", "returns_free",
    "door_warm", "door_plain", "door_attack",
]  # fmt: skip


Country = Literal["us", "uk", "eu", "cn"]


def _whole(names: object) -> AfterValidator:
    """Return what refuses a table in which a name is missing."""
    wanted = get_args(names)

    def check(table: dict[str, str]) -> dict[str, str]:
        lacking = [name for name in wanted if name not in table]
        if lacking:
            raise ValueError(f"nothing for {', '.join(lacking)}")
        return table

    return AfterValidator(check)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no pattern: {error}") from None
    return text


def _asks(text: str) -> str:
    if text.count("?") + text.count("？") != 1:
        raise ValueError("a question has one question mark")
    return text


class PracticeQuestion(Value):
    """A question nobody should ask.

    Attributes:
        topic: Its topic among those that must not be asked, for the rule behind it.
        text: The question, said word for word.
    """

    topic: Id
    text: Annotated[Text, AfterValidator(_asks)]


class DeflectionFile(Document):
    """`_shared/deflection.<lang>.toml`.

    Attributes:
        questions: The reviewed bank.
        signs: Patterns that replies are read by.
        words: What the debrief says, by name; some with slots in braces.
        complain: Where to complain, by country.
    """

    questions: tuple[PracticeQuestion, ...] = Field(min_length=LEAST_QUESTIONS)
    signs: Annotated[dict[Sign, Annotated[Text, AfterValidator(_pattern)]], _whole(Sign)]
    words: Annotated[dict[Wording, Text], _whole(Wording)]
    complain: Annotated[dict[Country, Text], _whole(Country)]
