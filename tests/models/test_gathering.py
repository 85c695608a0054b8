"""Replies that are read all at once: nothing of them is lost, changed or held."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.models.gathering import MOST_WAITING, Gathered, gathering, merged
from interviewer.models.pace import LONGEST_PAUSE, Pace
from tests.fakes.faults import delta

OTHER_EVENTS = {
    "an end": b"data: [DONE]",
    "a reason": b"data: " + delta("", finish="stop").encode(),
    "no words": b"data: " + delta(None).encode(),
    "null for words": b'data: {"choices": [{"delta": {"content": null}}]}',
    "a tool": b'data: {"choices": [{"delta": {"content": "a", "tool_calls": [{"index": 0}]}}]}',
    "two replies": b'data: {"choices": [{"delta": {"content": "a"}}, {"delta": {"content": ""}}]}',
    "tokens": b'data: {"choices": [{"delta": {"content": "a"}}], "usage": {"total_tokens": 1}}',
    "an error": b'data: {"error": {"message": "no"}, "choices": [{"delta": {"content": "a"}}]}',
    "no JSON": b"data: {choices",
    "no UTF-8": b'data: {"choices": [{"delta": {"content": "\xff"}}]}',
    "a list": b"data: [1]",
    "a comment": b": wait",
    "a name": b"event: error\ndata: {}",
}


class Server(httpx2.AsyncByteStream):
    """A stream that sends what it is given, then ends, breaks or waits for ever."""

    def __init__(self, sent: Sequence[bytes], ends: str = "well") -> None:
        self.sent, self.ends, self.closed = sent, ends, False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for data in self.sent:
            yield data
            await asyncio.sleep(0)
        if self.ends == "broken":
            raise httpx2.ReadError("reset")
        if self.ends == "never":
            await asyncio.Event().wait()

    async def aclose(self) -> None:
        """Note that the connection was given back."""
        self.closed = True


def event(text: str) -> bytes:
    """Return the event of a piece of text."""
    return b"data: " + delta(text).encode() + b"\n\n"


def words(events: bytes) -> list[str]:
    """Return the text of each event."""
    return [
        json.loads(raw[6:])["choices"][0]["delta"].get("content") or ""
        for raw in events.split(b"\n\n")
        if raw.startswith(b"data: {")
    ]


@given(st.lists(st.text(), min_size=1))
def test_pieces_that_arrived_together_are_one(texts: list[str]) -> None:
    """Whatever was said, it is one event with all the words."""
    assert words(merged(b"".join(map(event, texts)))) == ["".join(texts)]


@pytest.mark.parametrize("other", OTHER_EVENTS.values(), ids=OTHER_EVENTS.keys())
def test_any_other_event_stays_as_it_came_and_where_it_was(other: bytes) -> None:
    """Words before it and after it are not joined over it."""
    said = event("one") + event("two") + other + b"\n\n" + event("three") + event("four")
    before, found, after = merged(said).removesuffix(b"\n\n").split(b"\n\n")
    assert found == other
    assert words(before + b"\n\n" + after) == ["onetwo", "threefour"]


def read(server: Server, pace: Pace | None = None) -> bytes:
    """Return all that a stream yields, or as much as came before it broke."""

    async def run() -> bytes:
        got = b""
        try:
            async for data in Gathered(server, pace or Pace()):
                got += data
        except httpx2.ReadError:
            got += b"BROKEN"
        return got

    return asyncio.run(run())


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=8), min_size=1, max_size=10), st.integers(20, 200))
def test_it_does_not_matter_how_bytes_are_cut(texts: list[str], size: int) -> None:
    """Packets that end anywhere in an event change no word of the reply."""
    sent = b"".join(map(event, texts))
    packets = [sent[at : at + size] for at in range(0, len(sent), size)]
    assert "".join(words(read(Server(packets)))) == "".join(texts)


def test_what_came_before_a_break_is_heard_and_the_break_too() -> None:
    """A connection that is reset gives its whole events first, then its error."""
    got = read(Server([event("one"), event("two"), b'data: {"cho'], "broken"))
    whole, _, last = got.rpartition(b"\n\n")
    assert "".join(words(whole)) == "onetwo"
    assert last == b'data: {"choBROKEN'


def test_lines_that_end_otherwise_pass_untouched() -> None:
    """A server that ends lines with carriage returns is heard as soon as it speaks."""
    sent = [event("one").replace(b"\n", b"\r\n"), event("two").replace(b"\n", b"\r\n")]
    assert read(Server(sent)) == b"".join(sent)


def test_a_reply_nobody_hears_out_is_let_go() -> None:
    """Closing ends the reading, gives the connection back and frees the place at once."""

    async def run() -> tuple[list[bytes], Server, Pace]:
        server, pace = Server([event("one")], "never"), Pace()
        gathered = Gathered(server, pace)
        heard = []
        async for data in gathered:
            heard.append(data)
            assert pace.replies == 1
            await gathered.aclose()
        return heard, server, pace

    heard, server, pace = asyncio.run(run())
    assert words(b"".join(heard)) == ["one"]
    assert server.closed
    assert pace.replies == 0


def test_the_more_speak_the_less_often_each_is_read() -> None:
    """One reply waits for next to nothing, a crowd's for no longer than is decent."""
    pauses = [Pace(replies).pause for replies in (1, 10, 50, 10_000)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 0.01
    assert pauses[-1] == LONGEST_PAUSE


@pytest.mark.parametrize(
    ("headers", "gathered"),
    [
        ({"content-type": "text/event-stream; charset=utf-8"}, True),
        ({"content-type": "text/event-stream", "content-encoding": "gzip"}, False),
        ({"content-type": "application/json"}, False),
        ({}, False),
    ],
)
def test_only_plain_streams_are_gathered(headers: dict[str, str], gathered: bool) -> None:
    """What is packed or whole is left to the client library."""
    response = httpx2.Response(200, headers=headers, stream=Server([]))
    asyncio.run(gathering(Pace())(response))
    assert isinstance(response.stream, Gathered) is gathered


def test_a_stream_is_read_once() -> None:
    """Gone through again after the last event, as by the client of OpenAI, it ends as before."""
    read: list[int] = []

    class Counted(Server):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            read.append(1)
            for data in self.sent:
                yield data

    async def run() -> list[bytes]:
        gathered = Gathered(Counted([event("Good morning."), b"data: [DONE]\n\n"]), Pace())
        told = [await anext(aiter(gathered))]
        told += [data async for data in gathered]
        await gathered.aclose()
        return told

    assert b"".join(asyncio.run(run())) == event("Good morning.") + b"data: [DONE]\n\n"
    assert len(read) == 1


def test_a_flood_is_left_where_it_is() -> None:
    """An event that does not end is not kept until memory is full."""
    flood = Server([b"data: " + b"a" * 100_000] + [b"a" * 100_000] * 40, "never")

    async def run() -> list[bytes]:
        return [data async for data in Gathered(flood, Pace())]

    with pytest.raises(httpx2.RemoteProtocolError):
        asyncio.run(run())
    assert MOST_WAITING < 40 * 100_000
