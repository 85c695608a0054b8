"""Streamed replies read a few times a second, all that has arrived at once.

A server sends a reply in pieces of a token or two, and the client libraries make some twenty
objects of each: with fifty replies on their way that is more than one core can do. Here the pieces
of text that arrived between two readings become one event before the libraries see them.
Everything else, what is broken above all, passes as it came.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx2

from interviewer.models.pace import Pace

_END = b"\n\n"
# Bytes that wait to be read; a reply that has more was not written for somebody to read.
MOST_WAITING = 2_000_000


def gathering(pace: Pace) -> Callable[[httpx2.Response], Coroutine[Any, Any, None]]:
    """Return what lets responses that stream events be read at a pace; for a client's hooks."""

    async def gather(response: httpx2.Response) -> None:
        streams = response.headers.get("content-type", "").startswith("text/event-stream")
        plain = "content-encoding" not in response.headers
        if streams and plain and isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = Gathered(response.stream, pace)

    return gather


@dataclass
class Gathered(httpx2.AsyncByteStream):
    """A stream of events in which pieces of text that arrived together are one.

    Attributes:
        stream: As the server sends it.
        pace: How often it is read.
    """

    stream: httpx2.AsyncByteStream
    pace: Pace
    _arrived: bytearray = field(default_factory=bytearray)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _reading: asyncio.Task[None] | None = None
    _begun: bool = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield what has arrived, whole events at a time; raise what ended the stream early.

        OpenAI's client goes through a stream again when it has had the last event, for what may
        be left. The server's stream is read once: beyond its end some never end.
        """
        if self._begun:
            if self._reading is not None:
                await asyncio.wait((self._reading,))
            return
        self._begun = True
        reading = self._reading = asyncio.create_task(self._read())
        self.pace.replies += 1
        try:
            while not reading.done():
                await self._news.wait()
                self._news.clear()
                if events := self._whole():
                    yield events
                    await asyncio.sleep(self.pace.pause)
            if rest := self._whole() + bytes(self._arrived):
                yield rest
            if not reading.cancelled():  # as it is when the reply was let go meanwhile
                await reading
        finally:
            self.pace.replies -= 1
            await self._leave()

    async def aclose(self) -> None:
        """Read no more, and give the connection back."""
        await self._leave()
        await self.stream.aclose()

    async def _read(self) -> None:
        try:
            async for data in self.stream:
                self._arrived += data
                if len(self._arrived) > MOST_WAITING:
                    self._arrived.clear()
                    raise httpx2.RemoteProtocolError("A reply comes faster than it is read.")
                self._news.set()
        finally:
            self._news.set()

    async def _leave(self) -> None:
        reading, self._reading = self._reading, None
        if reading is None:
            return
        reading.cancel()
        await asyncio.wait((reading,))
        if not reading.cancelled():
            reading.exception()  # looked at, so that asyncio does not report it as lost

    def _whole(self) -> bytes:
        """Return the events that are there; the beginning of one waits for its end."""
        # Lines may end otherwise than everybody ends them; then nothing is told as one.
        otherwise = b"\r" in self._arrived
        end = len(self._arrived) if otherwise else self._arrived.rfind(_END) + len(_END)
        if end < len(_END):
            return b""
        events = bytes(self._arrived[:end])
        del self._arrived[:end]
        return events if otherwise else merged(events)


def merged(events: bytes) -> bytes:
    """Return the events of a streamed chat reply, successive pieces of text told as one.

    An event that is anything but a piece of text stays as it is, and so does the order.
    """
    told: list[bytes] = []
    before: dict[str, Any] | None = None
    for raw in events.removesuffix(_END).split(_END):
        piece = _piece(raw)
        if piece is not None and before is not None:
            _delta(before)["content"] += _delta(piece)["content"]
            told[-1] = b"data: " + json.dumps(before).encode()
        else:
            told.append(raw)
            before = piece
    return _END.join(told) + _END


def _piece(raw: bytes) -> dict[str, Any] | None:
    """Return an event that is a piece of text and nothing else, None for any other."""
    if not raw.startswith(b"data:") or b"\n" in raw:
        return None
    try:
        event = json.loads(raw[len(b"data:") :])
        (choice,) = event["choices"]
        others = dict(choice["delta"])
        text, _ = others.pop("content"), others.pop("role", None)
        more = [*others.values(), choice.get("finish_reason"), choice.get("logprobs"),
                event.get("usage"), event.get("error")]  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return event if isinstance(text, str) and not any(more) else None


def _delta(event: dict[str, Any]) -> dict[str, Any]:
    delta: dict[str, Any] = event["choices"][0]["delta"]
    return delta
