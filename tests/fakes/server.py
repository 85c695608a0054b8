"""The server: HTTP by h11, so that faults can be made at the level of bytes."""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import h11

from tests.fakes.faults import Wire, delta, fail, whole_of
from tests.fakes.script import Script
from tests.fakes.sound import heard_reply, spoken_reply, wav_in
from tests.fakes.speaking import json_reply, reply_to


@dataclass
class Request:
    """One request, as it came and as it was answered.

    `moments` are the times since the epoch at which each piece of a stream had gone, and its end.
    """

    body: dict[str, Any]
    headers: dict[str, str]
    fault: str | None = None
    reply: str = ""
    spoiled: str | None = None
    planted: tuple[str, ...] = ()
    target: str = ""
    moments: list[float] = field(default_factory=list)
    sound: bytes = b""


@dataclass
class FakeModel:
    """An OpenAI-compatible server on loopback.

    Attributes:
        script: What it does; may be replaced while it runs.
        requests: Requests for words, oldest first.
    """

    script: Script = field(default_factory=Script)
    port: int = 0
    requests: list[Request] = field(default_factory=list)
    _server: asyncio.Server | None = None
    _talks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def base_url(self) -> str:
        """The address clients are given."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def __aenter__(self) -> FakeModel:
        """Start listening."""
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *error: object) -> None:
        """Stop, and drop every connection."""
        if self._server is not None:
            self._server.close()
        for talk in tuple(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._talks.add(task)
            task.add_done_callback(self._talks.discard)
        try:
            with suppress(ConnectionError, h11.RemoteProtocolError, asyncio.CancelledError):
                await self._answer_all(reader, writer)
        finally:
            writer.close()

    async def _answer_all(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        connection = h11.Connection(h11.SERVER)
        while True:
            asked = await _received(connection, reader)
            if asked is None:
                return
            request, body = asked
            await self._answer(connection, writer, request, body)
            if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
                return
            connection.start_next_cycle()

    async def _answer(
        self, connection: h11.Connection, writer: asyncio.StreamWriter,
        request: h11.Request, body: bytes,
    ) -> None:  # fmt: skip
        wire = _Answer(connection, writer)
        if request.target.endswith(b"/models"):
            await wire.whole(200, json.dumps({"data": [{"id": "fake", "object": "model"}]}))
            return
        headers = {name.decode(): value.decode() for name, value in request.headers}
        target = request.target.decode().partition("/v1/")[2]
        recording = target == "audio/transcriptions"
        asked = Request({} if recording else json.loads(body or b"{}"), headers, target=target)
        if recording:
            asked.sound = wav_in(body)
            asked.body = {"timed": b"verbose_json" in body}
        self.requests.append(asked)
        chance = random.Random(f"{self.script.seed} {len(self.requests)}")
        if self.script.faults and chance.random() < self.script.fault_rate:
            asked.fault = chance.choice(self.script.faults)
        await self._serve(wire, asked, chance)

    async def _serve(self, wire: _Answer, asked: Request, chance: random.Random) -> None:
        script = self.script
        streamed = bool(asked.body.get("stream"))
        whole = whole_of(asked.fault or "", streamed=streamed, elsewhere=script.elsewhere)
        if whole is not None:
            await wire.whole(whole.status, whole.text, **whole.headers)
            return
        if asked.fault is None and asked.target.startswith("audio/"):
            await self._sound(wire, asked)
            return
        if "response_format" in asked.body and asked.fault is None:
            if script.json_style == "refused":
                await wire.whole(400, json.dumps({"error": {"message": "response_format"}}))
                return
            asked.reply, asked.planted = json_reply(asked.body, script, chance)
        else:
            asked.reply, asked.spoiled, asked.planted = reply_to(asked.body, script, chance)
        said = asked.reply
        size = -(-len(said) // script.pieces) if script.pieces else script.chunk
        pieces = [said[i : i + size] for i in range(0, len(said), max(1, size))]
        if asked.fault is not None:
            await fail(asked.fault, Wire(wire.writer, wire.start, wire.event, wire.end, pieces,
                                         script.stall_seconds))  # fmt: skip
        elif asked.body.get("stream"):
            await self._stream(wire, asked, pieces)
        else:
            await wire.whole(200, json.dumps(_completion(asked)))

    async def _sound(self, wire: _Answer, asked: Request) -> None:
        if asked.target == "audio/speech":
            await wire.whole(200, spoken_reply(), **{"content-type": "audio/wav"})
        elif asked.body["timed"] and not self.script.word_times:
            await wire.whole(400, json.dumps({"error": {"message": "response_format"}}))
        else:
            asked.reply = self.script.heard
            await wire.whole(200, heard_reply(asked.reply, asked.sound, timed=asked.body["timed"]))

    async def _stream(self, wire: _Answer, asked: Request, pieces: list[str]) -> None:
        await wire.start()
        await wire.event(delta("", role="assistant"))
        for piece in pieces:
            if self.script.chunk_seconds:
                await asyncio.sleep(self.script.chunk_seconds)
            await wire.event(delta(piece))
            asked.moments.append(time.time())
        await wire.event(delta(finish="stop"))
        asked.moments.append(time.time())
        if (asked.body.get("stream_options") or {}).get("include_usage"):
            event = {**json.loads(delta()), "choices": [], "usage": _usage(asked)}
            await wire.event(json.dumps(event))
        await wire.event("[DONE]")
        await wire.end()


@dataclass
class _Answer:
    """An answer on its way."""

    connection: h11.Connection
    writer: asyncio.StreamWriter

    async def whole(self, status: int, text: str | bytes, **headers: str) -> None:
        """Send a whole answer."""
        body = text.encode() if isinstance(text, str) else text
        named = {"content-type": "application/json", **headers, "content-length": str(len(body))}
        response = h11.Response(status_code=status, headers=list(named.items()))
        await self._send(response, h11.Data(data=body), h11.EndOfMessage())

    async def start(self) -> None:
        """Send the head of a streamed answer."""
        headers = [("content-type", "text/event-stream"), ("transfer-encoding", "chunked")]
        await self._send(h11.Response(status_code=200, headers=headers))

    async def event(self, data: str | bytes) -> None:
        """Send one event."""
        raw = data if isinstance(data, bytes) else data.encode()
        await self._send(h11.Data(data=b"data: " + raw + b"\n\n"))

    async def end(self) -> None:
        """End a streamed answer cleanly."""
        await self._send(h11.EndOfMessage())

    async def _send(self, *events: h11.Event) -> None:
        for event in events:
            self.writer.write(self.connection.send(event) or b"")
        await self.writer.drain()


async def _received(
    connection: h11.Connection, reader: asyncio.StreamReader
) -> tuple[h11.Request, bytes] | None:
    """Return the next request with its body, None when the client has gone."""
    request: h11.Request | None = None
    body = b""
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Request):
            request = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage) and request is not None:
            return request, body
        else:
            return None


def _usage(asked: Request) -> dict[str, int]:
    sent = sum(len(str(message.get("content"))) for message in asked.body.get("messages", ()))
    counted = {"prompt_tokens": sent // 4, "completion_tokens": len(asked.reply) // 4}
    return {**counted, "total_tokens": sum(counted.values())}


def _completion(asked: Request) -> dict[str, object]:
    message = {"role": "assistant", "content": asked.reply}
    return {
        "id": "fake", "object": "chat.completion", "created": 0, "model": "fake",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": _usage(asked),
    }  # fmt: skip


@contextmanager
def running(script: Script | None = None, port: int = 0) -> Iterator[FakeModel]:
    """Run a fake model in a thread of its own, for tests that start processes."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    fake = FakeModel(script or Script(), port)
    asyncio.run_coroutine_threadsafe(fake.__aenter__(), loop).result(10)
    try:
        yield fake
    finally:
        asyncio.run_coroutine_threadsafe(fake.__aexit__(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def by_hand(script: Script, port: int) -> None:
    """Serve until Ctrl-C, and say where."""

    async def serve() -> None:
        async with FakeModel(replace(script), port) as fake:
            print(fake.base_url, flush=True)  # noqa: T201  # for whoever started it
            await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(serve())
