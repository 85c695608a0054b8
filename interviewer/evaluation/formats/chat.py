"""The native form, and the plain OpenAI chat that is contained in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from interviewer.evaluation.formats.carried import entries, has_words, mapping, messages_of
from interviewer.evaluation.formats.form import Document, Format
from interviewer.evaluation.formats.losses import Losses

_NATIVE = "interviewer.transcript/"
_LONGEST_KIND = 40


def as_it_is(entry: object, where: str) -> Document:
    """Return an entry unchanged; what is wrong with it the transcript file says."""
    return entry if isinstance(entry, dict) else {"messages": entry}


def _whole(document: Document, losses: Losses) -> Document:
    return document


def plain(document: Document, losses: Losses) -> Document:
    """Return what a chat of OpenAI holds: id, and role, name and words of every message."""
    for key in document.keys() - {"schema", "id", "messages"}:
        losses.lose(key)
    messages = []
    for message in messages_of(document):
        for key in message.keys() - {"role", "name", "content"}:
            losses.lose(f"messages.{key}")
        messages.append({k: message[k] for k in ("role", "name", "content") if k in message})
    return {"id": document["id"], "messages": messages}


def without_words(document: Mapping[str, object]) -> Iterator[str]:
    """Yield the kind of every part of a message that is no text, such as a picture."""
    for message in entries(document.get("messages")):
        for part in entries(mapping(message).get("content")):
            if not has_words(part):
                yield str(mapping(part).get("type") or "unknown")[:_LONGEST_KIND]


def _is_native(entry: Mapping[str, object]) -> bool:
    return isinstance(entry.get("messages"), list) and str(entry.get("schema", "")).startswith(
        _NATIVE
    )


def _is_chat(entry: Mapping[str, object]) -> bool:
    return isinstance(entry.get("messages"), list) and not _is_native(entry)


NATIVE = Format("native", "Three Rounds JSON Lines", _is_native, as_it_is, entry=_whole)
OPENAI = Format("openai", "OpenAI chat JSON Lines", _is_chat, as_it_is, entry=plain)
