"""A chat model that is sent placeholders for identifiers, and whose reply has them put back.

It stands around the chat model of any provider, so that nothing that asks a model can forget it.
Within one call the same identifier has the same placeholder; between calls nothing is remembered.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from interviewer.models.identifiers import identifiers

_OPEN, _LONGEST = "[", 16
_PLACE = re.compile(r"\[[a-z]+-\d+\]")


@dataclass
class Placeholders:
    """What stands for what in one call."""

    _known: dict[str, str] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def put(self, text: str) -> str:
        """Return a text with placeholders for what identifies somebody."""
        told, end = [], 0
        for found in identifiers(text):
            told += [text[end : found.start], self._for(found.kind, text[found.start : found.end])]
            end = found.end
        return "".join((*told, text[end:]))

    def back(self, text: str) -> str:
        """Return a text with what the placeholders in it stand for."""
        meant = {place: original for original, place in self._known.items()}
        return _PLACE.sub(lambda match: meant.get(match.group(), match.group()), text)

    def _for(self, kind: str, original: str) -> str:
        if original not in self._known:
            self._counts[kind] += 1
            self._known[original] = f"[{kind}-{self._counts[kind]}]"
        return self._known[original]


class RedactingChat(BaseChatModel):
    """A chat model in front of which identifiers are taken out.

    Attributes:
        inner: The model that is asked.
    """

    inner: BaseChatModel

    @property
    def _llm_type(self) -> str:
        return self.inner._llm_type

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError("Models are asked without blocking.")

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        places = Placeholders()
        # Looking for identifiers takes a tenth of a second of a long prompt.
        sent = await asyncio.to_thread(_sent, messages, places)
        result = await self.inner._agenerate(sent, stop, run_manager, **kwargs)
        for generation in result.generations:
            generation.message = _told(generation.message, places)
            generation.text = places.back(generation.text)
        return result

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        places, begun = Placeholders(), ""
        sent = await asyncio.to_thread(_sent, messages, places)
        async for chunk in self.inner._astream(sent, stop, run_manager, **kwargs):
            if not isinstance(chunk.message.content, str):
                yield chunk
                continue
            whole, begun = _whole(begun + chunk.message.content)
            message = chunk.message.model_copy(update={"content": places.back(whole)})
            yield ChatGenerationChunk(message=message, generation_info=chunk.generation_info)
        if begun:
            yield ChatGenerationChunk(message=AIMessageChunk(content=places.back(begun)))


def _whole(text: str) -> tuple[str, str]:
    """Return what can be told, and the beginning of a placeholder that has to wait."""
    cut = text.rfind(_OPEN)
    waits = cut >= 0 and "]" not in text[cut:] and len(text) - cut < _LONGEST
    return (text[:cut], text[cut:]) if waits else (text, "")


def _sent(messages: Sequence[BaseMessage], places: Placeholders) -> list[BaseMessage]:
    return [message.model_copy(update={"content": _put(message.content, places)})
            for message in messages]  # fmt: skip


def _put(content: Any, places: Placeholders) -> Any:
    """Return what a message says, in text or in blocks of it, with placeholders."""
    if isinstance(content, str):
        return places.put(content)
    if isinstance(content, list):
        return [_put(block, places) for block in content]
    if isinstance(content, dict):
        return {key: _put(value, places) for key, value in content.items()}
    return content


def _told(message: BaseMessage, places: Placeholders) -> BaseMessage:
    if not isinstance(message.content, str):
        return message
    return message.model_copy(update={"content": places.back(message.content)})
