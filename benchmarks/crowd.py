"""Many interviews at once, over the wire as the page speaks it: how they stream, what each holds.

Server, load and fake model share the machine's cores, so the figures err on the gloomy side.
"""

from __future__ import annotations

import asyncio
import json
import math
import secrets
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.measure import Measure
from interviewer.transcript import Transcript
from interviewer.transcript_file import load
from tests.fakes import FakeModel, Script, running
from tests.ui.running import App

CROWD = 50
# A token is a piece of the stream: of two characters, so that an opening lasts some three seconds.
TOKENS_A_SECOND, TOKEN = 50, 2
IDLE, WARMED = 100, 30
MODEL, BUILTIN = "openai:fake", "builtin"
PATIENCE = 300.0
# What is chosen on the start form, by the fields' names; the others stay as they are.
CHOSEN = {"company": "brightwell", "post": "data-engineer", "language": "en"}


@dataclass
class Visitor:
    """Somebody at the page, without a browser: its events as the page sends them.

    Attributes:
        client: Holds the cookie.
        events: Numbers of the page's events: load, begin, and what follows begin.
        form: Names of the start form's fields, in the order in which the page sends them.
        browser: The number a page gives itself.
        session: The interview, once it was begun.
    """

    client: httpx.AsyncClient
    events: Mapping[str, int]
    form: Sequence[str]
    browser: str = field(default_factory=lambda: secrets.token_hex(6))
    session: str = ""

    async def happens(self, event: str, *values: object) -> tuple[float, list[Any]]:
        """Send an event; return the seconds to its end, and what it showed last."""
        last: tuple[float, list[Any]] = 0.0, []
        async for update in self.told(event, *values):
            last = update
        return last

    async def told(self, event: str, *values: object) -> AsyncIterator[tuple[float, list[Any]]]:
        """Send an event; yield the seconds to each of its updates, and what that says.

        Gradio sends the first update and the last whole, and others as what differs.
        """
        body = {
            "data": list(values), "fn_index": self.events[event], "session_hash": self.browser,
            "trigger_id": None, "event_data": None,
        }  # fmt: skip
        begun = time.perf_counter()
        joined = await self.client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        address = f"/gradio_api/queue/data?session_hash={self.browser}"
        async with self.client.stream("GET", address) as stream:
            async for line in stream.aiter_lines():
                if not line.startswith("data:"):
                    continue
                told = json.loads(line[5:])
                if told["msg"] in ("process_generating", "process_completed"):
                    if not told["success"]:
                        raise RuntimeError(f"The event {event} failed: {told['output']}")
                    yield time.perf_counter() - begun, told["output"]["data"]
                if told["msg"] == "process_completed":
                    return
        raise RuntimeError(f"The stream of {event} ended before its event did.")

    async def arrive(self) -> None:
        """Open the page."""
        (await self.client.get("/")).raise_for_status()
        await self.happens("load", "", "")

    async def begin(self, model: str) -> None:
        """Settle an interview as the start form has it, with whoever is to speak."""
        chosen = {**CHOSEN, "speaker": model}
        _, shown = await self.happens("begin", *(chosen.get(name) for name in self.form))
        self.session = str(shown[0])

    async def hear(self) -> float:
        """Hear the opening; return the seconds to its last word."""
        return (await self.happens("go_on", self.session))[0]

    async def recorded(self) -> Transcript:
        """Return the record of the interview."""
        file = await self.client.get(f"/sessions/{self.session}/transcript.jsonl")
        return load(file.text)

    async def heard(self) -> str:
        """Return what was said first."""
        return (await self.recorded()).turns[0].content


def measure_crowd() -> Iterator[Measure]:
    """Yield how much longer than ideal an opening takes, alone and with many at once."""
    script = Script(mode="echo", chunk=TOKEN, chunk_seconds=1 / TOKENS_A_SECOND)
    with tempfile.TemporaryDirectory() as home, running(script) as fake:
        app = App(
            Path(home), settings={"INTERVIEWER_MODEL": MODEL, "OPENAI_BASE_URL": fake.base_url}
        )
        app.start()
        try:
            alone = asyncio.run(_stream(app.address, 1))
            assert app.process is not None
            server = psutil.Process(app.process.pid)
            before, pieces = sum(server.cpu_times()[:2]), _pieces(fake)
            ratios = asyncio.run(_stream(app.address, CROWD))
            busy = (sum(server.cpu_times()[:2]) - before) / (_pieces(fake) - pieces)
        finally:
            app.stop()
    yield Measure(f"a turn that streams {TOKENS_A_SECOND} tokens a second, to the ideal, alone",
                  alone[0], "times")  # fmt: skip
    crowd = f"{CROWD} turns streaming at once, to the ideal"
    yield Measure(f"{crowd}, median", statistics.median(ratios), "times")
    yield Measure(f"{crowd}, p95", sorted(ratios)[math.ceil(0.95 * len(ratios)) - 1], "times",
                  1.15)  # fmt: skip
    # Told apart, since it does not depend on who else uses the machine.
    yield Measure(f"{CROWD} visitors who come, begin and hear it: the server's work, a token",
                  1000 * busy, "ms of one core")  # fmt: skip


def _pieces(fake: FakeModel) -> int:
    """Return how many pieces a fake model has streamed."""
    return sum(len(request.moments) for request in fake.requests)


def measure_idle_sessions() -> Iterator[Measure]:
    """Yield what an interview that is open and waits adds to the server's memory."""
    with tempfile.TemporaryDirectory() as home:
        app = App(Path(home))
        app.start()
        try:
            asyncio.run(_idle(app.address, WARMED))
            assert app.process is not None
            server = psutil.Process(app.process.pid)
            before = server.memory_info().rss
            asyncio.run(_idle(app.address, IDLE))
            after = server.memory_info().rss
        finally:
            app.stop()
    yield Measure("memory of an idle session", (after - before) / IDLE / 1e3, "KB", 100)


async def _stream(address: str, count: int) -> list[float]:
    """Let so many hear their opening at once; return how much longer than ideal each took."""
    visitors = await _visitors(address, count, MODEL)
    seconds = await asyncio.gather(*(visitor.hear() for visitor in visitors))
    ideal = [
        math.ceil(len(await visitor.heard()) / TOKEN) / TOKENS_A_SECOND for visitor in visitors
    ]
    for visitor in visitors:
        await visitor.client.aclose()
    return [took / least for took, least in zip(seconds, ideal, strict=True)]


async def _idle(address: str, count: int) -> None:
    """Let so many begin, hear their opening, and go away with the page open or closed."""
    for visitor in await _visitors(address, count, BUILTIN):
        await visitor.hear()
        await visitor.client.aclose()


async def _visitors(address: str, count: int, model: str) -> list[Visitor]:
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as asking:
        config = (await asking.get("/config")).json()
    events, form = numbered(config), form_of(config)
    visitors = []
    for _ in range(count):
        client = httpx.AsyncClient(base_url=address, timeout=PATIENCE)
        visitor = Visitor(client, events, form)
        await visitor.arrive()
        await visitor.begin(model)
        visitors.append(visitor)
    return visitors


def places_of(config: Mapping[str, list[dict[str, Any]]], event: int) -> dict[str, int]:
    """Return which output of an event is which part of the page, by the parts' names."""
    names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
    told = next(one["outputs"] for one in config["dependencies"] if one["id"] == event)
    return {str(names[part]): place for place, part in enumerate(told)}


def form_of(config: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """Return the names of what is sent when an interview is begun."""
    names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
    begin = numbered(config)["begin"]
    inputs = next(event["inputs"] for event in config["dependencies"] if event["id"] == begin)
    return [str(names[part]) for part in inputs]


def numbered(config: Mapping[str, list[dict[str, Any]]]) -> dict[str, int]:
    """Return the numbers of the events that are used, found by what triggers them."""
    names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
    found: dict[str, int] = {}
    after: dict[object, int] = {}
    for event in config["dependencies"]:
        number = int(str(event["id"]))
        for part, trigger in event["targets"]:
            if trigger == "load":
                found.setdefault("load", number)
            if trigger == "click" and names.get(part) == "begin":
                found["begin"] = number
        after[event.get("trigger_after")] = number
    # What names the interview in the address comes first, then the examiner speaks.
    found["go_on"] = after[after[found["begin"]]]
    found["send"] = next(
        int(event["id"])
        for event in config["dependencies"]
        if any(names.get(part) == "send" for part, trigger in event["targets"])
    )
    return found
