"""Calls of a model put together to conversations: tracing tools keep them apart and mixed.

Calls wait in a database of SQLite's that lies on disk, is nobody else's and goes with its
connection, so that memory is flat however many there are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from operator import itemgetter
from types import TracebackType

from interviewer.evaluation.formats.carried import has_words
from interviewer.evaluation.formats.form import Call, Document

_TABLE = """
    CREATE TABLE calls (
        number INTEGER PRIMARY KEY, conversation TEXT, began TEXT, place TEXT, call TEXT
    )
"""
_KEEP = "INSERT INTO calls (number, conversation, began, place, call) VALUES (?, ?, ?, ?, ?)"
_BY_CONVERSATION = """
    SELECT calls.conversation, number, place, call FROM calls JOIN (
        SELECT conversation, MIN(number) AS first FROM calls GROUP BY conversation
    ) AS each ON each.conversation = calls.conversation ORDER BY first, began, number
"""

# Messages of one question and its answer.
_EXCHANGE = 2


class Conversations:
    """Takes calls in any order; iterated over, gives each conversation with its place."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("")
        self._count = 0

    def __enter__(self) -> Conversations:
        """Open the place where calls wait."""
        self._kept.execute("PRAGMA journal_mode = OFF")
        self._kept.execute("PRAGMA temp_store = FILE")
        self._kept.execute(_TABLE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Forget them."""
        self._kept.close()

    @property
    def empty(self) -> bool:
        """Whether no call has been added."""
        return not self._count

    def add(self, call: Call, place: str) -> None:
        """Keep a call, and where it lies."""
        self._count += 1
        # What names no conversation is one of its own.
        key = _storable(call.conversation) or f"\0{self._count}"
        told = json.dumps([call.conversation, call.messages, call.about])
        self._kept.execute(
            _KEEP, (self._count, key, _storable(call.began), _storable(place), told)
        )

    def __iter__(self) -> Iterator[tuple[str, Document]]:
        """Yield where each conversation begins and its native form, in order of first calls."""
        rows = self._kept.execute(_BY_CONVERSATION)
        for _, calls in groupby(rows, key=itemgetter(0)):
            told = list(calls)
            _, place = min((number, place) for _, number, place, _ in told)
            yield place, conversation(json.loads(call) for *_, call in told)


def conversation(calls: Iterable[tuple[str, list[Document], Document]]) -> Document:
    """Return the native form of a conversation from its calls in order.

    Calls are put together by their words: a history seldom has the thoughts or pictures that the
    call had which made it.
    """
    document: Document = {}
    messages: list[Document] = []
    beside: dict[tuple[object, object], list[list[object]]] = {}
    for name, said, about in calls:
        document |= {"id": name, **about}
        told = [_worded(message) for message in said]
        own: dict[tuple[object, object], list[list[object]]] = {}
        for message, parts in told:
            own.setdefault(_said(message), []).append(parts)
        for key, parts_of in own.items():
            beside[key] = max(beside.get(key, []), parts_of, key=lambda held: sum(map(len, held)))
        messages = joined(messages, [message for message, _ in told])
    return {**document, "messages": [_with_parts(message, beside) for message in messages]}


def _said(message: Document) -> tuple[object, object]:
    return message.get("role"), json.dumps(message.get("content"))


def _worded(message: Document) -> tuple[Document, list[object]]:
    """Return a message with its words alone, and its parts that are no text."""
    parts = message.get("content")
    if not isinstance(parts, list):
        return message, []
    words = [part["text"] for part in parts if has_words(part)]
    return {**message, "content": "".join(words)}, [part for part in parts if not has_words(part)]


def _with_parts(
    message: Document, beside: dict[tuple[object, object], list[list[object]]]
) -> Document:
    """Return a message with the parts that are no text, where a call had it with some."""
    waiting = beside.get(_said(message))
    parts = waiting.pop(0) if waiting else []
    if not parts:
        return message
    return {**message, "content": [{"type": "text", "text": message["content"]}, *parts]}


def joined(before: list[Document], call: list[Document]) -> list[Document]:
    """Return a conversation with one more call.

    A call brings the whole history, or only what is new; what is there already is not said
    twice, and instructions count once. An answer that was made again stands in the place of the
    first. An exchange that comes again as what is new was said twice; a longer piece that was said
    before is a history that comes late.
    """
    if before == call[: len(before)]:
        return call
    said = [message for message in before if message["role"] != "system"]
    told = [m for m in call if m["role"] != "system" or m not in before]
    if before[-len(call) :] == call or (len(told) > _EXCHANGE and _contains(said, told)):
        return before
    if said and said == told[: len(said)]:
        return before + told[len(said) :]
    if _again(said, told):
        return [message for message in before if message["role"] == "system"] + told
    for shared in range(min(len(before), len(told)), 0, -1):
        if before[-shared:] == told[:shared]:
            return before + told[shared:]
    return before + told


def _contains(said: list[Document], told: list[Document]) -> bool:
    return any(said[at : at + len(told)] == told for at in range(len(said) - len(told) + 1))


def _again(said: list[Document], told: list[Document]) -> bool:
    """Whether a call is the history once more, up to where it went on in another way.

    One message that is the same tells nothing in a longer talk: `Yes.` may be said twice.
    """
    pairs = zip(said, told, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    least = 1 if len(said) == len(told) == _EXCHANGE else _EXCHANGE
    return least <= shared < len(told)


def _storable(text: str) -> str:
    """Return a text with half of a surrogate pair as its escape: SQLite has no form for it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
