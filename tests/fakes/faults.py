"""The faults a fake model can have, each as the bytes it sends."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

CANARY = "FAULT-CANARY"
_STATUSES = (400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504)

FAULTS: dict[str, str] = {
    **{f"status_{code}": f"answers {code} with an error as JSON" for code in _STATUSES},
    "status_429_retry_after_1": "answers 429 and asks for a second",
    "status_429_retry_after_3600": "answers 429 and asks for an hour",
    "closed_at_once": "closes the connection before a byte",
    "reset_before_headers": "resets the connection before a byte",
    "reset_mid_stream": "resets the connection in the middle of the reply",
    "truncated_chunked": "closes in the middle of a chunk",
    "stall_before_first": "takes the request and says nothing",
    "stall_mid_stream": "says nothing more after the first sentence",
    "slow_drip": "goes on for ever, a letter at a time",
    "malformed_json_event": "sends an event that is no JSON",
    "bad_utf8": "sends bytes that are no UTF-8",
    "error_event": "sends an error as an event",
    "no_done_clean_close": "ends cleanly without a reason and without [DONE]",
    "no_finish_reason": "sends [DONE] without a reason",
    "cut_mid_json": "ends cleanly in the middle of an event",
    "empty_content": "stops without a word",
    "whitespace_content": "stops after white space",
    "null_content": "sends null for words",
    "finish_length": "stops at its length limit",
    "finish_content_filter": "stops at its filter",
    "html_200": "answers with a web page",
    "no_choices": "sends events without choices",
    "only_think": "thinks and says nothing",
    "tool_call_instead": "calls a tool",
    "endless": "never stops talking",
    "refusal": "refuses in words of its own kind",
    "quota_used_up": "answers 429 because the quota is used up",
    "context_too_long": "answers 400 because the prompt is too long",
    "model_gone": "answers 404 because there is no such model",
    "redirected": "sends the request on to another server",
    "ten_megabytes": "sends ten million letters in one event",
    "packed": "says that its bytes are packed, which they are not",
    "another_kind": "answers with an object of another API",
}


@dataclass
class Wire:
    """One connection, as a fault uses it.

    Attributes:
        writer: Where bytes go.
        start: Sends the head of a streamed answer.
        event: Sends one event.
        end: Ends the answer cleanly.
        said: The reply that would have been given, in pieces.
        stall: Seconds to hold a stalled request.
    """

    writer: asyncio.StreamWriter
    start: Callable[[], Awaitable[None]]
    event: Callable[[str | bytes], Awaitable[None]]
    end: Callable[[], Awaitable[None]]
    said: Sequence[str]
    stall: float


def delta(text: str | None = None, finish: str | None = None, **more: object) -> str:
    """Return one event of a streamed reply."""
    change = {**({"content": text} if text is not None else {}), **more}
    choice = {"index": 0, "delta": change, "finish_reason": finish}
    return json.dumps(
        {"id": "fake", "object": "chat.completion.chunk", "model": "fake", "choices": [choice]}
    )


@dataclass(frozen=True)
class Whole:
    """An answer that is no stream: its status, its headers and its bytes."""

    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


def whole_of(fault: str, *, streamed: bool, elsewhere: int) -> Whole | None:
    """Return the answer of a fault that needs no stream; None for one that does.

    Args:
        fault: Its name.
        streamed: Whether a stream was asked for; without, a completion goes wrong as a whole.
        elsewhere: The port to which a request is sent on.
    """
    if fault == "redirected":
        address = f"http://127.0.0.1:{elsewhere}/v1/chat/completions"
        return Whole(307, "", {"location": address})
    if fault.startswith("status_"):
        parts = fault.split("_")
        headers = {"retry-after": parts[-1]} if "after" in parts else {}
        return _error(int(parts[1]), "x", fault, **headers)
    if fault in _ERRORS:
        return _error(*_ERRORS[fault], fault)
    if fault in _ODD:
        return _ODD[fault]
    if not streamed and fault in _COMPLETIONS:
        return Whole(200, json.dumps(_COMPLETIONS[fault]))
    return None


def _error(status: int, code: str, fault: str, **headers: str) -> Whole:
    error = {"error": {"message": f"{CANARY} {fault}", "type": code, "code": code}}
    return Whole(status, json.dumps(error), headers)


def _completion(content: str | None, finish: str | None, **more: object) -> dict[str, object]:
    message = {"role": "assistant", "content": content, **more}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "fake", "object": "chat.completion", "created": 0, "model": "fake",
            "choices": [choice]}  # fmt: skip


async def fail(fault: str, wire: Wire) -> None:
    """Send a reply that goes wrong; replies that break off have said a sentence before."""
    if fault == "closed_at_once":
        wire.writer.close()
    elif fault == "reset_before_headers":
        _reset(wire.writer)
    elif fault == "stall_before_first":
        await asyncio.sleep(wire.stall)
    elif fault in _WHOLE:
        await wire.start()
        for event in _WHOLE[fault]:
            await wire.event(event)
        await wire.event("[DONE]")
        await wire.end()
    else:
        await wire.start()
        for piece in wire.said[: max(1, 2 * len(wire.said) // 3)]:
            await wire.event(delta(piece))
        await _BROKEN[fault](wire)


def _reset(writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _reset_here(wire: Wire) -> None:
    await asyncio.sleep(0.02)
    _reset(wire.writer)


async def _truncate(wire: Wire) -> None:
    wire.writer.write(b'400\r\ndata: {"choices"')
    await wire.writer.drain()
    wire.writer.close()


async def _stall(wire: Wire) -> None:
    await asyncio.sleep(wire.stall)


async def _drip(wire: Wire) -> None:
    for _ in range(int(wire.stall * 4)):
        await wire.event(delta("a"))
        await asyncio.sleep(0.25)


async def _talk_on(wire: Wire) -> None:
    for number in range(4000):
        await wire.event(delta(f" And then there was more of it, and more, {CANARY} {number}."))
    await wire.event(delta(finish="stop"))
    await wire.end()


def _then(*events: str | bytes) -> Callable[[Wire], Awaitable[None]]:
    async def send(wire: Wire) -> None:
        for event in events:
            await wire.event(event)
        await wire.end()

    return send


_WHOLE: dict[str, tuple[str, ...]] = {
    "empty_content": (delta(""), delta(finish="stop")),
    "whitespace_content": (delta(" \n "), delta(finish="stop")),
    "null_content": ('{"choices":[{"index":0,"delta":{"content":null},"finish_reason":null}]}',
                     delta(finish="stop")),
    "no_choices": ('{"id":"fake","object":"chat.completion.chunk","choices":[]}',),
    "only_think": (delta(f"<think>{CANARY} I wonder what to say.</think>"), delta(finish="stop")),
    "tool_call_instead": (
        delta(tool_calls=[{"index": 0, "id": "c", "type": "function",
                           "function": {"name": CANARY, "arguments": "{}"}}]),
        delta(finish="tool_calls"),
    ),
    "refusal": (delta(refusal=f"{CANARY} I cannot help with that."), delta(finish="stop")),
    "ten_megabytes": (delta(f"{CANARY} " * (10_000_000 // (len(CANARY) + 1))),
                      delta(finish="stop")),
    "another_kind": (json.dumps({"type": "response.created", "response": {"id": CANARY}}),),
}  # fmt: skip
_CALL = {"id": "c", "type": "function", "function": {"name": CANARY, "arguments": "{}"}}
_HALF = '{"quotes": ["' + CANARY
_COMPLETIONS: dict[str, dict[str, object]] = {
    "empty_content": _completion("", "stop"),
    "whitespace_content": _completion(" \n ", "stop"),
    "null_content": _completion(None, "stop"),
    "no_choices": {**_completion("", "stop"), "choices": []},
    "only_think": _completion(f"<think>{CANARY} I wonder what to say.</think>", "stop"),
    "tool_call_instead": _completion(None, "tool_calls", tool_calls=[_CALL]),
    "refusal": _completion(None, "stop", refusal=f"{CANARY} I cannot help with that."),
    "finish_length": _completion(_HALF, "length"),
    "finish_content_filter": _completion(_HALF, "content_filter"),
    "no_finish_reason": _completion(_HALF, None),
    "ten_megabytes": _completion(CANARY * 800_000, "stop"),
    "another_kind": {"id": CANARY, "object": "response", "output": []},
}
_ERRORS = {
    "quota_used_up": (429, "insufficient_quota"),
    "context_too_long": (400, "context_length_exceeded"),
    "model_gone": (404, "model_not_found"),
}
_PAGE = f"<!doctype html><title>{CANARY}</title><h1>Gateway</h1>"
_ODD = {
    "html_200": Whole(200, _PAGE, {"content-type": "text/html"}),
    "packed": Whole(200, f"{CANARY} as it is", {"content-encoding": "gzip"}),
}
_BROKEN: dict[str, Callable[[Wire], Awaitable[None]]] = {
    "reset_mid_stream": _reset_here,
    "truncated_chunked": _truncate,
    "stall_mid_stream": _stall,
    "slow_drip": _drip,
    "endless": _talk_on,
    "malformed_json_event": _then('{"choices": [{"' + CANARY),
    "bad_utf8": _then(b'{"choices":[{"index":0,"delta":{"content":"\xff\xfe\xfd"}}]}'),
    "error_event": _then(json.dumps({"error": {"message": CANARY, "code": "server_error"}})),
    "no_done_clean_close": _then(),
    "no_finish_reason": _then("[DONE]"),
    "cut_mid_json": _then(delta(CANARY)[:-30].encode()),
    "finish_length": _then(delta(finish="length"), "[DONE]"),
    "finish_content_filter": _then(delta(finish="content_filter"), "[DONE]"),
}
