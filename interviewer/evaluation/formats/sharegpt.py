"""ShareGPT: `{"conversations": [{"from", "value"}]}`, as data sets for fine-tuning have it."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.errors import InputError
from interviewer.evaluation.formats.carried import entries, mapping, messages_of
from interviewer.evaluation.formats.chat import plain
from interviewer.evaluation.formats.form import Document, Format
from interviewer.evaluation.formats.losses import Losses

_ROLES = {
    "gpt": "assistant", "chatgpt": "assistant", "bard": "assistant", "bing": "assistant",
    "model": "assistant", "human": "user",
    "observation": "tool", "function_call": "function",
}  # fmt: skip
_FROM = {"assistant": "gpt", "user": "human"}


def _bears(entry: Mapping[str, object]) -> bool:
    return isinstance(entry.get("conversations"), list)


def _native(entry: object, where: str) -> Document:
    said = mapping(entry).get("conversations")
    if not isinstance(said, list):
        raise InputError(f"{where} is no ShareGPT: it needs a list `conversations`.")
    messages: list[Document] = []
    for number, message in enumerate(entries(said), start=1):
        told = mapping(message)
        role, words = told.get("from"), told.get("value")
        if not isinstance(role, str) or not isinstance(words, str):
            raise InputError(f"{where}, message {number} has no `from` or no `value`.")
        kept = {key: value for key, value in told.items() if key not in {"from", "value"}}
        # `from` and `value` say who says what, whatever other programs keep beside them.
        messages.append({**kept, "role": role, "content": words})
    beside = {k: v for k, v in mapping(entry).items() if k not in {"id", "conversations"}}
    return {"id": str(mapping(entry).get("id", "")), **beside, "messages": messages}


def _entry(document: Document, losses: Losses) -> Document:
    chat = plain(document, losses)
    losses.lose("messages.name", sum("name" in message for message in messages_of(chat)))
    said = [
        {"from": _FROM.get(str(m["role"]), m["role"]), "value": m["content"]}
        for m in messages_of(chat)
    ]
    return {"id": chat["id"], "conversations": said}


FORMAT = Format("sharegpt", "ShareGPT", _bears, _native, roles=_ROLES, entry=_entry)
