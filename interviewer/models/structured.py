"""A filled-in form from any chat model: what a model read or judged, as a checked value.

The ways of asking, in order: `json_schema` (the server holds the model to the form), `json_mode`
(the server holds it to JSON), `prompt` (words only). In all of them the reply is read here and not
by LangChain's `with_structured_output`, which raises, returns nothing or completes a cut reply
depending on the way and the server. Whatever goes wrong, the result is a value that says why.
"""

from __future__ import annotations

import asyncio
import logging
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from string import Template
from types import MappingProxyType
from typing import Final, Generic, Literal, TypeVar, get_args

import openai
from langchain_core import exceptions as failures
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.output_parsers import PydanticOutputParser
from langchain_core.utils.function_calling import convert_to_openai_function
from pydantic import BaseModel

from interviewer.content.form import Text, Value
from interviewer.models.filled import Fault, Form, Misread, read_form

Way = Literal["json_schema", "json_mode", "prompt"]
Failure = Literal[
    "refused", "declined", "key", "no_model", "limit", "too_long", "connection", "time_out",
    "server", "deadline",
]  # fmt: skip
Usage = dict[str, int]
Said = TypeVar("Said", bound=Fault | Failure)
WAYS: Final[tuple[Way, ...]] = get_args(Way)

_log = logging.getLogger(__name__)
_MOST_SHOWN = 8_000  # characters of its own reply a model is shown again
_FINISHED = {"", "stop", "end_turn", "stop_sequence", "eos", "eos_token"}
_DECLINED = {"content_filter", "refusal", "safety"}
# What another way of asking would only meet again. The first that fits names the failure.
_ENDS: Final[Mapping[type[Exception], Failure]] = {
    openai.ContentFilterFinishReasonError: "declined", failures.ContextOverflowError: "too_long",
    failures.ModelAuthenticationError: "key", failures.ModelPermissionDeniedError: "key",
    failures.ModelNotFoundError: "no_model", failures.ModelRateLimitError: "limit",
    failures.ModelTimeoutError: "time_out", TimeoutError: "time_out",
    failures.ModelConnectionError: "connection", ConnectionError: "connection",
}  # fmt: skip
_FINAL = {*_ENDS.values(), "server"}


class Words(Value):
    """The words of `structured.en.toml`: all but `reasons` are for the model."""

    ask: Text
    mend: Text
    faults: dict[Fault, Text]
    reasons: dict[Fault | Failure, Text]


@dataclass(frozen=True, slots=True)
class Structured(Generic[Form]):
    """A form that a model filled in.

    Attributes:
        value: The form.
        way: The way of asking that gave it; a caller may begin there the next time.
        repaired: Whether the model had to be shown its mistakes first.
        usage: Tokens as `input` and `output`, and `cached` where told, over all calls.
    """

    value: Form
    way: Way
    repaired: bool
    usage: Usage


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No form, and why; nothing that a server or a model said is in it.

    Attributes:
        reason: Why, as a sentence.
        tries: What became of each call, in order: the way and a sentence.
        usage: As in `Structured`; what failed has its price too.
        ended: The same as `reason`, in a word.
    """

    reason: str
    tries: tuple[str, ...]
    usage: Usage = field(default_factory=dict)
    ended: Fault | Failure = "refused"


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    cut: bool

    def read(self, form: type[Form]) -> Form | Misread:
        return Misread("cut") if self.cut and self.text.strip() else read_form(self.text, form)


async def structured(
    chat: BaseChatModel,
    messages: Sequence[BaseMessage],
    form: type[Form],
    *,
    deadline: float,
    start: Way = "json_schema",
) -> Structured[Form] | Unreadable:
    """Ask a model to fill in a form, and return the form or why there is none.

    Args:
        chat: The model.
        messages: What it reads; the form is explained after the last one where that is needed.
        form: What it fills in. Types are taken strictly ("3" and true are not 3), and a form says
            itself whether it allows fields it does not know.
        deadline: Seconds for all of it.
        start: The first way to try, for a model whose server is known to refuse those before.
    """
    asking = _Asking(chat, tuple(messages), form)
    ways = WAYS[WAYS.index(start) :]
    ended: Fault | Failure = "refused"
    try:
        async with asyncio.timeout(deadline):
            for way in ways:
                got = await asking.ask(way, last=way == ways[-1])
                if isinstance(got, Structured):
                    return got
                ended = got
                if ended in _FINAL:
                    break
    except TimeoutError:
        ended = asking.note("deadline", "all")
    return Unreadable(_words().reasons[ended], tuple(asking.tries), asking.usage, ended)


@dataclass(slots=True)
class _Asking(Generic[Form]):
    """One form being asked for: what was tried, what it used, whether the repair is spent."""

    chat: BaseChatModel
    messages: tuple[BaseMessage, ...]
    form: type[Form]
    tries: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=lambda: {"input": 0, "output": 0})
    mended: bool = False

    async def ask(self, way: Way, *, last: bool) -> Structured[Form] | Fault | Failure:
        """Ask in one way, and once more if the repair is not spent and is worth it."""
        messages = self.messages if way == "json_schema" else self._with_form()
        reply = await self._call(way, messages)
        read = reply.read(self.form) if isinstance(reply, _Reply) else reply
        repaired, label = False, str(way)
        if isinstance(reply, _Reply) and isinstance(read, Misread):
            # Nothing to show, or no JSON at all under a way that should have enforced it (the
            # server ignored the way): the next way asks better than a repair would.
            hopeless = read.fault == "empty" or (read.fault == "no_json" and not last)
            if not (self.mended or hopeless):
                self.note(read.fault, way)
                self.mended = repaired = True
                label = f"{way}, repair"
                mended = await self._call(way, self._mending(messages, reply, read))
                read = mended.read(self.form) if isinstance(mended, _Reply) else mended
        if isinstance(read, BaseModel):
            return Structured(read, way, repaired, self.usage)
        return self.note(read.fault if isinstance(read, Misread) else read, label)

    def note(self, why: Said, label: str) -> Said:
        """Keep what became of a try, and return it."""
        self.tries.append(f"{label}: {_words().reasons[why]}")
        return why

    async def _call(self, way: Way, messages: Sequence[BaseMessage]) -> _Reply | Failure:
        asked = self.chat if way == "prompt" else self.chat.bind(response_format=self._format(way))
        try:
            message = await asked.ainvoke(list(messages))
        except openai.LengthFinishReasonError as error:
            return self._cut(error.completion)
        except Exception as error:  # a provider may raise anything; none of it may pass on
            _log.debug("%s failed with %s", way, type(error).__name__)
            return _failure_of(error, way)
        self._count(message)
        told = message.response_metadata
        ending = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason")
        finish = str(ending or "").casefold()
        if message.additional_kwargs.get("refusal") or finish in _DECLINED:
            return "declined"
        return _Reply(str(message.text), cut=finish not in _FINISHED)

    def _count(self, message: AIMessage) -> None:
        if (used := message.usage_metadata) is None:
            return
        self.usage["input"] += used["input_tokens"]
        self.usage["output"] += used["output_tokens"]
        if cached := used.get("input_token_details", {}).get("cache_read"):
            self.usage["cached"] = self.usage.get("cached", 0) + cached

    def _cut(self, completion: openai.types.chat.ChatCompletion) -> _Reply:
        """Count and return the beginning of a reply for which there was no more room."""
        if (used := completion.usage) is not None:
            self.usage["input"] += used.prompt_tokens
            self.usage["output"] += used.completion_tokens
        return _Reply(completion.choices[0].message.content or "", cut=True)

    def _format(self, way: Way) -> dict[str, object]:
        if way == "json_mode":
            return {"type": "json_object"}
        return {"type": "json_schema", "json_schema": dict(_schema(self.form))}

    def _with_form(self) -> tuple[BaseMessage, ...]:
        """Put the form after what the model reads.

        It goes into the last message where that is the user's: some models' templates refuse two
        of them in a row.
        """
        asking = Template(_words().ask).substitute(form=_explained(self.form))
        *before, final = self.messages or (HumanMessage(""),)
        if isinstance(final, HumanMessage) and isinstance(final.content, str):
            return (*before, HumanMessage(f"{final.content}\n\n{asking}".strip()))
        return (*before, final, HumanMessage(asking))

    def _mending(
        self, messages: Sequence[BaseMessage], reply: _Reply, read: Misread
    ) -> tuple[BaseMessage, ...]:
        mending = Template(_words().mend).substitute(
            form=_explained(self.form), fault=_words().faults[read.fault], details=read.details
        )
        return (*messages, AIMessage(reply.text[:_MOST_SHOWN]), HumanMessage(mending))


@cache
def _schema(form: type[BaseModel]) -> Mapping[str, object]:
    """Return the schema of a form, which takes as long to make as a prompt."""
    function = convert_to_openai_function(form, strict=True)
    function["schema"] = function.pop("parameters")
    return MappingProxyType(function)


def _explained(form: type[BaseModel]) -> str:
    return PydanticOutputParser(pydantic_object=form).get_format_instructions()


def _failure_of(error: Exception, way: Way) -> Failure:
    """Return what an exception means, without a word of it.

    Most servers say 400 to a way they do not offer, some 422, 500 or 501 (a schema they cannot
    follow), and some providers' packages raise an error of their own: all go on to the next way.
    """
    for kind, failure in _ENDS.items():
        if isinstance(error, kind):
            return failure
    if getattr(error, "code", None) == "context_length_exceeded":  # LangChain looks elsewhere
        return "too_long"
    status = getattr(error, "status_code", None)
    if way == "prompt" or (isinstance(status, int) and status > 501):
        return "server"
    return "refused"


@cache
def _words() -> Words:
    """Return the words, each of them there and none too many."""
    file = resources.files(__package__) / "structured.en.toml"
    words = Words.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    needed = {*get_args(Fault), *get_args(Failure)}
    if set(words.faults) != set(get_args(Fault)) or set(words.reasons) != needed:
        raise ValueError("structured.en.toml: not one sentence for each fault and failure.")
    return words
