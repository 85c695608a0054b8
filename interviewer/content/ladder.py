"""What a post is asked about its work: knowledge ladders, work samples, things to explain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from interviewer.content.form import Document, Id, LanguageTag, Text, Value, Words

RungStep = Literal["define", "apply", "trade_off", "failure"]
STEPS: tuple[RungStep, ...] = ("define", "apply", "trade_off", "failure")
HINTS = 3


def _asks_once(text: dict[str, str]) -> dict[str, str]:
    for language, words in text.items():
        marks = words.count("?") + words.count("？")
        if marks != 1:
            raise ValueError(f"the {language} text has {marks} question marks, ask one thing")
    return text


def _asks_nothing(text: dict[str, str]) -> dict[str, str]:
    for language, words in text.items():
        if "?" in words or "？" in words:
            raise ValueError(f"the {language} text asks something, a hint only tells")
    return text


Question = Annotated[Words, AfterValidator(_asks_once)]
Hint = Annotated[Words, AfterValidator(_asks_nothing)]
Listed = dict[LanguageTag, tuple[Text, ...]]
"""Words and short phrases by language."""


class Rung(Value):
    """One height of a ladder.

    Attributes:
        questions: The first case, and others at the same height.
        points: What a good answer holds, each as the words any of which show it; may be empty
            where the work is not known.
    """

    step: RungStep
    questions: tuple[Question, ...] = Field(min_length=2)
    points: tuple[Listed, ...] = ()


class Ladder(Value):
    """One field of knowledge, from defining to where it fails (SCIENCE 2.3).

    Attributes:
        about: Words of a requirement or duty it belongs to.
    """

    id: Id
    name: Words
    about: Listed = Field(default_factory=dict)
    rungs: tuple[Rung, ...]

    @field_validator("rungs")
    @classmethod
    def _in_order(cls, rungs: tuple[Rung, ...]) -> tuple[Rung, ...]:
        if tuple(rung.step for rung in rungs) != STEPS:
            raise ValueError(f"the steps must be these, in this order: {', '.join(STEPS)}")
        return rungs


class Sample(Value):
    """A piece of the work to think through aloud, with hints for somebody who is stuck.

    Attributes:
        hints: The goal again, the relevant part, the first move, in this order.
    """

    id: Id
    type: Literal["work_sample", "situational"] = "work_sample"
    text: Question
    hints: tuple[Hint, ...] = Field(min_length=HINTS, max_length=HINTS)
    points: tuple[Listed, ...] = ()
    minutes: float = Field(default=6, gt=0, le=60)
    own_action: tuple[Question, ...] = ()
    result: tuple[Question, ...] = ()


class Explanation(Value):
    """One thing explained twice: to somebody outside the trade, then to one within."""

    id: Id
    lay: Question
    expert: Question
    points: tuple[Listed, ...] = ()
    minutes: float = Field(default=5, gt=0, le=60)


class LadderFile(Document):
    """`_shared/ladders/<id>.toml`: what one kind of post is asked.

    Attributes:
        posts: Names by which a post's title is recognised; none for the file that serves posts
            nobody has written one for.
    """

    id: Id
    posts: Listed = Field(default_factory=dict)
    ladders: tuple[Ladder, ...] = Field(min_length=1)
    samples: tuple[Sample, ...] = ()
    explains: tuple[Explanation, ...] = ()

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        entries = (*self.ladders, *self.task_entries)
        ids = [entry.id for entry in entries]
        if len(set(ids)) != len(ids):
            raise ValueError("two entries have the same id")
        return self

    @property
    def task_entries(self) -> tuple[Sample | Explanation, ...]:
        """What is asked once, with its points: samples and things to explain."""
        return (*self.samples, *self.explains)

    def serves(self, titles: Mapping[str, str]) -> int:
        """Return how many letters of a title this file is recognised by, 0 when it is not."""
        spoken = " / ".join(titles.values())
        names = (name for listed in self.posts.values() for name in listed)
        return max((len(name) for name in names if names_it(name, spoken)), default=0)

    @property
    def general(self) -> bool:
        """Whether it serves any post."""
        return not self.posts


def names_it(words: str, text: str) -> bool:
    """Return whether a text holds these words, whole ones in languages that have spaces.

    A "nursery teacher" is no nurse; a plural is the same word.
    """
    # Letters alone bound a word: "使用SQL和Python" has no spaces around its Latin words.
    bounded = rf"(?<![A-Za-z0-9]){re.escape(words)}(?:s|es)?(?![A-Za-z0-9])"
    pattern = bounded if words.isascii() else re.escape(words)
    return re.search(pattern, text, re.IGNORECASE) is not None


def ladders_for(files: Mapping[str, LadderFile], titles: Mapping[str, str]) -> LadderFile | None:
    """Return the file for a post with these titles, else the general one, None without either."""
    fitting = sorted(files.values(), key=lambda entry: (-entry.serves(titles), entry.id))
    if fitting and fitting[0].serves(titles):
        return fitting[0]
    return next((entry for entry in fitting if entry.general), None)
