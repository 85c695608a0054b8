"""What is beside words and roles, carried through formats that have a place for data of others.

Whole, under one name, so that it comes back as it was; the format's own fields are for its tools.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from interviewer.evaluation.formats.form import Document

MARK = "interviewer"
_NATIVE = "interviewer.transcript/"


def beside_messages(document: Mapping[str, object]) -> Document:
    """Return what a transcript holds beside its messages."""
    return {key: value for key, value in document.items() if key != "messages"}


def beside_words(message: Mapping[str, object], role: object) -> Document:
    """Return what a message holds beside its words, and beside its role as the format has it."""
    kept = {key: value for key, value in message.items() if key != "content"}
    if kept.get("role") == role:
        del kept["role"]
    return kept


def messages_of(document: Mapping[str, object]) -> list[Document]:
    """Return the messages of a document in the native form."""
    found = document["messages"]
    assert isinstance(found, list)
    return found


def ours(carried: object) -> Mapping[str, object] | None:
    """Return what a transcript of ours carried, None for data that only bears the same name.

    Other people call a field `interviewer` too; ours says its schema, always.
    """
    if isinstance(carried, Mapping) and str(carried.get("schema", "")).startswith(_NATIVE):
        return carried
    return None


def restored(name: str, carried: object, messages: Iterable[Document]) -> Document:
    """Return the native form of a transcript from its parts; what was carried goes first."""
    beside = carried if isinstance(carried, Mapping) else {}
    document: Document = {"id": name, **beside}
    document["messages"] = list(messages)
    return document


def has_words(part: object) -> bool:
    """Whether a part of a chat's message is text."""
    return isinstance(mapping(part).get("text"), str)


class Kind(str):
    """What a part of a message is that is no text."""

    __slots__ = ()


def parted(parts: Iterable[str | Kind]) -> object:
    """Return the content of a message from its parts: words, or a list that tells of the others.

    The list is that of a chat, in which whoever reads it counts what is no text.
    """
    told = list(parts)
    if not any(isinstance(part, Kind) for part in told):
        return "".join(told)
    return [
        {"type": str(part)} if isinstance(part, Kind) else {"type": "text", "text": part}
        for part in told
    ]


def message_of(role: object, content: object, carried: object) -> Document:
    """Return a message of the native form from its parts."""
    beside = carried if isinstance(carried, Mapping) else {}
    return {"role": role, "content": content, **beside}


def mapping(value: object) -> Mapping[str, object]:
    """Return a JSON object, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def entries(value: object) -> list[object]:
    """Return a JSON list, an empty one for anything else."""
    return value if isinstance(value, list) else []
