"""A chat model as a source of words: one streamed call a reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from interviewer.content.persona import Persona
from interviewer.errors import InterviewerError
from interviewer.interview.delivery import SpeechFault, Tokens
from interviewer.interview.moves import Move
from interviewer.interview.voice import Scene
from interviewer.interview.wording import Wording
from interviewer.models.breaker import Breaker
from interviewer.models.faults import ending_fault, fault_of
from interviewer.models.naming import ModelName
from interviewer.models.prices import load_prices
from interviewer.models.prompt import Prompt, private_of, prompt_for
from interviewer.models.telemetry import calling

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk, BaseMessage

    from interviewer.models.opening import OpenModel

Opener = Callable[[], Awaitable["OpenModel"]]


@dataclass
class ModelSource:
    """Words of one model for every persona.

    Attributes:
        model: Its name.
        personas: Whose templates prompts are made from, by id.
        opener: Makes the chat model; called once, when it is first needed.
        breaker: Lets it rest when it keeps failing.
        priced: Whether OpenAI's own prices hold; elsewhere nobody knows what a token costs.
    """

    model: ModelName
    personas: Mapping[str, Persona]
    opener: Opener
    breaker: Breaker = field(default_factory=Breaker)
    priced: bool = False
    _opened: OpenModel | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    def with_personas(self, personas: Mapping[str, Persona]) -> ModelSource:
        """Return the same model for other personas; its connections stay this one's."""
        return ModelSource(self.model, personas, self.ready, self.breaker, self.priced)

    @property
    def name(self) -> str:
        """The model, as `INTERVIEWER_MODEL` names it."""
        return self.model.text

    @property
    def rests(self) -> bool:
        """Whether the model is left alone for now."""
        return self.breaker.rests

    def note(self, *, ok: bool) -> None:
        """Take down whether a turn got its words."""
        self.breaker.note(ok=ok)

    def private(self, scene: Scene) -> str:
        """Return what the prompt tells the model in confidence."""
        return private_of(self.personas[scene.persona], scene)

    async def stream(
        self, move: Move, scene: Scene, wording: Wording
    ) -> AsyncIterator[str | Tokens]:
        """Yield a reply piece by piece; ends only when the reply is whole.

        Raises:
            SpeechFault: It failed, or ended early.
        """
        prompt = prompt_for(self.personas[scene.persona], move, scene, wording)
        async with aclosing(self.reply(prompt)) as reply:
            async for piece in reply:
                yield piece

    async def ready(self) -> OpenModel:
        """Return the chat model, opened when it is first needed.

        Raises:
            SetupError: It cannot be opened.
        """
        async with self._opening:
            if self._opened is None:
                self._opened = await self.opener()
            return self._opened

    async def close(self) -> None:
        """Give back the model's connections."""
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.close()

    async def reply(self, prompt: Prompt) -> AsyncGenerator[str | Tokens, None]:
        """Yield the reply to a prompt; ends only when it is whole.

        Raises:
            SpeechFault: It failed, or ended early.
        """
        with calling(self.model, purpose="turn") as call:
            async with aclosing(self._reply(prompt)) as reply:
                async for piece in reply:
                    if isinstance(piece, Tokens):
                        call.counts(piece.usage)
                    yield piece

    async def _reply(self, prompt: Prompt) -> AsyncGenerator[str | Tokens, None]:
        ending: object = None
        said = False
        try:
            opened = await self.ready()
            async for chunk in opened.chat.astream(_messages(prompt)):
                ending = _ending(chunk.response_metadata) or ending
                text = _text(chunk.content)
                said = said or bool(text.strip())
                if text:
                    yield text
                if chunk.usage_metadata:
                    yield Tokens(self._counted(chunk))
        except InterviewerError:
            raise SpeechFault("unavailable") from None
        except SpeechFault:
            raise
        except Exception as error:
            raise fault_of(error) from None
        fault = ending_fault(ending, said=said)
        if fault is not None:
            raise fault

    def _counted(self, chunk: AIMessageChunk) -> dict[str, object]:
        """Return the tokens of a reply, and what they cost where a price is known."""
        counted = chunk.usage_metadata
        if counted is None:
            return {}
        cached = counted.get("input_token_details", {}).get("cache_read", 0) or 0
        usage = {"input": counted["input_tokens"], "output": counted["output_tokens"]}
        if cached:
            usage["cached"] = cached
        cost = load_prices().cost(self.name, usage) if self.priced else None
        return {**usage, "cost_usd": cost} if cost is not None else dict(usage)


def _messages(prompt: Prompt) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(prompt.constant), HumanMessage(prompt.turning)]


def _text(content: str | list[str | dict[str, object]]) -> str:
    """Return the text of a piece; providers send it plain or in blocks."""
    if isinstance(content, str):
        return content
    found = []
    for block in content:
        if isinstance(block, str):
            found.append(block)
        elif block.get("type") == "text":
            found.append(str(block.get("text", "")))
    return "".join(found)


def _ending(metadata: Mapping[str, object]) -> object:
    """Return why a reply ended, as the provider says it in one of its ways."""
    for name in ("finish_reason", "stop_reason", "done_reason"):
        if metadata.get(name):
            return metadata[name]
    return None
