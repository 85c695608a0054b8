"""A model judges one competency by its anchors; what its verdict is worth is decided elsewhere."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from interviewer.assessment.judges.judge import RatingSheet, Ruling, Usage, Verdict
from interviewer.errors import InterviewerError
from interviewer.models.breaker import Breaker
from interviewer.models.prices import load_prices
from interviewer.models.voice import ModelSource

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from interviewer.models.structured import Way

# Seconds for one sample, all its ways of asking and one repair in it; a model on this machine
# reads a long answer slowly.
DEADLINE, DEADLINE_HERE = 90.0, 300.0
# As much of one answer as a model is given, in characters.
MOST_READ = 6_000
# Tokens of a verdict, for models that are given a limit.
LONGEST = 400
# Samples asked for at the same time; a model on this machine takes them nearly in turn.
AT_ONCE, AT_ONCE_HERE = 4, 2
# What may be better the next time, and how long to wait for it.
_PASSING = frozenset({"connection", "time_out", "limit", "server"})
_PAUSE = 1.0
_TRIES = 2


class GivenVerdict(BaseModel):
    """A level with what it rests on; the evidence comes first, so that it is looked for first."""

    model_config = ConfigDict(extra="forbid")
    quotes: list[str] = Field(max_length=8)
    comparison: str
    level: int | None


@dataclass
class ModelJudge:
    """Judges with one model; every sample is a call of its own that knows of no other.

    Attributes:
        source: The model.
        deadline: Seconds for one sample, None for what is usual.
        pause: Seconds before a sample is asked for again that failed in passing.
        breaker: Lets the model rest when its samples keep failing; then the others fail at once.
    """

    source: ModelSource
    deadline: float | None = None
    pause: float = _PAUSE
    breaker: Breaker = field(default_factory=Breaker)
    _way: Way | None = None

    @property
    def name(self) -> str:
        """The model, as a page calls it."""
        return self.source.model.shown

    @property
    def at_once(self) -> int:
        """How many samples may be asked for at the same time."""
        return AT_ONCE_HERE if self._here else AT_ONCE

    @property
    def _here(self) -> bool:
        return self.source.model.provider in ("local", "ollama")

    async def rule(self, sheet: RatingSheet, place: int) -> Ruling:
        """Judge once; whatever goes wrong is a ruling without a verdict."""
        from interviewer.models.structured import WAYS, Structured, structured

        if self.breaker.rests:
            return Ruling(None, _words(sheet.language)["rests"])
        try:
            opened = await self.source.ready()
        except InterviewerError as error:
            self.breaker.note(ok=False)
            return Ruling(None, str(error))
        chat, messages = self._with_room(opened.chat), messages_for(sheet, place)
        deadline = self.deadline or (DEADLINE_HERE if self._here else DEADLINE)
        used: dict[str, int] = {}
        asked = 0
        while True:
            asked += 1
            reply = await structured(
                chat, messages, GivenVerdict, deadline=deadline, start=self._way or WAYS[0]
            )
            for kind, count in reply.usage.items():
                used[kind] = used.get(kind, 0) + count
            if isinstance(reply, Structured) or reply.ended not in _PASSING or asked == _TRIES:
                break
            await asyncio.sleep(self.pause)
        self.breaker.note(ok=isinstance(reply, Structured))
        if not isinstance(reply, Structured):
            return Ruling(None, reply.reason, self._cost(used))
        # What the server is known to follow is asked for first from now on.
        self._way = self._way or reply.way
        return Ruling(verdict_of(reply.value), "", self._cost(used))

    def _with_room(self, chat: BaseChatModel) -> BaseChatModel:
        """Return the model with room for a verdict; on this machine it tells it bit by bit.

        A client waits a minute for the next sign of a reply. Whole verdicts of a slow model take
        longer, their single words do not.
        """
        from interviewer.models.brief_writer import with_room

        streams = self._here and hasattr(chat, "streaming")
        chat = chat.model_copy(update={"streaming": True}) if streams else chat
        return with_room(chat, LONGEST)

    def _cost(self, used: Mapping[str, int]) -> Usage:
        """Return tokens that were counted, and what they cost where a price is known."""
        usage: dict[str, float] = {name: count for name, count in used.items() if count}
        cost = load_prices().cost(self.source.name, used) if usage and self.source.priced else None
        return usage if cost is None else {**usage, "cost_usd": cost}


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
