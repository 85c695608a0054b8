"""A model judges one competency by its anchors; what its verdict is worth is decided elsewhere."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from interviewer.assessment.judges.judge import RatingSheet, Ruling, Verdict
from interviewer.models.form_asking import FormAsker

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# As much of one answer as a model is given, in characters.
MOST_READ = 6_000
# Tokens of a verdict, for models that are given a limit.
LONGEST = 400


class GivenVerdict(BaseModel):
    """A level with what it rests on; the evidence comes first, so that it is looked for first."""

    model_config = ConfigDict(extra="forbid")
    quotes: list[str] = Field(max_length=8)
    comparison: str
    level: int | None


@dataclass
class ModelJudge(FormAsker):
    """Judges with one model; every sample is a call of its own that knows of no other."""

    async def rule(self, sheet: RatingSheet, place: int) -> Ruling:
        """Judge once; whatever goes wrong is a ruling without a verdict."""
        reply = await self.filled(
            messages_for(sheet, place),
            GivenVerdict,
            longest=LONGEST,
            rests=_words(sheet.language)["rests"],
        )
        verdict = None if reply.value is None else verdict_of(reply.value)
        return Ruling(verdict, reply.why, reply.usage)


def messages_for(sheet: RatingSheet, place: int) -> list[BaseMessage]:
    """Return what a model reads for one sample.

    Every second sample reads the anchors from the highest down, so that their order favours none.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    words = _words(sheet.language)
    step = -1 if place % 2 else 1
    anchors = "\n".join(
        Template(words["anchor"]).substitute(level=level, text=text)
        for level, text in sheet.anchors[::step]
    )
    exchanges = "\n\n".join(
        Template(words["exchange"]).substitute(
            question=_fenced(exchange.question), said=_fenced(exchange.said[:MOST_READ])
        )
        for exchange in sheet.exchanges
    )
    ask = Template(words["ask"]).substitute(
        name=sheet.name, definition=sheet.definition, anchors=anchors,
        levels=", ".join(map(str, sheet.levels[::step])), exchanges=exchanges,
    )  # fmt: skip
    return [SystemMessage(words["system"].strip()), HumanMessage(ask.strip())]


def verdict_of(form: GivenVerdict) -> Verdict:
    """Return a filled-in form as a verdict; what was compared is nobody's to read."""
    return Verdict(form.level, tuple(quote for quote in form.quotes if quote.strip()))


def _fenced(text: str) -> str:
    """Return text in which nothing looks like its end."""
    return text.replace('"""', '"').strip()


@cache
def _words(language: str) -> Mapping[str, str]:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"judge_words.{base}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
