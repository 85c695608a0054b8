"""Runs as LangSmith exports them, a run a line: what went in and what came out.

A conversation is the runs of one thread (`thread_id`, `session_id` or `conversation_id` of their
metadata), else of one trace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from interviewer.evaluation.formats.carried import entries, mapping
from interviewer.evaluation.formats.form import Call, Document, Format

_ROLES = {"human": "user", "ai": "assistant", "AIMessageChunk": "assistant"}
# LangChain's classes of messages, by the last part of their serialised name.
_CLASSES = {
    "HumanMessage": "user", "AIMessage": "assistant", "AIMessageChunk": "assistant",
    "SystemMessage": "system", "ToolMessage": "tool", "FunctionMessage": "function",
}  # fmt: skip
_THREAD = ("thread_id", "session_id", "conversation_id")


def _bears(entry: Mapping[str, object]) -> bool:
    return isinstance(entry.get("inputs"), dict) and bool(
        entry.keys() & {"run_type", "dotted_order", "trace_id"}
    )


def _calls(entry: object) -> Iterator[Call]:
    run = mapping(entry)
    messages = [*_said_in(mapping(run.get("inputs"))), *_said_in(mapping(run.get("outputs")))]
    if not messages:
        return
    metadata = mapping(mapping(run.get("extra")).get("metadata"))
    threads = [metadata[name] for name in _THREAD if metadata.get(name)]
    conversation = [*threads, run.get("thread_id"), run.get("trace_id"), run.get("id")]
    name = next((str(told) for told in conversation if told), "")
    yield Call(name, str(run.get("start_time") or ""), messages)


def _said_in(side: Mapping[str, object]) -> Iterator[Document]:
    for key in ("messages", "input", "output"):
        yield from _messages(side.get(key))
    for choice in entries(side.get("choices")):
        yield from _messages([mapping(choice).get("message")])
    for batch in entries(side.get("generations")):
        for made in batch if isinstance(batch, list) else [batch]:
            told = mapping(made)
            yield from _messages(
                [told.get("message") or mapping(told.get("kwargs")).get("message")]
            )
    if isinstance(side.get("role"), str):
        yield from _messages([side])


def _messages(value: object) -> Iterator[Document]:
    if isinstance(value, Mapping):
        value = [value]
    for one in entries(value):
        if isinstance(one, list):  # a batch of one, as chat models are called
            yield from _messages(one)
        elif message := _message(mapping(one)):
            yield message


def _message(one: Mapping[str, object]) -> Document:
    """Return a message from OpenAI's form or LangChain's three, an empty one for what is none."""
    told = mapping(one.get("kwargs") or one.get("data") or one)
    role = one.get("role") or told.get("role")
    if role is None:
        path = entries(one.get("id"))
        role = _CLASSES.get(str(path[-1])) if path else None
        role = role or one.get("type") or told.get("type")
    if not isinstance(role, str) or "content" not in told:
        return {}
    name = {"name": told["name"]} if isinstance(told.get("name"), str) else {}
    return {"role": _ROLES.get(role, role), **name, "content": told["content"]}


def _native(entry: object, where: str) -> Document:
    return dict(mapping(entry))


FORMAT = Format("langsmith", "LangSmith run export", _bears, _native, roles=_ROLES, calls=_calls)
