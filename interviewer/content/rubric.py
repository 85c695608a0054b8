"""A competency: what it is, its anchors, and the questions that bear on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from interviewer.content.form import (
    Document,
    Id,
    LanguageTag,
    Part,
    Seniority,
    Text,
    Topic,
    Value,
    Words,
)

QuestionType = Literal[
    "past_behaviour", "situational", "knowledge", "work_sample", "background", "motivation",
    "strength", "public_service",
]  # fmt: skip
Cap = Literal["no_specific_instance", "no_own_action", "no_result", "needed_more_than_2_probes"]

LEVEL_NAMES = {"low": "1", "medium": "3", "high": "5"}
# Seniority to required level, after the scheme in OPM's guide; a rubric may say otherwise.
REQUIRED: Mapping[Seniority, int] = {"intern": 2, "junior": 3, "mid": 3, "senior": 4, "lead": 5}


class Question(Value):
    """A main question and the probes planned for it.

    Attributes:
        grounding: Whether a fact about the employer, from a passage on one of `topics`, is spoken
            before it.
        minutes: What question, answer and probes may take.
        probes: By the part of the answer they ask for.
    """

    id: Id
    type: QuestionType
    text: Words
    grounding: Literal["none", "optional", "required"] = "none"
    topics: tuple[Topic, ...] = ()
    minutes: float = Field(default=5, gt=0, le=60)
    probes: dict[Part, tuple[Words, ...]] = {}

    @model_validator(mode="after")
    def _grounded_in_something(self) -> Self:
        if self.grounding == "required" and not self.topics:
            raise ValueError("grounding is required but topics is empty")
        return self

    @field_validator("text")
    @classmethod
    def _asks_one_thing(cls, text: dict[str, str]) -> dict[str, str]:
        for language, words in text.items():
            marks = words.count("?") + words.count("？")
            if marks > 1:
                raise ValueError(f"the {language} text has {marks} question marks, ask one thing")
        return text


class Scale(Value):
    """The levels a competency is scored on."""

    id: Literal["anchors5", "uk7", "strengths4", "points"] = "anchors5"
    min: int = 1
    max: int = 5

    @model_validator(mode="after")
    def _has_a_range(self) -> Self:
        if self.min >= self.max:
            raise ValueError("min must be below max")
        return self


class WantedPoint(Value):
    """One thing a good answer holds.

    Attributes:
        name: What the report calls it; empty where it is counted only.
        says: Words by language, any of which show it.
    """

    name: dict[LanguageTag, Text] = {}
    says: dict[LanguageTag, tuple[Text, ...]]

    @model_validator(mode="before")
    @classmethod
    def _without_a_name(cls, point: object) -> object:
        """Read a point that has nothing but its words."""
        return {"says": point} if isinstance(point, dict) and "says" not in point else point


class Rubric(Document):
    """A competency as one file describes it.

    Attributes:
        points: What a good answer to any of its questions holds, for kinds of answer that are no
            story. They are sealed, never spoken.
    """

    id: Id
    name: Words
    definition: Words
    points: tuple[WantedPoint, ...] = ()
    required: dict[Seniority, int] = {}
    scale: Scale = Scale()
    anchors: dict[int, Words]
    caps: dict[Cap, int] = {}
    questions: tuple[Question, ...] = ()

    @field_validator("anchors", mode="before")
    @classmethod
    def _named_levels(cls, anchors: object) -> object:
        if isinstance(anchors, dict):
            return {LEVEL_NAMES.get(str(level), level): text for level, text in anchors.items()}
        return anchors

    @model_validator(mode="after")
    def _anchors_fit_the_scale(self) -> Self:
        outside = [n for n in self.anchors if not self.scale.min <= n <= self.scale.max]
        if outside:
            raise ValueError(f"anchors outside the scale: {outside}")
        needed = {1, 3, 5} if self.scale.id == "anchors5" else {self.scale.min, self.scale.max}
        if missing := sorted(needed - set(self.anchors)):
            raise ValueError(f"anchors missing for level {', '.join(map(str, missing))}")
        return self

    def level_required(self, seniority: str) -> int:
        """Return the level a post of this seniority asks for, that of `mid` for an unknown one."""
        known = {**REQUIRED, **self.required}
        return {str(name): level for name, level in known.items()}.get(seniority, known["mid"])
