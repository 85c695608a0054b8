"""Identifiers are taken out of what an outside model is sent, and put back into its reply."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    SystemMessage,
)
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import BaseModel

from interviewer.errors import SetupError
from interviewer.models.identifiers import identifiers
from interviewer.models.naming import Access, understood
from interviewer.models.opening import open_model
from interviewer.models.redacting import Placeholders, RedactingChat
from interviewer.models.structured import Structured, structured

HERS = {
    "email": "ann.lee+jobs@mail.example.co.uk", "phone": "+44 7400 123456",
    "web": "https://example.com/ann?q=1", "card": "4111 1111 1111 1111",
    "account": "GB82 WEST 1234 5698 7654 32", "identity": "11010519491231002X",
    "address": "192.168.17.4",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), HERS.items())
@pytest.mark.parametrize("around", ["Mine is {}, thanks.", "我的是{}。", "({})", "{}"])
def test_what_reaches_a_person_is_found(kind: str, text: str, around: str) -> None:
    """The whole of it, whatever stands before and behind, in both languages."""
    told = around.format(text)
    assert [(f.kind, told[f.start : f.end]) for f in identifiers(told)] == [(kind, text)]


@pytest.mark.parametrize(
    "text",
    [
        "From 2019 to 2023 I cut 1,200,000 rows to 47500 in 12.5 s.",
        "工资 18000 元，2021-03 到 2024-06，团队 12 人，版本 3.11.4。",
        "Version 1.2.3, ratio 16:9, at 10:30:15, order 4111 1111 1111 1112, item 123-45.",
        "The range 2016-01 to 2020-02; 40 depots, £46,000 to £55,000; room 999-12-3456.",
    ],
)
def test_figures_of_work_stay(text: str) -> None:
    """Years, pay, versions, times and numbers without a right checksum are left alone."""
    assert identifiers(text) == ()


def test_a_placeholder_stands_for_one_thing_and_comes_back() -> None:
    """The same identifier has the same placeholder; what stands for nothing is left as it is."""
    places = Placeholders()
    told = places.put(f"{HERS['email']} or {HERS['phone']}, not {HERS['email']}")
    assert told == "[email-1] or [phone-1], not [email-1]"
    assert places.back("Ask [email-1] [email-9] [1].") == f"Ask {HERS['email']} [email-9] [1]."


class Given(BaseModel):
    """A form."""

    quote: str


class Parrot(BaseChatModel):
    """Says one thing, three characters at a time, and keeps what it was sent."""

    says: str
    heard: list[str]

    @property
    def _llm_type(self) -> str:
        return "parrot"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.heard.extend(str(message.content) for message in messages)
        told = AIMessage(self.says, response_metadata={"finish_reason": "stop"})
        return ChatResult(generations=[ChatGeneration(message=told)])

    async def _agenerate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        return self._generate(messages)

    async def _astream(
        self, messages: list[BaseMessage], *_: Any, **__: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.heard.extend(str(message.content) for message in messages)
        for place in range(0, len(self.says), 3):
            part = self.says[place : place + 3]
            yield ChatGenerationChunk(message=AIMessageChunk(content=part))


def test_no_identifier_goes_out_and_none_is_lost() -> None:
    """A model reads placeholders, streamed or for a form; the reader gets her own words back."""
    said = [SystemMessage("Be brief."), HumanMessage([{"type": "text", "text": str(HERS)}])]
    streaming = Parrot(says="At [email-1], [phone-1]; see [web-1], [none-1] [1", heard=[])

    async def streamed() -> str:
        chat = RedactingChat(inner=streaming)
        return "".join([str(chunk.content) async for chunk in chat.astream(said)])

    email, phone, web = HERS["email"], HERS["phone"], HERS["web"]
    assert asyncio.run(streamed()) == f"At {email}, {phone}; see {web}, [none-1] [1"
    filling = Parrot(says='{"quote": "It is [email-1]."}', heard=[])
    ask = [HumanMessage(f"Mine: {email}")]
    form = asyncio.run(structured(RedactingChat(inner=filling), ask, Given, deadline=20))
    assert isinstance(form, Structured)
    assert form.value.quote == f"It is {email}."
    heard = " ".join((*streaming.heard, *filling.heard))
    assert "[account-1]" in heard
    assert not [text for text in HERS.values() if text in heard]


def chat_for(*, redacts: bool, place: str | None) -> object:
    """Return the chat model that is opened where text goes to a place."""
    access = Access("key", address="http://127.0.0.1:9/v1", redacts=redacts)
    name = replace(understood("openai:fake", access), goes_to=place)

    async def opened() -> object:
        model = await open_model(name, access, servers=lambda: pytest.fail("no file is opened"))
        await model.close()
        return model.chat

    return asyncio.run(opened())


def test_only_what_leaves_this_machine_is_read_for_it() -> None:
    """Nothing is taken out for a model here, nor where nobody asked for it."""
    assert isinstance(chat_for(redacts=True, place="elsewhere.example"), RedactingChat)
    assert not isinstance(chat_for(redacts=True, place=None), RedactingChat)
    assert not isinstance(chat_for(redacts=False, place="elsewhere.example"), RedactingChat)


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for it without the extra is told; text is never sent as it is instead."""
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    with pytest.raises(SetupError, match=r"three-rounds\[redact\]"):
        chat_for(redacts=True, place="elsewhere.example")
