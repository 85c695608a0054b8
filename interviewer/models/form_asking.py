"""One form asked of a model: again for what fails in passing, no more when everything does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic

from interviewer.errors import InterviewerError
from interviewer.models.breaker import Breaker
from interviewer.models.filled import Form
from interviewer.models.prices import load_prices
from interviewer.models.telemetry import calling
from interviewer.models.voice import ModelSource

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from interviewer.models.structured import Way

# Seconds for one form, all its ways of asking and one repair in it; a model on this machine
# reads a long answer slowly.
DEADLINE, DEADLINE_HERE = 90.0, 300.0
# Forms asked for at the same time; a model on this machine takes them nearly in turn.
AT_ONCE, AT_ONCE_HERE = 4, 2
# What may be better the next time, and how long to wait for it.
_PASSING = frozenset({"connection", "time_out", "limit", "server"})
# What no model said anything to: the form was not misread, it never came.
_NEVER_CAME = _PASSING | {
    "key",
    "no_model",
    "refused",
    "too_long",
    "deadline",
    "rests",
    "unopened",
}
_PAUSE = 1.0
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Filled(Generic[Form]):
    """A form, or why there is none.

    Attributes:
        value: The form, None where there is none.
        why: Why, as a sentence; empty when there is one.
        came: Whether the model said something, readable or not.
        usage: Tokens as `input` and `output`, and `cost_usd` where a price is known.
    """

    value: Form | None
    why: str = ""
    came: bool = True
    usage: Mapping[str, float] = field(default_factory=dict)


@dataclass
class FormAsker:
    """Asks one model for forms; every form is a call of its own that knows of no other.

    Attributes:
        source: The model.
        deadline: Seconds for one form, None for what is usual.
        pause: Seconds before a form is asked for again that failed in passing.
        breaker: Lets the model rest when its forms keep failing; then the others fail at once.
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
        """How many forms may be asked for at the same time."""
        return AT_ONCE_HERE if self._here else AT_ONCE

    @property
    def _here(self) -> bool:
        return self.source.model.provider in ("local", "ollama")

    async def filled(
        self, messages: Sequence[BaseMessage], form: type[Form], *, longest: int, rests: str
    ) -> Filled[Form]:
        """Return a form, or why there is none.

        Args:
            messages: What the model reads.
            form: What it fills in.
            longest: Tokens of a form, for models that are given a limit.
            rests: What to say when the model is left alone for now.
        """
        from interviewer.models.structured import WAYS, Structured, structured

        if self.breaker.rests:
            return Filled(None, rests, came=False)
        try:
            opened = await self.source.ready()
        except InterviewerError as error:
            self.breaker.note(ok=False)
            return Filled(None, str(error), came=False)
        chat = self._with_room(opened.chat, longest)
        deadline = self.deadline or (DEADLINE_HERE if self._here else DEADLINE)
        used: dict[str, int] = {}
        asked = 0
        while True:
            asked += 1
            with calling(self.source.model, purpose="form") as call:
                reply = await structured(
                    chat, messages, form, deadline=deadline, start=self._way or WAYS[0]
                )
                call.came(reply.usage, "" if isinstance(reply, Structured) else reply.ended)
            for kind, count in reply.usage.items():
                used[kind] = used.get(kind, 0) + count
            if isinstance(reply, Structured) or reply.ended not in _PASSING or asked == _TRIES:
                break
            await asyncio.sleep(self.pause)
        self.breaker.note(ok=isinstance(reply, Structured))
        if not isinstance(reply, Structured):
            came = reply.ended not in _NEVER_CAME
            return Filled(None, reply.reason, came, self._cost(used))
        # What the server is known to follow is asked for first from now on.
        self._way = self._way or reply.way
        return Filled(reply.value, "", True, self._cost(used))

    def _with_room(self, chat: BaseChatModel, longest: int) -> BaseChatModel:
        """Return the model with room for a form; on this machine it tells it bit by bit.

        A client waits a minute for the next sign of a reply. Whole forms of a slow model take
        longer, their single words do not.
        """
        from interviewer.models.brief_writer import with_room

        streams = self._here and hasattr(chat, "streaming")
        chat = chat.model_copy(update={"streaming": True}) if streams else chat
        return with_room(chat, longest)

    def _cost(self, used: Mapping[str, int]) -> Mapping[str, float]:
        """Return tokens that were counted, and what they cost where a price is known."""
        usage: dict[str, float] = {name: count for name, count in used.items() if count}
        cost = load_prices().cost(self.source.name, used) if usage and self.source.priced else None
        return usage if cost is None else {**usage, "cost_usd": cost}
