"""An interview format: which rounds, in which order, with which steps."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from interviewer.content.elements import Element
from interviewer.content.form import Document, Id, Value, Words
from interviewer.content.rubric import QuestionType
from interviewer.errors import InputError

Step = Literal[
    "open", "background", "project", "motivation", "goals", "behaviour", "self", "knowledge",
    "scenario", "dilemma", "explain", "strengths", "set_questions", "conditions", "pay",
    "candidate_questions", "close",
]  # fmt: skip

WRITTEN = "written"
"""Id of the round that is a written test, and of the format that has nothing else."""

STEP_TYPES: dict[Step, tuple[QuestionType, ...]] = {
    "background": ("background",),
    "project": ("background",),
    "motivation": ("motivation",),
    "goals": ("motivation",),
    "behaviour": ("past_behaviour",),
    "self": ("past_behaviour",),
    "knowledge": ("knowledge",),
    "scenario": ("situational", "work_sample"),
    "dilemma": ("situational",),
    "explain": ("work_sample",),
    "strengths": ("strength",),
    "set_questions": ("public_service",),
}
"""Types of question that a step asks; steps not named here ask nothing from the rubrics."""


class Round(Value):
    """One conversation with one examiner."""

    id: Id
    persona: Id
    minutes: float = Field(gt=0, le=240)
    scored_questions: int = Field(gt=0, le=30)
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not any(step in STEP_TYPES for step in self.steps):
            raise ValueError("no step of the round asks a question")
        if twice := sorted({step for step in self.steps if self.steps.count(step) > 1}):
            raise ValueError(f"these steps stand there twice: {', '.join(twice)}")
        if "open" in self.steps[1:]:
            raise ValueError("the step `open` must come first")
        if "close" in self.steps[:-1]:
            raise ValueError("the step `close` must come last")
        if "pay" in self.steps and self.scored_questions < 2:
            raise ValueError("a round with a pay step needs two scored questions or more")
        return self


class WrittenPart(Value):
    """A written test before the conversations (SCIENCE 2.6): how long, how many of each kind.

    Attributes:
        minutes: What it may take; nobody is cut off.
        single: Items with options, one mark each.
        short: Answers of a few sentences, one mark a key point.
        work: Pieces of work to write.
    """

    minutes: float = Field(default=60, gt=0, le=240)
    single: int = Field(default=12, ge=1, le=60)
    short: int = Field(default=4, ge=0, le=20)
    work: int = Field(default=1, ge=0, le=5)


class Format(Document):
    """An interview format as one file describes it.

    Attributes:
        same_questions: Whether all candidates for a post get the same questions in the same order:
            chosen by employer and post, not by the seed (Campion et al. 1997, component 2).
        written: The written test that comes before the rounds, None for none.
        thinking_time: Seconds suggested for thinking before an answer; nobody is cut off.
        anonymous: Whether candidates are known by number and are reminded when they say who they
            are.
        elements: What the points are made of, empty where answers are rated by competency.
        raters: How many rate each candidate.
        take: Whether an interview has all rounds, or the one the candidate chooses.
    """

    id: Id
    name: Words
    probing: Literal["none", "limited"] = "limited"
    thinking_time: int = Field(default=0, ge=0, le=3600)
    combine: Literal["mean", "points", "trimmed_mean"] = "mean"
    same_questions: bool = False
    anonymous: bool = False
    elements: tuple[Element, ...] = ()
    raters: int = Field(default=1, ge=1, le=15)
    take: Literal["all", "one"] = "all"
    written: WrittenPart | None = None
    rounds: tuple[Round, ...] = ()

    @model_validator(mode="after")
    def _rounds_differ(self) -> Self:
        if not self.rounds and self.written is None:
            raise ValueError("there are no rounds and no written test, add one")
        ids = [entry.id for entry in self.rounds]
        if len(set(ids)) != len(ids):
            raise ValueError("two rounds have the same id")
        if self.written is not None and WRITTEN in ids:
            raise ValueError(f"the id {WRITTEN} is that of the written test, name the round anew")
        return self

    def held_by(self, persona: str | None) -> Format:
        """Return the format with one examiner's round, or as it is held when none is named.

        Raises:
            InputError: None of the rounds is that examiner's; names those who have one.
        """
        if persona is None:
            taken = self.rounds[:1] if self.take == "one" else self.rounds
            return self.model_copy(update={"rounds": taken})
        rounds = tuple(part for part in self.rounds if persona in (part.persona, part.id))[:1]
        if not rounds:
            known = ", ".join(f"{self.id}:{part.persona}" for part in self.rounds)
            raise InputError(
                f"The format `{self.id}` has no round with `{persona}`. Choose one of: {known}."
            )
        return self.model_copy(update={"rounds": rounds, "written": None})
