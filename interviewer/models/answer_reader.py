"""A model reads an answer and fills in a form; what it may change is decided elsewhere."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from string import Template
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from interviewer.errors import InterviewerError
from interviewer.interview.model_reading import Opinion
from interviewer.models.breaker import Breaker
from interviewer.models.prices import load_prices
from interviewer.models.telemetry import calling
from interviewer.models.voice import ModelSource
from interviewer.reading.answer import Reading

# Nobody waits longer for a reading; the one by rules is there already.
DEADLINE = 6.0
# As much of an answer as a model is given, in characters.
MOST_READ = 6_000
Part = Literal["situation", "own_action", "result", "reflection", "specific"]


class HeardAnswer(BaseModel):
    """What is in one answer."""

    model_config = ConfigDict(extra="forbid")
    parts: list[Part]
    off_question: bool
    hypothetical: bool
    we_only: bool
    questions: list[str] = Field(max_length=12)


@dataclass
class AnswerReader:
    """Reads answers with the model of an interview.

    Attributes:
        source: The model.
        deadline: Seconds for one answer.
        breaker: Lets it rest when its readings keep failing; its words may be well meanwhile.
    """

    source: ModelSource
    deadline: float = DEADLINE
    breaker: Breaker = field(default_factory=Breaker)

    @property
    def rests(self) -> bool:
        """Whether the model, or its reading, is left alone for now."""
        return self.source.rests or self.breaker.rests

    async def read(self, question: str, answer: str, language: str) -> Opinion:
        """Return what the model makes of an answer, no reading when it fails or is late."""
        from langchain_core.messages import HumanMessage, SystemMessage

        from interviewer.models.structured import Structured, structured

        words = _words(language)
        ask = Template(words["ask"]).substitute(
            # Nothing in an answer may look like its end.
            question=_held(question), answer=_held(answer[:MOST_READ]),
        )  # fmt: skip
        messages = [SystemMessage(words["system"].strip()), HumanMessage(ask.strip())]
        try:
            opened = await self.source.ready()
        except InterviewerError:
            self.breaker.note(ok=False)
            return Opinion(None)
        with calling(self.source.model, purpose="form") as call:
            reply = await structured(opened.chat, messages, HeardAnswer, deadline=self.deadline)
            call.came(reply.usage, "" if isinstance(reply, Structured) else reply.ended)
        done = isinstance(reply, Structured)
        self.breaker.note(ok=done)
        return Opinion(
            reading_of(reply.value) if isinstance(reply, Structured) else None,
            self._cost(reply.usage),
        )

    def _cost(self, used: Mapping[str, int]) -> Mapping[str, float]:
        """Return the tokens of a reading, and what they cost where a price is known."""
        usage: dict[str, float] = {name: count for name, count in used.items() if count}
        cost = load_prices().cost(self.source.name, used) if usage and self.source.priced else None
        return usage if cost is None else {**usage, "cost_usd": cost}


def reading_of(form: HeardAnswer) -> Reading:
    """Return a filled-in form as a reading."""
    return Reading(
        parts=frozenset(form.parts),
        off_question=form.off_question,
        hypothetical=form.hypothetical,
        we_only=form.we_only,
        questions=tuple(form.questions),
    )


def _held(text: str) -> str:
    return text.replace('"""', '"').strip()


@cache
def _words(language: str) -> Mapping[str, str]:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"answer_words.{base}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
